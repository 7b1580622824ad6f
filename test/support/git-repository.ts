import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type LoopbackServer, startServer } from './loopback-server.ts';

/** What git is told in tests, so that the settings of whoever runs them change nothing. */
export function gitEnvironment(home: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Test',
    GIT_AUTHOR_EMAIL: 'test@example.com',
    GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
    GIT_COMMITTER_NAME: 'Test',
    GIT_COMMITTER_EMAIL: 'test@example.com',
    GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
  };
}

/** A working copy with a bare repository that it pushes to. */
export class GitRepository {
  readonly bare: string;
  readonly work: string;
  readonly #env: Record<string, string>;

  /** @param root an existing directory. @param name of the bare repository, such as `packs.git`. */
  constructor(root: string, name: string) {
    this.bare = join(root, name);
    this.work = join(root, `${name}.work`);
    this.#env = gitEnvironment(root);
    mkdirSync(this.work, { recursive: true });
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', this.bare], { env: this.#env });
    this.git('init', '--quiet', '--initial-branch=main');
    this.git('remote', 'add', 'origin', this.bare);
  }

  git(...args: readonly string[]): string {
    return execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], { cwd: this.work, env: this.#env, encoding: 'utf8' }).trim();
  }

  /** Commits all that is in the working copy, pushes it with these tags, and gives the commit. */
  commit(message: string, ...tags: readonly string[]): string {
    this.git('add', '--all', '--force');
    this.git('commit', '--quiet', '--allow-empty', '--message', message);
    for (const tag of tags) this.git('tag', '--force', '--annotate', '--message', tag, tag);
    this.git('push', '--quiet', '--force', 'origin', 'HEAD', ...tags.map((tag) => `refs/tags/${tag}`));
    return this.git('rev-parse', 'HEAD');
  }
}

/** Serves the bare repositories of a directory by git's own smart protocol, as any host does. */
export function startGitServer(root: string, options: { readonly token?: string } = {}): Promise<LoopbackServer> {
  return startServer((request, response) => {
    const expected = options.token === undefined ? undefined : `Basic ${Buffer.from(`x:${options.token}`).toString('base64')}`;
    if (expected !== undefined && request.headers.authorization !== expected) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const child = spawn('git', ['http-backend'], {
      env: {
        ...gitEnvironment(root),
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: decodeURIComponent(url.pathname),
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method ?? 'GET',
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: String(request.headers['content-encoding'] ?? ''),
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        ...(request.headers['content-length'] === undefined ? {} : { CONTENT_LENGTH: request.headers['content-length'] }),
        REMOTE_ADDR: '127.0.0.1',
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    request.pipe(child.stdin);
    child.stdin.on('error', () => undefined);
    let head = Buffer.alloc(0);
    let isOpen = false;
    child.stdout.on('data', (chunk: Buffer) => {
      if (isOpen) return void response.write(chunk);
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      const headers = head
        .subarray(0, end)
        .toString('latin1')
        .split('\r\n')
        .map((line) => line.split(/:\s*/, 2) as [string, string]);
      const status = Number.parseInt(headers.find(([name]) => name.toLowerCase() === 'status')?.[1] ?? '200', 10);
      response.writeHead(status, Object.fromEntries(headers.filter(([name]) => name.toLowerCase() !== 'status')));
      response.write(head.subarray(end + 4));
      isOpen = true;
    });
    child.on('close', () => response.end());
  });
}
