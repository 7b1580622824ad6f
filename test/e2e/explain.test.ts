import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkshops } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

const MANIFEST = `[variables.names]
type = "list"
default = ["one", "two"]

[variables.greeting]
type = "string"
default = "hello"

[[templates]]
source = "extras/item.txt"
output = "items/{{ name }}.txt"
for_each = "names"
as = "name"

[[templates]]
text = "{{ greeting }}"
output = "greeting.txt"

[[templates]]
text = "{{ greeting }}"
inject = { into = "plain.txt", at = "end" }
`;

describe('explain, for a pack that is known by its directory', () => {
  it.each([
    ['items/one.txt', 'extras/item.txt', ['names']],
    ['greeting.txt', 'pack.toml [[templates]] 2', ['greeting']],
    ['plain.txt', 'templates/plain.txt', ['greeting']],
  ])('names the variables behind %s', async (path, template, names) => {
    const { root, json, succeed, run } = makeWorkshop();
    const pack = writePack(join(root, 'pack'), {
      id: 'small',
      manifest: MANIFEST,
      files: { 'extras/item.txt': 'x\n', 'templates/plain.txt': 'x\n' },
    });
    await succeed(['generate', pack, 'out']);
    const { data } = await json(['explain', path, '--cwd', 'out']);
    expect(data).toMatchObject({ template, variables: names.map((name) => ({ name })) });
    writeFileSync(join(pack, 'README.md'), 'The pack is another one now\n');
    expect((await run(['explain', path, '--cwd', 'out', '--json'])).stdout).not.toContain('"variables"');
  });
});
