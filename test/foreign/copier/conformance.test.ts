import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runInProcess } from '../../support/run-in-process.ts';
import type { ProgramEnd } from '../../support/run-program.ts';
import type { DocumentedCase } from '../documented-case.ts';
import { emptyDirectory, readResult, writeTemplate } from '../template-world.ts';
import { BEHAVIOURS } from './behaviours.ts';
import { QUESTIONS } from './questions.ts';
import { REFUSED } from './refused.ts';
import { SETTINGS } from './settings.ts';

const world = mkdtempSync(join(tmpdir(), 'packsmith cöpier '));
afterAll(() => rmSync(world, { recursive: true, force: true }));

async function generate(
  index: number,
  { files, answers = {} }: Pick<DocumentedCase, 'files' | 'answers'>,
): Promise<{ end: ProgramEnd; root: string }> {
  const root = emptyDirectory(world, `case ${index}`);
  writeTemplate(join(root, 'template'), files);
  const given = Object.entries(answers).flatMap(([name, value]) => ['--var', `${name}=${value}`]);
  const args = ['generate', './template', 'result', '--defaults', '--skip-hooks', ...given];
  return { end: await runInProcess(args, { cwd: root, home: join(root, 'home') }), root };
}

const CASES = [...QUESTIONS, ...SETTINGS, ...BEHAVIOURS];

describe('a Copier template gives what its documentation says', () => {
  it.each(CASES.map((entry, index) => [entry.name, index, entry] as const))('%s', async (_name, index, entry) => {
    const { end, root } = await generate(index, entry);
    expect(end.exitCode, end.stdout + end.stderr).toBe(0);
    const made = Object.entries(readResult(join(root, 'result'))).map(([path, text]) => [
      path,
      text.replaceAll(/_src_path: (?:'[^']*'|[^\n]*)(?:\n {2,}[^\n]*)*/g, '_src_path: TEMPLATE'),
    ]);
    expect(Object.fromEntries(made)).toEqual(entry.gives);
  });
});

/** Where a template came from is its own matter: the record of a pack says what the template's would. */
function comparable(directory: string): Record<string, string> {
  const made = Object.entries(readResult(directory)).map(([path, text]) => [
    path,
    text.replaceAll(/_src_path: (?:'[^']*'|[^\n]*)(?:\n {2,}[^\n]*)*/g, '_src_path: TEMPLATE'),
  ]);
  return Object.fromEntries(made);
}

describe('a pack that `packs import` makes of a Copier template renders the same bytes', () => {
  it.each(CASES.map((entry, index) => [entry.name, index, entry] as const))('%s', async (_name, index, { files, answers = {} }) => {
    const root = emptyDirectory(world, `import ${index}`);
    writeTemplate(join(root, 'template'), files);
    const run = (...args: string[]): Promise<ProgramEnd> => runInProcess(args, { cwd: root, home: join(root, 'home') });
    const imported = await run('import', './template', '--as', 'made', '--output', 'packs/made');
    expect(imported.exitCode, imported.stdout + imported.stderr).toBe(0);
    const validated = await run('validate', './packs/made');
    expect(validated.exitCode, validated.stdout + validated.stderr).toBe(0);
    const given = Object.entries(answers).flatMap(([name, value]) => ['--var', `${name}=${value}`]);
    for (const [source, directory] of [
      ['./template', 'a/result'],
      ['./packs/made', 'b/result'],
    ] as const) {
      const end = await run('generate', source, directory, '--defaults', '--skip-hooks', ...given);
      expect(end.exitCode, end.stdout + end.stderr).toBe(0);
    }
    expect(comparable(join(root, 'b/result'))).toEqual(comparable(join(root, 'a/result')));
  });
});

describe('what cannot be done is refused with the place', () => {
  it.each(REFUSED.map((entry, index) => [entry.name, index, entry] as const))('%s', async (_name, index, entry) => {
    const { end, root } = await generate(1000 + index, entry);
    expect(end.exitCode, end.stdout).not.toBe(0);
    for (const part of entry.says) expect(end.stderr).toContain(part);
    expect(readdirSync(root)).not.toContain('result');
  });
});

it('warns of names that only an extension in Python may define, with the first place of each', async () => {
  const { end } = await generate(2000, {
    files: {
      'copier.yml': '_jinja_extensions: [extensions.py:Context]\nname: x\nlate: "{{ name }}"\n',
      'a.txt.jinja': '{{ name }}\n{% set own = 1 %}{{ own }}{{ from_python }}{{ _copier_conf.os }}\n',
      '{% if other %}b{% endif %}.txt': '',
    },
  });
  expect(end.exitCode, end.stderr).toBe(0);
  const warnings = end.stderr.split('\n').filter((line) => line.startsWith('warning'));
  expect(warnings.map((line) => /template: (.+?): .*?"([^"]+)"/.exec(line)?.slice(1))).toEqual([
    ['copier.yml:1:1', 'extensions.py:Context'],
    ['a.txt.jinja:2:30', 'from_python'],
    ['{% if other %}b{% endif %}.txt', 'other'],
  ]);
});

it('takes answers that are given to what is never asked, and does not record them', async () => {
  const files = {
    'copier.yml': 'slug: {type: str, default: "{{ name }}-x", when: false}\nname: a\nshown: "{{ slug }}"\n',
    'a.txt.jinja': '{{ slug }} {{ shown }}\n',
    '{{ _copier_conf.answers_file }}.jinja': '{{ _copier_answers | to_nice_yaml }}',
  };
  const { end, root } = await generate(2001, { files, answers: { slug: '7' } });
  expect(end.exitCode, end.stderr).toBe(0);
  const made = readResult(join(root, 'result'));
  expect(made['a.txt']).toBe('7 7\n');
  expect(made['.copier-answers.yml']).not.toMatch(/^slug/m);
});
