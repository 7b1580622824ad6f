import { execFileSync, fork } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProcessLock } from '../../src/adapters/files/process-lock.ts';

const HOME = fileURLToPath(new URL('../registry/', import.meta.url));

export interface RegistryServer {
  readonly url: string;
  /** Makes a user, and gives the token with which packages of `@private/` are read. */
  createUser(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a real registry of the npm protocol on 127.0.0.1, without any registry behind it. Installs it the first time. */
export async function startRegistry(directory: string): Promise<RegistryServer> {
  await installOnce();
  const config = writeConfig(directory);
  const port = await findFreePort();
  const { NODE_EXTRA_CA_CERTS: _unused, ...env } = process.env;
  const child = fork(join(HOME, 'node_modules/verdaccio/bin/verdaccio'), ['--config', config, '--listen', `127.0.0.1:${port}`], {
    cwd: directory,
    env: { ...env, NO_UPDATE_NOTIFIER: '1' },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`the registry ended with ${code}: ${complaints}`)));
  });
  const url = `http://127.0.0.1:${port}`;
  return { url, createUser: (name) => createUser(url, name), stop: () => stop(child) };
}

async function installOnce(): Promise<void> {
  const lock = new ProcessLock(join(HOME, 'install.lock'), {
    command: 'npm ci',
    what: 'the registry of the tests',
    lockedCode: 'UNEXPECTED',
    waitMilliseconds: 110_000,
  });
  const held = await lock.acquire();
  try {
    // npm writes this file last: with it, the installation is whole.
    if (existsSync(join(HOME, 'node_modules/.package-lock.json'))) return;
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: HOME,
      stdio: 'ignore',
      shell: process.platform === 'win32',
    });
  } finally {
    held.release();
  }
}

function writeConfig(directory: string): string {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'config.yaml');
  const lines = [
    'storage: ./storage',
    'auth: { htpasswd: { file: ./htpasswd, algorithm: sha1 } }',
    'packages:',
    "  '@private/*': { access: $authenticated, publish: $authenticated }",
    "  '**': { access: $all, publish: $all, unpublish: $all }",
    'publish: { allow_offline: true }',
    'web: { enable: false }',
    'log: { type: stdout, format: json, level: fatal }',
    'max_body_size: 50mb',
    '',
  ];
  writeFileSync(file, lines.join('\n'));
  return file;
}

function findFreePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function createUser(url: string, name: string): Promise<string> {
  const response = await fetch(`${url}/-/user/org.couchdb.user:${name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: 'correct horse battery' }),
  });
  const { token } = (await response.json()) as { readonly token: string };
  return token;
}

function stop(child: ReturnType<typeof fork>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
