import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { findSchemaProblems, type JsonSchema } from '../support/json-schema.ts';
import { makeWorkshops, type Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

const MANIFEST = `[variables.port]
type = "integer"
default = 80

[packages.npm]
fastify = "^5.1.0"

[[hooks.post_generate]]
name = "mark"
run = ["true"]
`;

function releaseWeb({ work }: Workshop, version: string, last: string): void {
  const files = { 'templates/a.txt.jinja': `port {{ port }}\n${last}\n`, 'templates/b.txt': 'b\n', 'templates/LICENSE': 'free\n' };
  writePack(join(work, 'packs', 'web'), { id: 'web', version, manifest: MANIFEST, files });
}

/** Each line after what happens before it. */
const STEPS: readonly [string, number, ((workshop: Workshop) => void)?][] = [
  ['plan web out --diff', 0],
  ['plan web ops out', 4],
  ['plan web . --into-existing', 0],
  ['generate web . --into-existing --skip-hooks', 0],
  ['status', 0],
  ['add ops --dry-run', 4],
  ['update --dry-run', 0],
  ['status --diff --outdated --check', 2, (workshop) => releaseWeb(workshop, '1.1.0', 'next')],
  ['update --diff', 0],
  ['update', 4, ({ work }) => writeFileSync(join(work, 'a.txt'), 'port 80\nmine\n')],
  ['status', 0],
  ['update --abort', 0],
  ['update --conflict ours --trust', 0],
  ['undo --list', 0],
  ['undo --dry-run', 0],
  ['undo', 0],
  ['regenerate --var port=90 --conflict ours', 0, (workshop) => releaseWeb(workshop, '1.0.0', 'last')],
  ['regenerate --preserve *.txt --template LICENSE', 0],
  ['status --check', 2, ({ work }) => rmSync(join(work, '.packsmith', 'baseline.bin'))],
  ['status --diff', 0],
  ['regenerate --dry-run', 0],
  ['adopt web --dry-run', 0, ({ work }) => rmSync(join(work, 'packsmith.lock'))],
  ['adopt web', 0],
  ['merge next mine --base base --dry-run', 0, makeFolders],
  ['merge next mine --base base', 4],
  ['remove web --dry-run', 0],
];

function makeFolders({ work }: Workshop): void {
  for (const [name, text] of [
    ['base', 'a\n'],
    ['next', 'b\n'],
    ['mine', 'c\n'],
  ] as const) {
    mkdirSync(join(work, name));
    writeFileSync(join(work, name, 'own.txt'), text);
  }
}

it('the data of every command that changes a project, or compares with it, is of the published form', async () => {
  const workshop = makeWorkshop();
  releaseWeb(workshop, '1.0.0', 'last');
  writePack(join(workshop.work, 'packs', 'ops'), { id: 'ops', files: { 'templates/LICENSE': 'not free\n' } });
  const schema = JSON.parse(readFileSync(join(inject('programRoot'), 'schemas', 'output.schema.json'), 'utf8')) as JsonSchema;
  for (const [line, exit, before] of STEPS) {
    before?.(workshop);
    const { stdout, exitCode } = await workshop.run([...line.split(' '), '--json']);
    expect([line, exitCode, stdout.slice(0, exitCode === exit ? 0 : 2000)]).toEqual([line, exit, '']);
    const document = JSON.parse(stdout) as { data: Record<string, unknown> };
    expect(findSchemaProblems(document, schema), line).toEqual([]);
    expect(document.data, line).not.toBeNull();
    const wrong = { ...document, data: { ...document.data, nothing: 1 } };
    expect(findSchemaProblems(wrong, schema), `${line}, with more than there is`).not.toEqual([]);
  }
});
