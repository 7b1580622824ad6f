import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { endOf, type ProgramEnd } from './run-program.ts';

/**
 * The environment in which a generated project's own commands run: that of the developer, with its registry, its proxy and its cache of packages,
 * but without what npm and the test runner that run these tests say to their own children.
 */
export function developerEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VITEST|TEST$|NODE_ENV$|NODE_OPTIONS$|INIT_CWD$|CI$)/.test(name) || isNpmSetting(name),
  );
  return { ...Object.fromEntries(kept), ...extra };
}

function isNpmSetting(name: string): boolean {
  return /^npm_config_(cache|registry|userconfig|cafile)$/i.test(name);
}

/** Runs a command of a generated project to its end. */
export function runInProject(
  command: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = developerEnvironment(),
): Promise<ProgramEnd> {
  const [file = '', ...args] = command;
  return endOf(spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }));
}

/** Installs a project's packages. @throws Error that says so loudly where the registry cannot be reached: this is never skipped. */
export async function installPackages(cwd: string): Promise<void> {
  const { exitCode, stdout, stderr } = await runInProject(['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund'], cwd);
  if (exitCode === 0) return;
  const isUnreachable = /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|network/i.test(stderr);
  const reason = isUnreachable
    ? 'THE NPM REGISTRY CANNOT BE REACHED, so that the generated project could not be tested'
    : 'npm install failed';
  throw new Error(`${reason}\n${stdout}\n${stderr}`);
}

/** A port nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Asks an address until it answers. */
export async function askUntilAnswered(url: string, attempts = 150): Promise<{ readonly status: number; readonly text: string }> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await fetch(url);
      return { status: answer.status, text: await answer.text() };
    } catch (error) {
      if (attempt >= attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** Finds a program that the machine may not have; where it is missing, says loudly which test is left out. */
export function hasProgram(name: string, test: string): boolean {
  const isThere = spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0;
  if (!isThere) process.stderr.write(`\n*** LEFT OUT: ${test}, because ${name} is not installed ***\n\n`);
  return isThere;
}
