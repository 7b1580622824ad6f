import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

interface Page {
  readonly content: Buffer;
  readonly type: string;
  /** What Vite puts below assets/ has a hash of its content in its name. */
  readonly isHashed: boolean;
}

export interface FrontOptions {
  /** What `npm run build` in web/ makes. */
  readonly folder: string;
  readonly apiPrefix: string;
}

/**
 * Serves the built pages from memory. A path that is no file is a place inside the page, so that a browser that asks for it gets index.html;
 * below the prefix of the API it is a 404 as ever.
 */
export async function serveFront(app: FastifyInstance, { folder, apiPrefix }: FrontOptions): Promise<void> {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) {
    app.log.info({ folder }, 'there are no built pages: only the API is served');
    return;
  }
  const home: Page = { content: await readFile(index), type: types['.html'] ?? '', isHashed: false };
  app.get('/', { logLevel: 'warn' }, (_request, reply) => send(reply, home));
  for (const [path, page] of await readPages(folder)) {
    app.get(`/${path}`, { logLevel: 'warn' }, (_request, reply) => send(reply, page));
  }
  app.setNotFoundHandler((request, reply) => {
    const isPlace = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (isPlace && !request.url.startsWith(`${apiPrefix}/`)) return send(reply, home);
    return reply
      .code(404)
      .send({ statusCode: 404, error: 'Not Found', message: `Route ${request.method}:${request.url} not found` });
  });
}

async function readPages(folder: string): Promise<[path: string, page: Page][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files.sort().map(async (file): Promise<[string, Page]> => {
      const path = relative(folder, file).split(sep).join('/');
      const type = types[extname(file)] ?? 'application/octet-stream';
      return [path, { content: await readFile(file), type, isHashed: path.startsWith('assets/') }];
    }),
  );
}

function send(reply: FastifyReply, { content, type, isHashed }: Page): FastifyReply {
  return reply
    .header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('content-security-policy', "default-src 'self'; base-uri 'self'; frame-ancestors 'none'; object-src 'none'")
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'strict-origin-when-cross-origin')
    .type(type)
    .send(content);
}
