import fc from 'fast-check';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import type { Pack } from '../../src/core/pack/pack.ts';
import { checkProject } from '../../src/ops/project/check-project.ts';
import { planGeneration } from '../../src/ops/project/plan-generation.ts';
import { planUpdate } from '../../src/ops/project/update-project.ts';
import { makePack } from '../../src/testing/pack-fixture.ts';
import { apply, OPTIONS, ownFiles, request, world } from '../support/memory-world.ts';
import { makeVersion, noteFor, type Shape, shapeOf } from './shapes.ts';

type World = ReturnType<typeof world>;

async function generated(...packs: Pack[]): Promise<World> {
  const ports = world(packs);
  await apply(await planGeneration(request(['app']), ports), ports);
  return ports;
}

async function update(ports: World, ...packs: Pack[]): Promise<void> {
  const next = { ...ports, repository: world(packs).repository };
  await apply(await planUpdate({ ...OPTIONS, ids: [], onConflict: 'markers' }, next), ports);
}

const LINES = Array.from({ length: 12 }, (_, index) => `line ${index}`);

/** What a pack does with each line: nothing mostly. */
const change = fc.array(fc.constantFrom('keep' as const, 'keep' as const, 'reword' as const, 'drop' as const, 'add' as const), {
  minLength: LINES.length,
  maxLength: LINES.length,
});

/** The lines as a pack changes them, each followed by what the user writes below it. */
function linesOf(changes: readonly string[], notes: ReadonlySet<number>): string {
  const lines = LINES.flatMap((line, index) => {
    const changed = { keep: [line], reword: [`${line} anew`], drop: [], add: [`${line} more`, line] }[changes[index] as 'keep'];
    return notes.has(index) ? [...changed, `mine ${index}`] : changed;
  });
  return `${lines.join('\n')}\n`;
}

describe('an update that merges', () => {
  it('gives the new version with the edits of the user, where nobody else edits next to them', async () => {
    await fc.assert(
      fc.asyncProperty(change, fc.subarray([...LINES.keys()]), fc.boolean(), async (changes, places, isCrlf) => {
        const isQuiet = (index: number): boolean => changes[index] === 'keep' && (changes[index + 1] ?? 'keep') === 'keep';
        const notes = new Set(places.filter(isQuiet));
        const onDisk = (text: string): string => (isCrlf ? text.replaceAll('\n', '\r\n') : text);
        const file = (text: string): Record<string, string> => ({ 'templates/notes.txt': text });
        const unchanged = LINES.map(() => 'keep');
        const ports = await generated(makePack({ id: 'app', files: file(linesOf(unchanged, new Set())) }));
        ports.project.put('notes.txt', onDisk(linesOf(unchanged, notes)));
        await update(ports, makePack({ id: 'app', version: '1.1.0', files: file(linesOf(changes, new Set())) }));
        expect(ownFiles(ports)).toEqual({ 'notes.txt': onDisk(linesOf(changes, notes)) });
      }),
      { numRuns: 200 },
    );
  });

  const values = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'd'),
    fc.oneof(fc.nat(3), fc.constantFrom('x', 'y'), fc.subarray(['x', 'y', 'z'])),
    {
      minKeys: 1,
      noNullPrototype: true,
    },
  );

  it.each([
    ['config.json', (text: string): object => JSON.parse(text)],
    ['settings.yaml', (text: string): object => parseYaml(text)],
    ['data.toml', (text: string): object => parseToml(text)],
  ] as const)('gives the values of the new version and those of the user in %s', async (path, parse) => {
    await fc.assert(
      fc.asyncProperty(values, values, async (before, after) => {
        const version = (content: typeof before, number: string): Pack =>
          makeVersion({ id: 'app', files: { [path]: content }, executable: [] }, number);
        const base = makeVersion({ id: 'base', files: { 'other.txt': 'other\n' }, executable: [] }, '1.0.0');
        const ports = await generated(version(before, '1.0.0'), base);
        const fresh = await generated(version(after, '1.1.0'), base);
        const lines = String(ownFiles(ports)[path]).split('\n');
        lines.splice(path.endsWith('.json') ? 1 : 0, 0, noteFor(path, 'mine'));
        ports.project.put(path, lines.join('\n'));
        await update(ports, version(after, '1.1.0'), base);
        expect(parse(String(ownFiles(ports)[path]))).toEqual({ mine: true, ...parse(String(ownFiles(fresh)[path])) });
      }),
      { numRuns: 100 },
    );
  });

  it('is like a fresh generation where nobody edited anything, and clean', async () => {
    const isAtOdds = ([app, base]: readonly Shape[]): boolean =>
      'd' in app!.files && Object.keys(base!.files).some((path) => path.startsWith('d/'));
    const version = fc.tuple(shapeOf('app'), shapeOf('base')).filter((shapes) => !isAtOdds(shapes));
    await fc.assert(
      fc.asyncProperty(version, version, async (before, after) => {
        const packs = (shapes: typeof before, number: string): Pack[] => shapes.map((shape) => makeVersion(shape, number));
        const ports = await generated(...packs(before, '1.0.0'));
        const fresh = await generated(...packs(after, '1.1.0'));
        await update(ports, ...packs(after, '1.1.0'));
        expect(everythingOf(ports)).toEqual(everythingOf(fresh));
        expect((await checkProject({}, ports)).isClean).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

/** Also the records: the lockfile and the baseline are those of a fresh project. Only packsmith.toml goes on asking for the range that it asked for. */
function everythingOf({ project }: World): Record<string, string> {
  const files = Object.entries(project.toTexts()).filter(([path]) => path !== 'packsmith.toml');
  return Object.fromEntries(files.map(([path, text]) => [path, `${project.modeOf(path).toString(8)} ${text}`]));
}
