import { describe, expect, it } from 'vitest';
import { nativeHash } from '../../src/adapters/hash.ts';
import { PacksmithError } from '../../src/core/diagnostics/packsmith-error.ts';
import type { GenerationPlan } from '../../src/core/plan/generation-plan.ts';
import type { Digest } from '../../src/core/tree/digest.ts';
import { type ProjectPath, parseProjectPath } from '../../src/core/tree/project-path.ts';
import type { ProjectDir } from '../../src/ports/project-dir.ts';
import { planInverse, planOf, type TestChange } from '../support/plan-of.ts';

/** One project and the means to act on it as its user would. */
export interface ProjectWorld {
  /** A fresh view of the project, as another command has it. */
  open(): ProjectDir;
  put(path: string, content: string, mode?: number): void;
  putLink(path: string, leadsOut: boolean): void;
  remove(path: string): void;
  /** The text of every file, outside `.packsmith/local`, by path; an executable one's begins with `*`. */
  read(): Record<string, string>;
}

/** What every ProjectDir promises. @param makeWorld makes an empty one: `isNew` means that not even the directory exists. */
export function describeProjectDirContract(name: string, makeWorld: (options?: { readonly isNew?: boolean }) => ProjectWorld): void {
  const path = parseProjectPath;

  async function failure(attempt: Promise<unknown>): Promise<PacksmithError> {
    const error = await attempt.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(PacksmithError);
    return error as PacksmithError;
  }

  /** Applies changes to files and looks at what is there after. */
  async function check(files: Record<string, string>, changes: readonly TestChange[], after: Record<string, string>): Promise<void> {
    const world = makeWorld();
    for (const [file, content] of Object.entries(files)) world.put(file, content);
    await world.open().apply(planOf(changes));
    expect(world.read()).toEqual(after);
  }

  /** Expects a refusal that leaves everything as it is. */
  async function refuse(world: ProjectWorld, plan: GenerationPlan, code: string): Promise<PacksmithError> {
    const before = world.read();
    const error = await failure(world.open().apply(plan));
    expect([error.code, error.message]).toEqual([code, error.message]);
    expect(world.read()).toEqual(before);
    expect(await world.open().listTransactions()).toEqual([]);
    return error;
  }

  describe(`${name}: inspect`, () => {
    it('knows a directory that does not exist', async () => {
      expect(await makeWorld({ isNew: true }).open().inspect()).toEqual({ exists: false, isEmpty: true });
    });
    it('sees an empty one, and one with a file', async () => {
      const world = makeWorld();
      expect((await world.open().inspect()).isEmpty).toBe(true);
      world.put('.git/HEAD', 'ref');
      expect((await world.open().inspect()).isEmpty).toBe(true);
      world.put('src/a.ts', 'a');
      expect(await world.open().inspect()).toEqual({ exists: true, isEmpty: false });
    });
    it('does not count what packsmith keeps for itself', async () => {
      const world = makeWorld();
      await world.open().apply(planOf([{ path: 'a', after: 'a' }]));
      world.remove('a');
      expect((await world.open().inspect()).isEmpty).toBe(true);
    });
  });

  describe(`${name}: survey`, () => {
    it('tells files, directories, links and what blocks the way', async () => {
      const world = makeWorld();
      world.put('file', 'text');
      world.put('run', 'sh', 0o755);
      world.put('dir/inner', 'x');
      world.putLink('out', true);
      world.putLink('in', false);
      const paths = ['file', 'run', 'dir', 'dir/inner', 'out', 'in', 'out/below', 'file/below/deep', 'absent', 'no/where'].map(path);
      const entries = await world.open().survey(paths);
      expect(Object.fromEntries(entries)).toEqual({
        file: { kind: 'file', digest: nativeHash('text'), mode: 0o644, size: 4 },
        run: { kind: 'file', digest: nativeHash('sh'), mode: 0o755, size: 2 },
        dir: { kind: 'directory' },
        'dir/inner': { kind: 'file', digest: nativeHash('x'), mode: 0o644, size: 1 },
        out: { kind: 'link', leadsOut: true },
        in: { kind: 'link', leadsOut: false },
        'out/below': { kind: 'blocked', by: 'out', isLink: true },
        'file/below/deep': { kind: 'blocked', by: 'file', isLink: false },
      });
    });
    it('is empty for a project that does not exist', async () => {
      expect(
        (
          await makeWorld({ isNew: true })
            .open()
            .survey([path('a'), path('b/c')])
        ).size,
      ).toBe(0);
    });
  });

  describe(`${name}: listFiles and readFile`, () => {
    it('lists files and links, sorted, without git, its own, and what is ignored', async () => {
      const world = makeWorld();
      for (const file of ['b', 'a/z', 'a/B', '.git/HEAD', 'node_modules/x/y', 'skip.log']) world.put(file, file);
      world.putLink('l', true);
      await world.open().apply(planOf([{ path: 'packsmith.lock', after: '{}' }]));
      const all = ['a/B', 'a/z', 'b', 'l', 'node_modules/x/y', 'packsmith.lock', 'skip.log'];
      expect(await world.open().listFiles()).toEqual(all);
      const ignored = await world.open().listFiles((shown) => shown === 'node_modules/' || shown.endsWith('.log'));
      expect(ignored).toEqual(['a/B', 'a/z', 'b', 'l', 'packsmith.lock']);
    });
    it('lists nothing where nothing is', async () => {
      expect(await makeWorld({ isNew: true }).open().listFiles()).toEqual([]);
    });
    it('lists what it passes over, below a directory or everywhere', async () => {
      const world = makeWorld();
      for (const file of ['b', '.git/HEAD', 'a/.git', 'a/c', 'a.git/x']) world.put(file, file);
      await world.open().apply(planOf([{ path: 'packsmith.lock', after: '{}' }]));
      const [own, inner] = ['.git', 'a/.git'].map((path) => ({ path, because: 'git' }));
      expect(await world.open().listPassedOver('')).toEqual([own, inner]);
      expect(await world.open().listPassedOver('a' as ProjectPath)).toEqual([inner]);
      expect(await world.open().listPassedOver('a.git' as ProjectPath)).toEqual([]);
    });
    it('reads a file, and knows when there is none', async () => {
      const world = makeWorld();
      world.put('a/b', 'text');
      expect(new TextDecoder().decode(await world.open().readFile(path('a/b')))).toBe('text');
      expect(await world.open().readFile(path('a/c'))).toBeUndefined();
      expect(await world.open().readFile(path('x/y'))).toBeUndefined();
    });
    it.each(['out', 'in', 'out/x', 'a', 'a/b/c'])('refuses to read %s', async (blocked) => {
      const world = makeWorld();
      world.put('a/b', 'text');
      world.putLink('out', true);
      world.putLink('in', false);
      expect((await failure(world.open().readFile(path(blocked)))).code).toBe('PATH_BLOCKED');
    });
  });

  describe(`${name}: apply`, () => {
    it('creates, updates and deletes', () =>
      check(
        { old: 'old', 'src/edit.ts': '1', 'src/deep/gone.ts': 'gone', mine: 'mine' },
        [
          { path: 'new/deep/a', after: 'a' },
          { path: 'new/b', after: { content: 'b', mode: 0o755 } },
          { path: 'old', before: 'old' },
          { path: 'src/deep/gone.ts', before: 'gone' },
          { path: 'src/edit.ts', before: '1', after: '2' },
          { path: 'top', after: 'top' },
          { path: 'packsmith.lock', after: '{}', isRecord: true },
        ],
        { 'new/deep/a': 'a', 'new/b': '*b', 'src/edit.ts': '2', top: 'top', 'packsmith.lock': '{}', mine: 'mine' },
      ));
    it('makes the project', async () => {
      const world = makeWorld({ isNew: true });
      const record = await world.open().apply(planOf([{ path: 'a/b', after: 'x' }]));
      expect(world.read()).toEqual({ 'a/b': 'x' });
      expect(record.paths).toEqual([{ path: 'a/b', after: { digest: nativeHash('x'), mode: 0o644 } }]);
    });
    it('writes bytes as they are', async () => {
      const world = makeWorld();
      const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
      await world.open().apply(planOf([{ path: 'bytes', after: bytes }]));
      expect([...((await world.open().readFile(path('bytes'))) ?? [])]).toEqual([...bytes]);
    });
    it('makes a directory of a file', () =>
      check(
        { a: '1' },
        [
          { path: 'a', before: '1' },
          { path: 'a/b', after: '2' },
        ],
        { 'a/b': '2' },
      ));
    it('makes a file of a directory', () =>
      check(
        { 'a/b': '1', 'a/c/d': '2' },
        [
          { path: 'a', after: '3' },
          { path: 'a/b', before: '1' },
          { path: 'a/c/d', before: '2' },
        ],
        { a: '3' },
      ));
    it('keeps a directory that gets a file in place of the last one', () =>
      check(
        { 'a/b': '1' },
        [
          { path: 'a/b', before: '1' },
          { path: 'a/c', after: '2' },
        ],
        { 'a/c': '2' },
      ));
    it('changes only the execute bit', async () => {
      const world = makeWorld();
      world.put('run', 'sh', 0o600);
      const plan = planOf([{ path: 'run', before: { content: 'sh', mode: 0o600 }, after: { content: 'sh', mode: 0o755 } }]);
      await world.open().apply({ ...plan, contents: {} });
      const entry = (await world.open().survey([path('run')])).get(path('run'));
      expect(entry).toMatchObject({ mode: 0o700, digest: nativeHash('sh') });
    });
    it('takes bytes for a backup from the project', async () => {
      const world = makeWorld();
      world.put('a', 'mine');
      const plan = planOf([
        { path: 'a', before: 'mine', after: 'theirs' },
        { path: 'a.orig', after: 'mine' },
      ]);
      const { [nativeHash('mine')]: _left, ...contents } = plan.contents;
      await world.open().apply({ ...plan, contents });
      expect(world.read()).toEqual({ a: 'theirs', 'a.orig': 'mine' });
    });
    it('leaves alone what is kept or in conflict, whatever is there', async () => {
      const world = makeWorld();
      world.put('kept', 'edited again');
      const plan = planOf([
        { path: 'kept', before: 'edited', after: 'wanted' },
        { path: 'new', after: 'new' },
      ]);
      const paths = plan.paths.map((planned) => (planned.path === 'kept' ? { ...planned, action: 'conflict' as const } : planned));
      await world.open().apply({ ...plan, paths });
      expect(world.read()).toEqual({ kept: 'edited again', new: 'new' });
    });
    it('does nothing for a plan that changes nothing', async () => {
      const world = makeWorld({ isNew: true });
      expect((await world.open().apply(planOf([]))).paths).toEqual([]);
      expect((await world.open().inspect()).exists).toBe(false);
      expect(await world.open().listTransactions()).toEqual([]);
    });
    it('reports progress up to the end', async () => {
      const world = makeWorld();
      const seen: number[] = [];
      const changes = Array.from({ length: 30 }, (_, index) => ({ path: `f${index}`, after: `${index}` }));
      await world.open().apply(planOf(changes), { onProgress: ({ done, total }) => seen.push(done, total) });
      expect(seen.slice(-2)).toEqual([30, 30]);
    });
    it('is the same after the plan went through JSON', async () => {
      const world = makeWorld();
      const plan = planOf([{ path: 'a', after: 'é\u0000\n' }]);
      await world.open().apply(JSON.parse(JSON.stringify(plan)) as GenerationPlan);
      expect(world.read()).toEqual({ a: 'é\u0000\n' });
    });
  });

  describe(`${name}: apply refuses`, () => {
    it('a project that changed, naming every path', async () => {
      const world = makeWorld();
      for (const file of ['edited', 'there', 'dir/inner']) world.put(file, 'by the user');
      world.put('mode', 'same', 0o755);
      const plan = planOf([
        { path: 'edited', before: 'was', after: 'new' },
        { path: 'there', after: 'new' },
        { path: 'gone', before: 'was' },
        { path: 'dir', after: 'new' },
        { path: 'mode', before: 'same', after: 'new' },
        { path: 'fine', after: 'new' },
      ]);
      const error = await refuse(world, plan, 'PROJECT_CHANGED');
      expect(error.diagnostics.map((found) => found.where?.file).sort()).toEqual(['dir', 'edited', 'gone', 'mode', 'there']);
    });
    it.each<readonly [string, TestChange]>([
      ['a link as target', { path: 'out', after: 'x' }],
      ['a link that stays inside', { path: 'in', after: 'x' }],
      ['a link on the way', { path: 'out/x', after: 'x' }],
      ['a link on the way to a deletion', { path: 'out/x', before: 'x' }],
      ['a file on the way', { path: 'file/x', after: 'x' }],
    ])('%s', async (_title, change) => {
      const world = makeWorld();
      world.put('file', 'file');
      world.putLink('out', true);
      world.putLink('in', false);
      await refuse(world, planOf([{ path: 'a/b', after: 'x' }, change]), 'PATH_BLOCKED');
      expect((await world.open().survey([path('out')])).get(path('out'))).toEqual({ kind: 'link', leadsOut: true });
    });
    it.each([
      '../evil',
      '/etc/passwd',
      'a/../../b',
      '.git/hooks/pre-commit',
      'sub/.GIT/config',
      '.packsmith/local/lock',
      '.packsmith',
      'a\\b',
      'con',
    ])('the path %s', async (evil) => {
      const plan = planOf([{ path: 'a', after: 'x' }]);
      const paths = plan.paths.map((planned) => ({ ...planned, path: evil as ProjectPath }));
      await refuse(makeWorld(), { ...plan, paths }, 'PLAN_INVALID');
    });
    it.each<readonly [string, (plan: GenerationPlan) => GenerationPlan]>([
      ['content that is not what the digest says', (plan) => ({ ...plan, contents: { [nativeHash('x')]: { text: 'y' } } })],
      ['content that is missing', (plan) => ({ ...plan, contents: {} })],
      ['a path twice', (plan) => ({ ...plan, paths: [...plan.paths, ...plan.paths] })],
      ['a deletion of nothing', (plan) => ({ ...plan, paths: plan.paths.map((planned) => ({ ...planned, action: 'delete' as const })) })],
      [
        'a file below a file',
        (plan) => ({ ...plan, paths: plan.paths.flatMap((planned) => [planned, { ...planned, path: path('a/b') }]) }),
      ],
    ])('%s', async (_title, spoil) => {
      await refuse(makeWorld(), spoil(planOf([{ path: 'a', after: 'x' }])), 'PLAN_INVALID');
    });
    it('to begin when it is interrupted', async () => {
      const world = makeWorld({ isNew: true });
      const error = await failure(world.open().apply(planOf([{ path: 'a', after: 'x' }]), { signal: AbortSignal.abort() }));
      expect(error.code).toBe('INTERRUPTED');
      expect(await world.open().inspect()).toEqual({ exists: false, isEmpty: true });
    });
  });

  describe(`${name}: undo`, () => {
    const files = { keep: 'keep', edit: '1', 'a/gone': 'gone', 'a/b/c': 'c' };
    const changes: readonly TestChange[] = [
      { path: 'a/b/c', before: 'c', after: { content: 'C', mode: 0o755 } },
      { path: 'a/gone', before: 'gone' },
      { path: 'edit', before: '1', after: '2' },
      { path: 'new/x', after: 'x' },
    ];

    async function changed(): Promise<ProjectWorld> {
      const world = makeWorld();
      for (const [file, content] of Object.entries(files)) world.put(file, content);
      await world.open().apply(planOf(changes, 'update'));
      return world;
    }

    it('records what was and what is, sorted by path', async () => {
      const [record] = await (await changed()).open().listTransactions();
      expect(record).toMatchObject({ operation: 'update' });
      expect(Number.isNaN(Date.parse(record!.finishedAt))).toBe(false);
      expect(record!.paths).toEqual([
        { path: 'a/b/c', before: { digest: nativeHash('c'), mode: 0o644 }, after: { digest: nativeHash('C'), mode: 0o755 } },
        { path: 'a/gone', before: { digest: nativeHash('gone'), mode: 0o644 } },
        { path: 'edit', before: { digest: nativeHash('1'), mode: 0o644 }, after: { digest: nativeHash('2'), mode: 0o644 } },
        { path: 'new/x', after: { digest: nativeHash('x'), mode: 0o644 } },
      ]);
    });
    it('can restore everything, and then do it all again', async () => {
      const world = await changed();
      const after = world.read();
      const [record] = await world.open().listTransactions();
      const undone = await world.open().apply(await planInverse(record!, world.open()));
      expect(world.read()).toEqual(files);
      await world.open().apply(await planInverse(undone, world.open()));
      expect(world.read()).toEqual(after);
    });
    it('has the commands that were started with a change, and those of no change that is not kept', async () => {
      const world = await changed();
      const [{ id, ...record } = { id: '' }] = await world.open().listTransactions();
      const commands = ['one', 'two'].map((name) => ({ pack: 'web', name, run: ['sh', '-c', 'a\nb'] }));
      for (const command of commands) await world.open().noteCommand(id, command);
      for (const other of [`${id}0`, '../undo', '20000101T000000000Z-abcdef'])
        await world.open().noteCommand(other, { pack: 'web', name: 'lost', run: [] });
      expect(await world.open().listTransactions()).toEqual([{ id, ...record, commands }]);
    });
    it('lists the newest first', async () => {
      const world = await changed();
      await world.open().apply(planOf([{ path: 'z', after: 'z' }], 'add'));
      const records = await world.open().listTransactions();
      expect(records.map((record) => record.operation)).toEqual(['add', 'update']);
      expect(records[0]!.id > records[1]!.id).toBe(true);
    });
    it('says what it no longer has', async () => {
      const world = await changed();
      const [record] = await world.open().listTransactions();
      const codes = [
        await failure(world.open().readReplaced(record!.id, nativeHash('never'))),
        await failure(world.open().readReplaced('20200101T000000000Z-000000', nativeHash('1'))),
        await failure(world.open().readReplaced('../../..', nativeHash('1'))),
      ].map((error) => error.code);
      expect(codes).toEqual(['UNDO_IMPOSSIBLE', 'UNDO_IMPOSSIBLE', 'UNDO_IMPOSSIBLE']);
    });
    it('remembers what files with secrets were generated as, and forgets it with nothing', async () => {
      const world = await changed();
      const [one, two, masked] = ['one', 'two', 'masked'].map((text) => nativeHash(text)) as [Digest, Digest, Digest];
      expect(await world.open().readOriginals()).toEqual(new Map());
      await world.open().apply({ ...planOf([{ path: 'y', after: 'y' }], 'add'), originals: { [one]: masked } });
      await world.open().apply({ ...planOf([{ path: 'z', after: 'z' }], 'add'), originals: { [two]: masked, [one]: masked } });
      const [record] = await world.open().listTransactions();
      await world.open().apply(await planInverse(record!, world.open()));
      expect(new Map(await world.open().readOriginals())).toEqual(
        new Map([
          [one, masked],
          [two, masked],
        ]),
      );
    });
    it('has nothing to recover', async () => {
      expect(await (await changed()).open().recover()).toBeUndefined();
      expect(await makeWorld({ isNew: true }).open().recover()).toBeUndefined();
    });
  });
}
