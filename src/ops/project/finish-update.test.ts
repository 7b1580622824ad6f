import { describe, expect, it } from 'vitest';
import { apply, flags, OPTIONS, ownFiles, request, world } from '../../../test/support/memory-world.ts';
import type { Ports } from '../../ports/ports.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { checkProject } from './check-project.ts';
import { diffProject } from './diff-project.ts';
import { explainPath } from './explain-path.ts';
import { planContinue } from './finish-update.ts';
import { planAbort } from './plan-abort.ts';
import { planGeneration } from './plan-generation.ts';
import { planRegeneration } from './regenerate-project.ts';
import { listChanges, planUndo } from './undo-change.ts';
import { planUpdate, type UpdateConflicts } from './update-project.ts';

type Files = Record<string, string>;

const version = (number: string, files: Files) =>
  makePack({
    id: 'app',
    version: number,
    manifest: '[variables.key]\ntype = "secret"\ndefault = "k"\n',
    files: Object.fromEntries(Object.entries(files).map(([path, content]) => [`templates/${path}`, content])),
  });

const BEFORE: Files = { a: 'a\n', b: 'b\n', other: '1\n2\n3\n', old: 'old\n', 'key.jinja': 'key {{ key }}\n', kept: 'kept\n' };
const AFTER: Files = { a: 'A\n', b: 'B\n', other: '1\n2\nthree\n', 'key.jinja': 'the key {{ key }}\n', kept: 'kept\n', fresh: 'fresh\n' };

/** A project whose update to 1.1.0 left conflicts in `a` and `b`. */
async function pending(onConflict: UpdateConflicts = 'markers') {
  const one = world([version('1.0.0', BEFORE)]);
  await apply(await planGeneration(request(['app'], { given: flags('key=hidden') }), one), one);
  for (const path of ['a', 'b']) one.project.put(path, `my ${path}\n`);
  const ports = { ...one, repository: world([version('1.1.0', AFTER)]).repository };
  await apply(await planUpdate({ ...OPTIONS, given: flags('key=hidden'), ids: [], onConflict }, ports), ports);
  return ports;
}

type World = Awaited<ReturnType<typeof pending>>;

async function states(ports: World): Promise<Record<string, string>> {
  const { files } = await checkProject({}, ports);
  return Object.fromEntries(files.filter(({ state }) => state !== 'as-generated').map(({ path, state }) => [path, state]));
}

const code = (attempt: Promise<unknown>): Promise<unknown> => attempt.then(() => 'done').catch((error: { code: string }) => error.code);

describe('a file that a change left to settle', () => {
  const MARKERS = ['<<<<<<< yours', 'my a', '||||||| app 1.0.0', 'a', '=======', 'A', '>>>>>>> app 1.1.0', ''];
  it.each<readonly [what: string, a: readonly string[] | undefined, open: string | undefined, line: number | undefined]>([
    ['is open as it was left', MARKERS, 'has conflict markers', 1],
    ['is open with half of the markers', MARKERS.slice(4), 'has conflict markers', 1],
    ['is open with a middle marker that is left', ['my a', '=======', 'A', ''], 'has a line that is left of conflict markers', 2],
    ['is settled without markers', ['my A', ''], undefined, undefined],
    ['is settled where it was deleted', undefined, undefined, undefined],
    ['is settled with a line that is no marker of it', ['my A', '========', ''], undefined, undefined],
  ])('%s', async (_, a, open, line) => {
    const ports = await pending();
    ports.project.put('b', 'both\n');
    if (a === undefined) ports.project.remove('a');
    else ports.project.put('a', a.join('\n'));
    const { pending: conflicts } = await checkProject({}, ports);
    const found = { path: 'a', isSettled: open === undefined, ...(open && { open, line }) };
    expect(conflicts).toEqual([found, { path: 'b', isSettled: true }]);
    const diagnostics = open === undefined ? [] : [{ message: open, where: { file: 'a', line } }];
    const again = planRegeneration({ ...OPTIONS, preserve: [], onConflict: 'markers' }, ports);
    await expect(again).rejects.toMatchObject({ code: 'CHANGE_PENDING', diagnostics });
    if (open === undefined) return expect(code(planContinue({}, ports))).resolves.toBe('done');
    await expect(planContinue({}, ports)).rejects.toMatchObject({ code: 'CONFLICTS_OPEN', diagnostics });
  });

  it('is open while the version of the pack stands beside it', async () => {
    const ports = await pending('reject');
    ports.project.remove('a.theirs');
    const { pending: conflicts } = await checkProject({}, ports);
    expect(conflicts).toEqual([
      { path: 'a', beside: 'a.theirs', isSettled: true },
      { path: 'b', beside: 'b.theirs', isSettled: false, open: "the pack's version stands in b.theirs: merge it, then delete it" },
    ]);
  });
});

describe('the status of a project with a change that waits', () => {
  it('says of no file that the change wrote that the user edited it', async () => {
    const ports = await pending();
    expect(await states(ports)).toEqual({ a: 'conflicted', b: 'conflicted' });
    ports.project.put('other', 'mine\n');
    ports.project.remove('fresh');
    ports.project.put('a', 'settled\n');
    ports.project.put('b', 'B\n');
    expect(await states(ports)).toEqual({ a: 'edited', fresh: 'missing', other: 'edited' });
    const { diff } = await diffProject({ offline: true }, ports);
    expect(diff.match(/^[+-].*/gm)).toEqual(
      ['--- a/a', '+++ b/a', '-A', '+settled', '--- a/fresh', '+++ /dev/null', '-fresh', '--- a/other', '+++ b/other', '-1', '-2'].concat([
        '-three',
        '+mine',
      ]),
    );
    expect(await explainPath({ path: 'b' }, ports)).toMatchObject({ state: 'as-generated', packs: [{ version: '1.1.0' }] });
  });

  it('names the change, and is not clean before it is recorded', async () => {
    const ports = await pending();
    expect(await checkProject({}, ports)).toMatchObject({
      packs: [{ version: '1.0.0' }],
      waiting: { operation: 'update', packs: ['app 1.1.0'], since: '2000-01-01T00:00:00.000Z' },
      isClean: false,
    });
    for (const path of ['a', 'b']) ports.project.put(path, AFTER[path] ?? '');
    expect(await checkProject({}, ports)).toMatchObject({ isClean: false });
    await ports.project.apply(await planContinue({}, ports));
    const { waiting, isClean } = await checkProject({}, ports);
    expect([waiting, isClean]).toEqual([undefined, true]);
  });

  it('does not know when it was made where the undo log is of another change', async () => {
    const ports = await pending();
    ports.project.put('.packsmith/pending.json', `${ports.project.toTexts()['.packsmith/pending.json']}\n`);
    expect((await checkProject({}, ports)).waiting).toEqual({ operation: 'update', packs: ['app 1.1.0'] });
  });
});

async function newest({ project }: Pick<Ports, 'project'>): Promise<string> {
  return (await project.listTransactions())[0]?.id ?? '';
}

describe('taking back a change that waits', () => {
  const COPIES = 'edited since the change, and kept as copies beside what is there again: ';
  const GONE = 'what was settled goes with the change, and comes back where the abort is taken back, which `packs undo --list` names: ';
  const WAS = { a: 'my a\n', b: 'my b\n', key: 'key hidden\n', kept: 'kept\n', old: 'old\n', other: '1\n2\n3\n' };
  it.each<readonly [what: string, edits: Files, kept: Files, warnings: readonly string[]]>([
    ['says nothing where nothing was edited', {}, {}, []],
    ['names what was settled', { a: 'settled\n', b: 'settled\n' }, {}, [`${GONE}a, b`]],
    [
      'keeps edits of other files',
      { other: '1\n2\nthree\nmine\n' },
      { 'other.bak': '1\n2\nthree\nmine\n' },
      [`${COPIES}other in other.bak`],
    ],
    ['keeps edits of files that it takes away', { fresh: 'mine\n' }, { 'fresh.bak': 'mine\n' }, [`${COPIES}fresh in fresh.bak`]],
    ['keeps what came in the place of a file that it brings back', { old: 'mine\n' }, { 'old.bak': 'mine\n' }, [`${COPIES}old in old.bak`]],
    ['keeps no copy of what was taken back by hand', { other: '1\n2\n3\n', a: 'my a\n' }, {}, []],
    [
      'takes names that are free',
      { a: 'settled\n', other: 'mine\n', 'other.bak': 'x\n' },
      { 'other.bak': 'x\n', 'other.bak2': 'mine\n' },
      [`${COPIES}other in other.bak2`, `${GONE}a`],
    ],
  ])('%s', async (_, edits, kept, warnings) => {
    const ports = await pending();
    for (const [path, text] of Object.entries(edits)) ports.project.put(path, text);
    const edited = ports.project.toTexts();
    const plan = await planAbort({}, ports);
    await ports.project.apply(plan);
    expect([ownFiles(ports), plan.warnings]).toEqual([{ ...WAS, ...kept }, warnings]);
    await ports.project.apply(await planUndo({ id: await newest(ports) }, ports));
    expect(ports.project.toTexts()).toEqual(edited);
  });

  it('names what was settled beside a file, and leaves the file itself as it is', async () => {
    const ports = await pending('reject');
    ports.project.put('a', 'merged\n');
    ports.project.put('a.theirs', 'half of it\n');
    const plan = await planAbort({}, ports);
    await ports.project.apply(plan);
    expect([ownFiles(ports), plan.warnings]).toEqual([{ ...WAS, a: 'merged\n' }, [`${GONE}a.theirs`]]);
  });

  it('keeps an edit below what becomes a file again', async () => {
    const one = world([version('1.0.0', { x: 'x\n', a: 'a\n' })]);
    await apply(await planGeneration(request(['app']), one), one);
    one.project.put('a', 'my a\n');
    const ports = { ...one, repository: world([version('1.1.0', { 'x/y': 'y\n', a: 'A\n' })]).repository };
    await apply(await planUpdate({ ...OPTIONS, ids: [], onConflict: 'markers' }, ports), ports);
    ports.project.put('x/y', 'mine\n');
    await ports.project.apply(await planAbort({}, ports));
    expect(ownFiles(ports)).toEqual({ a: 'my a\n', x: 'x\n', 'x.bak/y': 'mine\n' });
  });
});

describe('going back from a change whose conflicts were settled', () => {
  /** The update was recorded, and that taken back. */
  async function recorded() {
    const ports = await pending();
    for (const path of ['a', 'b']) ports.project.put(path, `settled ${path}\n`);
    const [update] = await ports.project.listTransactions();
    await ports.project.apply(await planContinue({}, ports));
    const [last] = await ports.project.listTransactions();
    return { ports, update: update?.id ?? '', last: last?.id ?? '' };
  }

  const hintOf = (attempt: Promise<unknown>): Promise<string> => attempt.then(() => 'done').catch((error: { hint: string }) => error.hint);

  it('is taking back that it was recorded, then the change, and each step says the next', async () => {
    const { ports, update, last } = await recorded();
    const way = `take back first what was done since, then this: \`packs undo ${last}\`, \`packs update --abort\``;
    expect(await hintOf(planUndo({ id: update }, ports))).toBe(way);
    const undo = await planUndo({}, ports);
    expect(undo.warnings).toEqual([expect.stringMatching(/waits to be recorded again: `packs update --abort` takes all of it back/)]);
    await ports.project.apply(undo);
    expect(await hintOf(planUndo({ id: update }, ports))).toBe('`packs update --abort` takes this change back, whatever was edited since');
    expect(await hintOf(planUndo({}, ports))).toBe('`packs update --abort` takes this change back, whatever was edited since');
    await ports.project.apply(await planAbort({}, ports));
    expect(ownFiles(ports)).toMatchObject({ a: 'my a\n', b: 'my b\n', other: '1\n2\n3\n' });
    const abort = await newest(ports);
    expect(await hintOf(planUndo({ id: update }, ports))).toContain(`it was taken back already, by the change ${abort}`);
    expect((await planUndo({ id: abort }, ports)).warnings[0]).toContain('is there again');
    expect((await listChanges({}, ports)).map(({ takenBackBy }) => takenBackBy)).toEqual([
      undefined,
      undefined,
      expect.any(String),
      abort,
      undefined,
    ]);
  });
});
