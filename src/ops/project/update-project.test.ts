import { describe, expect, it } from 'vitest';
import { actions, apply, flags, OPTIONS, ownFiles, request, world } from '../../../test/support/memory-world.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { GenerationPlan } from '../../core/plan/generation-plan.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { planAdd } from './add-packs.ts';
import { applyGeneration } from './apply-generation.ts';
import { checkProject } from './check-project.ts';
import { planContinue } from './finish-update.ts';
import { planAbort } from './plan-abort.ts';
import { planGeneration } from './plan-generation.ts';
import { planRegeneration } from './regenerate-project.ts';
import { planUndo } from './undo-change.ts';
import { planUpdate, type UpdateConflicts } from './update-project.ts';

type Files = Record<string, string | Uint8Array>;

const version = (number: string, files: Files, id = 'app'): Pack =>
  makePack({
    id,
    version: number,
    files: Object.fromEntries(Object.entries(files).map(([path, content]) => [`templates/${path}`, content])),
  });

/** A project generated from 1.0.0, where the pack has become 1.1.0. */
async function generated(before: Files, after: Files, others: readonly Pack[] = []) {
  const one = world([version('1.0.0', before), ...others]);
  await apply(await planGeneration(request(['app', ...others.map(({ manifest }) => manifest.id)]), one), one);
  const { repository } = world([version('1.1.0', after), ...others]);
  return { ...one, repository };
}

type World = Awaited<ReturnType<typeof generated>>;

const update = (ports: World, onConflict: UpdateConflicts = 'markers', more: { ids?: string[]; to?: string } = {}) =>
  planUpdate({ ...OPTIONS, ids: [], onConflict, ...more }, ports);

interface Case {
  readonly name: string;
  readonly before: string | Uint8Array | undefined;
  readonly after: string | Uint8Array | undefined;
  /** What the user made of it: bytes, `undefined` for deleted, or untouched. */
  readonly edited?: string | Uint8Array | 'untouched' | undefined;
  readonly result: string | undefined;
  readonly beside?: string;
  readonly isOpen?: boolean;
  readonly onConflict?: UpdateConflicts;
}

const binary = (text: string): Uint8Array => new TextEncoder().encode(`\0${text}`);

const CASES: readonly Case[] = [
  { name: 'takes what only the pack changed', before: 'a\n', after: 'b\n', edited: 'untouched', result: 'b\n' },
  { name: 'keeps what only the user changed', before: 'a\n', after: 'a\n', edited: 'mine\n', result: 'mine\n' },
  {
    name: 'merges changes in different places',
    before: '1\n2\n3\n4\n5\n',
    after: '1\n2\n3\n4\nfive\n',
    edited: 'one\n2\n3\n4\n5\n',
    result: 'one\n2\n3\n4\nfive\n',
  },
  {
    name: 'keeps the line ends of the user',
    before: '1\n2\n3\n4\n5\n',
    after: '1\n2\n3\n4\nfive\n',
    edited: 'one\r\n2\r\n3\r\n4\r\n5\r\n',
    result: 'one\r\n2\r\n3\r\n4\r\nfive\r\n',
  },
  { name: 'takes a reformatted line of both once', before: 'a\n', after: 'b\n', edited: 'b\n', result: 'b\n' },
  {
    name: 'marks what both changed',
    before: 'a\n',
    after: 'b\n',
    edited: 'mine\n',
    result: '<<<<<<< yours\nmine\n||||||| app 1.0.0\na\n=======\nb\n>>>>>>> app 1.1.0\n',
    isOpen: true,
  },
  { name: 'keeps the user bytes when told', before: 'a\n', after: 'b\n', edited: 'mine\n', result: 'mine\n', onConflict: 'ours' },
  { name: 'takes the bytes of the pack when told', before: 'a\n', after: 'b\n', edited: 'mine\n', result: 'b\n', onConflict: 'theirs' },
  {
    name: 'puts the version of the pack beside',
    before: 'a\n',
    after: 'b\n',
    edited: 'mine\n',
    result: 'mine\n',
    beside: 'b\n',
    isOpen: true,
    onConflict: 'reject',
  },
  {
    name: 'never puts markers into binary files',
    before: binary('a'),
    after: binary('b'),
    edited: binary('mine'),
    result: '\0mine',
    beside: '\0b',
    isOpen: true,
  },
  { name: 'deletes what the pack no longer has', before: 'a\n', after: undefined, edited: 'untouched', result: undefined },
  { name: 'keeps what the pack no longer has and the user edited', before: 'a\n', after: undefined, edited: 'mine\n', result: 'mine\n' },
  { name: 'does not bring back what the user deleted', before: 'a\n', after: 'b\n', edited: undefined, result: undefined },
  { name: 'creates what is new', before: undefined, after: 'new\n', edited: 'untouched', result: 'new\n' },
  { name: 'keeps a file of the user that equals a new one', before: undefined, after: 'new\n', edited: 'new\n', result: 'new\n' },
  {
    name: 'marks a file of the user that a new one meets',
    before: undefined,
    after: 'new\n',
    edited: 'mine\n',
    result: '<<<<<<< yours\nmine\n=======\nnew\n>>>>>>> app 1.1.0\n',
    isOpen: true,
  },
];

const files = (content: string | Uint8Array | undefined): Files => ({
  'kept.txt': 'kept\n',
  ...(content === undefined ? {} : { file: content }),
});

const asText = (content: string | Uint8Array | undefined): string | undefined =>
  content instanceof Uint8Array ? new TextDecoder().decode(content) : content;

describe('planUpdate', () => {
  it.each(CASES)('$name', async ({ before, after, edited, result, beside, isOpen = false, onConflict = 'markers' }) => {
    const ports = await generated(files(before), files(after));
    if (edited === undefined) ports.project.remove('file');
    else if (edited !== 'untouched') ports.project.put('file', edited);
    const untouched = ports.project.toTexts();
    await apply(await update(ports, onConflict), ports);
    expect(asText(ownFiles(ports)['file'])).toBe(result);
    expect(ownFiles(ports)['file.theirs']).toBe(beside);
    const status = await checkProject({}, ports);
    expect(status.pending.length > 0).toBe(isOpen);
    expect(status.packs[0]?.version).toBe(isOpen ? '1.0.0' : '1.1.0');
    await applyGeneration({ plan: isOpen ? await planAbort({}, ports) : await planUndo({}, ports), consentedHooks: [] }, ports);
    expect(ports.project.toTexts()).toEqual(untouched);
  });

  it('is a state while conflicts are open: nothing else may change, and the lock advances last', async () => {
    const ports = await generated({ file: 'a\n' }, { file: 'b\n' });
    ports.project.put('file', 'mine\n');
    await apply(await update(ports), ports);
    await expect(update(ports)).rejects.toMatchObject({ code: 'CHANGE_PENDING', diagnostics: [{ where: { file: 'file' } }] });
    await expect(planContinue({}, ports)).rejects.toMatchObject({ code: 'CONFLICTS_OPEN' });
    ports.project.put('file', 'mine and b\n');
    await applyGeneration({ plan: await planContinue({}, ports), consentedHooks: [] }, ports);
    expect(ownFiles(ports)).toEqual({ file: 'mine and b\n' });
    const status = await checkProject({}, ports);
    expect(status).toMatchObject({ pending: [], packs: [{ version: '1.1.0' }], files: [{ path: 'file', state: 'edited' }] });
    await expect(planContinue({}, ports)).rejects.toMatchObject({ code: 'NOTHING_PENDING' });
  });

  it('can be aborted after half of the settling, and that can be undone', async () => {
    const ports = await generated({ file: 'a\n' }, { file: 'b\n' });
    ports.project.put('file', 'mine\n');
    const before = ports.project.toTexts();
    await apply(await update(ports), ports);
    ports.project.put('file', 'half settled\n');
    const half = ports.project.toTexts();
    await applyGeneration({ plan: await planAbort({}, ports), consentedHooks: [] }, ports);
    expect(ports.project.toTexts()).toEqual(before);
    const [abort] = await ports.project.listTransactions();
    await applyGeneration({ plan: await planUndo({ id: abort?.id ?? '' }, ports), consentedHooks: [] }, ports);
    expect(ports.project.toTexts()).toEqual(half);
  });

  it('can be aborted after it was finished and that was undone', async () => {
    const ports = await generated({ file: 'a\n' }, { file: 'b\n' });
    ports.project.put('file', 'mine\n');
    const before = ports.project.toTexts();
    await apply(await update(ports), ports);
    ports.project.put('file', 'mine and b\n');
    await applyGeneration({ plan: await planContinue({}, ports), consentedHooks: [] }, ports);
    await applyGeneration({ plan: await planUndo({}, ports), consentedHooks: [] }, ports);
    await applyGeneration({ plan: await planAbort({}, ports), consentedHooks: [] }, ports);
    expect(ports.project.toTexts()).toEqual(before);
  });

  it('changes nothing when everything is as new as it can be', async () => {
    const ports = await generated({ file: 'a\n' }, { file: 'b\n' });
    await apply(await update(ports), ports);
    expect((await update(ports)).plan.paths.every(({ action }) => action === 'keep')).toBe(true);
  });

  it('updates one pack of several and leaves the parts of the other alone', async () => {
    const other = version('1.0.0', { '.gitignore': 'other/\n', 'other.txt': 'x\n' }, 'other');
    const ports = await generated({ '.gitignore': 'app/\n' }, { '.gitignore': 'app/\nnew/\n' }, [other]);
    ports.project.put('.gitignore', 'app/\nother/\nmine/\n');
    await apply(await update(ports, 'markers', { ids: ['app'] }), ports);
    expect(ownFiles(ports)['.gitignore']?.split('\n').filter(Boolean).sort()).toEqual(['app/', 'mine/', 'new/', 'other/']);
  });

  it('goes to a version outside the range when told, back too, and writes the range', async () => {
    const ports = await generated({ file: 'a\n' }, { file: 'b\n' });
    const { repository } = world([version('2.0.0', { file: 'two\n' })]);
    await apply(await update({ ...ports, repository }, 'markers', { ids: ['app'], to: '2.0.0' }), ports);
    expect(ownFiles(ports)['file']).toBe('two\n');
    expect(ports.project.toTexts()['packsmith.toml']).toContain('app = "^2.0.0"');
    const { repository: older } = world([version('1.0.0', { file: 'a\n' })]);
    await apply(await update({ ...ports, repository: older }, 'markers', { ids: ['app'], to: '1.0.0' }), ports);
    expect(ownFiles(ports)['file']).toBe('a\n');
  });

  it('plans the hooks for updating, and those for generating only where something is generated', async () => {
    const manifest = '[[hooks.post_generate]]\nname = "g"\nrun = ["true"]\n\n[[hooks.post_update]]\nname = "u"\nrun = ["true"]\n';
    const files = { 'templates/a': 'a\n' };
    const one = world([makePack({ id: 'app', manifest, files })]);
    const names = ({ plan }: { plan: GenerationPlan }): string[] => plan.hooks.map(({ pack, name }) => `${pack} ${name}`);
    const first = await planGeneration(request(['app']), one);
    expect(names(first)).toEqual(['app g']);
    await apply(first, one);
    const later = {
      ...one,
      repository: world([makePack({ id: 'app', version: '1.1.0', manifest, files }), makePack({ id: 'new', manifest })]).repository,
    };
    expect(names(await planUpdate({ ...OPTIONS, ids: [], onConflict: 'markers' }, later))).toEqual(['app u']);
    expect(names(await planAdd({ ...OPTIONS, references: ['new'] }, later))).toEqual(['app u', 'new g']);
  });

  it('names the nearest pack for an unknown one', async () => {
    const ports = await generated({ file: 'a\n' }, { file: 'b\n' });
    await expect(update(ports, 'markers', { ids: ['apq'] })).rejects.toMatchObject({ code: 'PACK_NOT_IN_PROJECT', suggestions: ['app'] });
  });

  it('never touches what is preserved', async () => {
    const ports = await generated({ 'docs/a.md': 'a\n', file: 'a\n' }, { 'docs/a.md': 'b\n', file: 'b\n' });
    ports.project.put('packsmith.toml', `${ports.project.toTexts()['packsmith.toml']}\n[update]\npreserve = ["docs/**"]\n`);
    const preview = await update(ports);
    expect(actions(preview)).toEqual({ 'docs/a.md': 'keep', file: 'update' });
    await apply(preview, ports);
    expect(ownFiles(ports)).toEqual({ 'docs/a.md': 'a\n', file: 'b\n' });
  });
});

const LONG = 'alpha\nbeta\ngamma\ndelta\nepsilon\nzeta\n';

describe('renames and moves', () => {
  const cases: readonly {
    name: string;
    before: Files;
    after: Files;
    edit?: (ports: World) => void;
    result: Record<string, string>;
    manifest?: string;
  }[] = [
    { name: 'follows a file that the pack renamed', before: { 'old.txt': LONG }, after: { 'new.txt': LONG }, result: { 'new.txt': LONG } },
    {
      name: 'takes the edit along to the new path',
      before: { 'old.txt': LONG },
      after: { 'new.txt': LONG.replace('zeta', 'ZETA') },
      edit: ({ project }) => project.put('old.txt', LONG.replace('alpha', 'mine')),
      result: { 'new.txt': LONG.replace('alpha', 'mine').replace('zeta', 'ZETA') },
    },
    {
      name: 'takes the edit along where the pack only renamed',
      before: { 'old.txt': LONG },
      after: { 'new.txt': LONG },
      edit: ({ project }) => project.put('old.txt', LONG.replace('alpha', 'mine')),
      result: { 'new.txt': LONG.replace('alpha', 'mine') },
    },
    {
      name: 'does not bring back a deleted file under its new name',
      before: { 'old.txt': LONG },
      after: { 'new.txt': LONG.replace('zeta', 'ZETA') },
      edit: ({ project }) => project.remove('old.txt'),
      result: {},
    },
    {
      name: 'keeps both where something of the user stands at the new path',
      before: { 'old.txt': LONG },
      after: { 'new.txt': LONG },
      edit: ({ project }) => {
        project.put('new.txt', LONG);
        project.put('old.txt', `mine\n${LONG}`);
      },
      result: { 'new.txt': LONG, 'old.txt': `mine\n${LONG}` },
    },
    {
      name: 'takes files with nothing in common for two',
      before: { 'old.txt': LONG },
      after: { 'new.txt': 'other\n' },
      result: { 'new.txt': 'other\n' },
    },
    {
      name: 'follows a rename that the pack declares, however different the file has become',
      before: { 'old/a.txt': 'a\nb\nc\n' },
      after: { 'new/a.txt': 'a\nX\nY\nZ\nc\n' },
      manifest: '[[migrations]]\nfrom = "<1.1.0"\nto = ">=1.1.0"\nrename = { "old/" = "new/" }\n',
      edit: ({ project }) => project.put('old/a.txt', 'a\nb\nc\nmine\n'),
      result: { 'new/a.txt': 'a\nX\nY\nZ\nc\nmine\n' },
    },
    {
      name: 'keeps a file that the user moved up to date where it is',
      before: { 'a.txt': LONG },
      after: { 'a.txt': LONG.replace('zeta', 'ZETA') },
      edit: ({ project }) => {
        project.remove('a.txt');
        project.put('docs/b.txt', LONG);
      },
      result: { 'docs/b.txt': LONG.replace('zeta', 'ZETA') },
    },
    {
      name: 'finds a file that was moved and edited',
      before: { 'a.txt': LONG },
      after: { 'a.txt': LONG.replace('zeta', 'ZETA') },
      edit: ({ project }) => {
        project.remove('a.txt');
        project.put('docs/b.txt', LONG.replace('alpha', 'mine'));
      },
      result: { 'docs/b.txt': LONG.replace('alpha', 'mine').replace('zeta', 'ZETA') },
    },
  ];

  it.each(cases)('$name', async ({ before, after, edit, result, manifest = '' }) => {
    const ports = await generated(before, after);
    const next = makePack({
      id: 'app',
      version: '1.1.0',
      manifest,
      files: Object.fromEntries(Object.entries(after).map(([path, text]) => [`templates/${path}`, text])),
    });
    const { repository } = world([next]);
    edit?.(ports);
    const untouched = ports.project.toTexts();
    await apply(await update({ ...ports, repository }), ports);
    expect(ownFiles(ports)).toEqual(result);
    expect((await checkProject({}, ports)).packs[0]?.version).toBe('1.1.0');
    expect((await update({ ...ports, repository })).plan.paths.filter(({ action }) => action !== 'keep')).toEqual([]);
    await applyGeneration({ plan: await planUndo({}, ports), consentedHooks: [] }, ports);
    expect(ports.project.toTexts()).toEqual(untouched);
  });

  it('goes on following a moved file at the update after', async () => {
    const ports = await generated({ 'a.txt': LONG }, { 'a.txt': LONG.replace('zeta', 'ZETA') });
    ports.project.remove('a.txt');
    ports.project.put('b.txt', LONG);
    await apply(await update(ports), ports);
    const { repository } = world([version('1.2.0', { 'a.txt': LONG.replace('zeta', 'OMEGA') })]);
    await apply(await update({ ...ports, repository }), ports);
    expect(ownFiles(ports)).toEqual({ 'b.txt': LONG.replace('zeta', 'OMEGA') });
    expect((await checkProject({}, ports)).isClean).toBe(true);
  });
});

describe('migrations', () => {
  const variable = (name: string, more = '') => `[variables.${name}]\ntype = "string"\n${more}\n`;

  it('renames variables, maps values, gives defaults, and brings the pack that took a part over', async () => {
    const one = makePack({
      id: 'app',
      manifest: variable('db') + variable('level'),
      files: { 'templates/a.jinja': '{{ db }} {{ level }}\n' },
    });
    const ports = world([one]);
    await apply(await planGeneration(request(['app'], { given: flags('db=pg', 'level=low') }), ports), ports);
    const migration = `[[migrations]]
from = "^1"
to = "^2"
rename_variables = { db = "database" }
values = { database = { pg = "postgres" } }
defaults = { region = "eu" }
add_packs = { logs = "^1" }
`;
    const two = makePack({
      id: 'app',
      version: '2.0.0',
      manifest: variable('database') + variable('level') + variable('region') + migration,
      files: { 'templates/a.jinja': '{{ database }} {{ level }} {{ region }}\n' },
    });
    const logs = makePack({ id: 'logs', files: { 'templates/logs.txt': 'logs\n' } });
    const { repository } = world([two, logs]);
    await apply(await update({ ...ports, repository }, 'markers', { to: '^2' }), ports);
    expect(ownFiles(ports)).toEqual({ a: 'postgres low eu\n', 'logs.txt': 'logs\n' });
    const manifest = ports.project.toTexts()['packsmith.toml'];
    expect(manifest).toContain('database = "postgres"');
    expect(manifest).toContain('region = "eu"');
    expect(manifest).toContain('logs = "^1"');
    expect(manifest).not.toContain('db =');
  });
});

describe('planRegeneration', () => {
  const PACK = makePack({
    id: 'app',
    manifest: '[variables.name]\ntype = "string"\ndefault = "World"\n',
    files: { 'templates/a.jinja': 'Hi {{ name }}\none\ntwo\n', 'templates/b': 'b\n' },
  });

  it('restores what was deleted, applies changed answers, and keeps edits', async () => {
    const ports = world([PACK]);
    await apply(await planGeneration(request(['app']), ports), ports);
    ports.project.remove('b');
    ports.project.put('a', 'Hi World\none\ntwo\nmine\n');
    await apply(await planRegeneration({ ...OPTIONS, given: flags('name=Ada'), preserve: [], onConflict: 'markers' }, ports), ports);
    expect(ownFiles(ports)).toEqual({ a: 'Hi Ada\none\ntwo\nmine\n', b: 'b\n' });
  });

  it('regenerates one template and leaves the rest and its records alone', async () => {
    const ports = world([PACK]);
    await apply(await planGeneration(request(['app']), ports), ports);
    ports.project.remove('a');
    ports.project.remove('b');
    await apply(await planRegeneration({ ...OPTIONS, template: 'b', preserve: [], onConflict: 'markers' }, ports), ports);
    expect(ownFiles(ports)).toEqual({ b: 'b\n' });
    expect((await checkProject({}, ports)).files.map(({ path, state }) => [path, state])).toEqual([
      ['a', 'missing'],
      ['b', 'as-generated'],
    ]);
  });
});

describe('what the user did meanwhile', () => {
  const last = LONG.replace('zeta', 'theirs');
  const mine = LONG.replace('zeta', 'mine');
  const to = (ports: World, number: string, files: Files): World => ({ ...ports, repository: world([version(number, files)]).repository });
  const move = ({ project }: World, from: string, into: string, content: string): void => {
    project.remove(from);
    project.put(into, content);
  };

  it.each([
    { name: 'moved', after: { 'a.txt': last }, path: 'b.txt', edit: (ports: World) => move(ports, 'a.txt', 'b.txt', mine) },
    { name: 'renamed by the pack', after: { 'b.txt': last }, path: 'b.txt', edit: ({ project }: World) => project.put('a.txt', mine) },
  ])('leaves a conflict in a file that was $name to be settled, with markers or beside it', async ({ after, path, edit }) => {
    for (const onConflict of ['markers', 'reject'] as const) {
      const ports = await generated({ 'a.txt': LONG }, after);
      edit(ports);
      await apply(await update(ports, onConflict), ports);
      const { [path]: text, ...others } = ownFiles(ports);
      expect(text === mine).toBe(onConflict === 'reject');
      expect(others).toEqual(onConflict === 'reject' ? { [`${path}.theirs`]: last } : {});
      expect((await checkProject({}, ports)).pending).toHaveLength(1);
      await expect(planContinue({}, ports)).rejects.toMatchObject({ code: 'CONFLICTS_OPEN' });
    }
  });

  it('follows a file that was moved, and moved back', async () => {
    const ports = await generated({ 'a.txt': LONG }, { 'a.txt': last });
    move(ports, 'a.txt', 'b.txt', LONG);
    await apply(await update(ports), ports);
    move(ports, 'b.txt', 'a.txt', last);
    const next = to(ports, '1.2.0', { 'a.txt': last.replace('alpha', 'ALPHA') });
    await apply(await update(next), next);
    expect(ownFiles(next)).toEqual({ 'a.txt': last.replace('alpha', 'ALPHA') });
    expect((await checkProject({}, next)).isClean).toBe(true);
  });

  it('takes a file that was moved onto what a pack wants by now for what is in the way', async () => {
    const ports = await generated({ 'a.txt': LONG }, { 'a.txt': last });
    move(ports, 'a.txt', 'b.txt', LONG);
    await apply(await update(ports), ports);
    const next = to(ports, '1.2.0', { 'a.txt': last, 'b.txt': 'other\n' });
    await apply(await update(next, 'reject'), next);
    expect(ownFiles(next)).toEqual({ 'b.txt': last, 'b.txt.theirs': 'other\n' });
    next.project.remove('b.txt.theirs');
    await applyGeneration({ plan: await planContinue({}, next), consentedHooks: [] }, next);
    expect((await update(next)).plan.paths.filter(({ action }) => action !== 'keep')).toEqual([]);
  });

  it('lets a file that was moved go on as what a pack wants at its place by now', async () => {
    for (const [edit, result] of [
      [LONG, last],
      [LONG.replace('alpha', 'mine'), last.replace('alpha', 'mine')],
    ] as const) {
      const ports = await generated({ 'a.txt': LONG }, { 'a.txt': LONG });
      move(ports, 'a.txt', 'b.txt', edit);
      await apply(await update(ports), ports);
      const next = to(ports, '1.2.0', { 'b.txt': last });
      await apply(await update(next), next);
      expect(ownFiles(next)).toEqual({ 'b.txt': result });
      expect((await update(next)).plan.paths.filter(({ action }) => action !== 'keep')).toEqual([]);
    }
  });

  it('preserves a file that was moved', async () => {
    const ports = await generated({ 'docs/a.txt': LONG }, { 'docs/a.txt': last });
    move(ports, 'docs/a.txt', 'docs/b.txt', LONG);
    await apply(await update(ports), ports);
    ports.project.put('packsmith.toml', `${ports.project.toTexts()['packsmith.toml']}\n[update]\npreserve = ["docs/**"]\n`);
    const next = to(ports, '1.2.0', { 'docs/a.txt': LONG });
    await apply(await update(next), next);
    expect(ownFiles(next)).toEqual({ 'docs/b.txt': last });
  });

  it('looks for a moved file past links', async () => {
    const ports = await generated({ 'a.txt': LONG }, { 'a.txt': last });
    ports.project.remove('a.txt');
    ports.project.putLink('b.txt', { leadsOut: true });
    await apply(await update(ports), ports);
    expect(ownFiles(ports)).toEqual({});
  });

  it('keeps a copy of what it overwrites under another name', async () => {
    const ports = await generated({ 'a.txt': LONG, 'c.txt': `c\n${LONG}` }, { 'b.txt': last, 'c.txt': `c\n${last}` });
    ports.project.put('a.txt', mine);
    move(ports, 'c.txt', 'd.txt', `c\n${mine}`);
    await apply(await planUpdate({ ...OPTIONS, ids: [], onConflict: 'theirs', backup: true }, ports), ports);
    expect(ownFiles(ports)).toEqual({ 'a.txt.bak': mine, 'b.txt': last, 'd.txt': `c\n${last}`, 'd.txt.bak': `c\n${mine}` });
  });

  it('keeps a file executable, whatever of it is merged', async () => {
    const ports = await generated({ 'a.sh': LONG, 'b.sh': LONG }, { 'a.sh': last, 'b.sh': last });
    ports.project.put('a.sh', LONG, 0o755);
    ports.project.put('b.sh', mine.replace('alpha', 'ALPHA'), 0o755);
    await apply(await update(ports), ports);
    expect(['a.sh', 'b.sh'].map((path) => ports.project.modeOf(path))).toEqual([0o755, 0o755]);
  });

  it('makes an edited file executable when the pack does', async () => {
    const ports = await generated({ 'a.sh': LONG }, {});
    const next = makePack({ id: 'app', version: '1.1.0', files: { 'templates/a.sh': LONG }, executable: ['templates/a.sh'] });
    ports.project.put('a.sh', mine);
    await apply(await update({ ...ports, repository: world([next]).repository }), ports);
    expect(ports.project.modeOf('a.sh')).toBe(0o755);
    expect(ownFiles(ports)).toEqual({ 'a.sh': mine });
  });

  it('keeps what was written into packsmith.toml while conflicts were open', async () => {
    const ports = await generated({ file: 'a\n' }, { file: 'b\n' });
    const next = to(ports, '2.0.0', { file: 'b\n' });
    next.project.put('file', 'mine\n');
    await apply(await update(next, 'markers', { ids: ['app'], to: '2.0.0' }), next);
    next.project.put('file', 'mine and b\n');
    next.project.put('packsmith.toml', `# mine\n${next.project.toTexts()['packsmith.toml']}`);
    await applyGeneration({ plan: await planContinue({}, next), consentedHooks: [] }, next);
    expect(next.project.toTexts()['packsmith.toml']).toMatch(/^# mine\n(?:.*\n)*app = "\^2\.0\.0"/);
  });

  it('asks for packsmith.toml instead of removing everything without it', async () => {
    const ports = await generated({ file: 'a\n' }, { file: 'b\n' });
    ports.project.remove('packsmith.toml');
    await expect(update(ports)).rejects.toMatchObject({ code: 'PROJECT_NOT_FOUND' });
  });

  it.each([
    { name: 'a file become a directory', before: { x: LONG }, after: { 'x/y': 'other\n' } },
    { name: 'a file become the one in a directory of its name', before: { x: LONG }, after: { 'x/y': LONG } },
    { name: 'a directory become a file', before: { 'x/y': LONG, 'x/z': 'z\n' }, after: { x: 'other\n' } },
  ])('lets $name, and back', async ({ before, after }) => {
    const ports = await generated(before, after);
    const untouched = ports.project.toTexts();
    await apply(await update(ports), ports);
    expect(ownFiles(ports)).toEqual(after);
    await applyGeneration({ plan: await planUndo({}, ports), consentedHooks: [] }, ports);
    expect(ports.project.toTexts()).toEqual(untouched);
  });

  it('never takes something of the user out of the way for it', async () => {
    const ports = await generated({ 'x/y': LONG }, { x: 'other\n' });
    ports.project.put('x/mine', 'mine\n');
    await apply(await update(ports), ports);
    expect(ownFiles(ports)).toEqual({ 'x/mine': 'mine\n', 'x.theirs': 'other\n' });
    expect((await checkProject({}, ports)).pending).toMatchObject([{ path: 'x', beside: 'x.theirs' }]);
  });
});
