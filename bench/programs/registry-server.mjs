// A registry of the npm protocol from a directory of packuments and archives: `registry-server.mjs DIRECTORY`. Prints its address once it listens.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const [directory] = process.argv.slice(2);
const archives = new Map(readdirSync(directory).map((file) => [file, readFileSync(join(directory, file))]));

const server = createServer((request, response) => {
  const [, name, , file] = decodeURIComponent(request.url).split('/');
  const body = file === undefined ? packument(name, `http://${request.headers.host}`) : archives.get(file);
  if (request.method !== 'GET' || body === undefined) return response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
  const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
  const headers = { etag, 'cache-control': 'public, max-age=300' };
  if (request.headers['if-none-match'] === etag) return response.writeHead(304, headers).end();
  const type = file === undefined ? 'application/json' : 'application/octet-stream';
  response.writeHead(200, { ...headers, 'content-type': type, 'content-length': body.length }).end(body);
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`));

function packument(name, address) {
  const text = archives.get(`${name}.json`);
  return text && Buffer.from(text.toString('utf8').replaceAll('{registry}', address));
}
