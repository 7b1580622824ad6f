import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

function start(args: readonly string[], input: string) {
  return spawnSync(process.execPath, ['--import', 'tsx', main, ...args], { input, encoding: 'utf8' });
}

test('the program itself reads its input, writes its output and sets its exit code', () => {
  const good = start(['count', '--json'], 'one two\n');
  assert.equal(good.status, 0, good.stderr);
  assert.deepEqual(JSON.parse(good.stdout), [{ name: '-', lines: 1, words: 2, characters: 8 }]);

  const bad = start(['nonsense'], '');
  assert.deepEqual([bad.status, bad.stdout], [2, '']);
});
