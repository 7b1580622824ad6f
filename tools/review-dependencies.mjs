// Asks the registry about the libraries that are bundled: the newest version, and whether it is deprecated. Writes docs/registers/dependencies.json, in
// which only what each library is given (`touches`) is written by hand.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const file = join(root, 'docs', 'registers', 'dependencies.json');
const register = JSON.parse(readFileSync(file, 'utf8'));

const packages = register.packages.map(({ name, touches }) => {
  const printed = execFileSync('npm', ['view', name, 'version', 'deprecated', '--json'], { cwd: root, encoding: 'utf8' });
  const answer = JSON.parse(printed);
  const { version, deprecated } = typeof answer === 'string' ? { version: answer } : answer;
  return { name, touches, latest: version, deprecated: deprecated !== undefined };
});
writeFileSync(file, `${JSON.stringify({ date: new Date().toISOString().slice(0, 10), packages }, undefined, 2)}\n`);
