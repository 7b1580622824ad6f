import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../../src/core/diagnostics/packsmith-error.ts';
import type { Pack } from '../../src/core/pack/pack.ts';
import type { GenerationPlan } from '../../src/core/plan/generation-plan.ts';
import { planAdd } from '../../src/ops/add-packs.ts';
import { applyGeneration } from '../../src/ops/apply-generation.ts';
import { planAbort, planContinue } from '../../src/ops/finish-update.ts';
import { planGeneration } from '../../src/ops/plan-generation.ts';
import type { GenerationPreview } from '../../src/ops/plan-wanted.ts';
import { planRegeneration } from '../../src/ops/regenerate-project.ts';
import { planRemove } from '../../src/ops/remove-packs.ts';
import { planUndo } from '../../src/ops/undo-change.ts';
import { planUpdate } from '../../src/ops/update-project.ts';
import { makePack } from '../../src/testing/pack-fixture.ts';
import { OPTIONS, ownFiles, request, world } from '../support/memory-world.ts';

type World = ReturnType<typeof world>;
type Texts = Record<string, string>;

/** Short names, some of which are each other's directories. */
const PATHS = ['a.txt', 'b.txt', 'd', 'd/a.txt', 'd/e/b.txt', 'data.bin', 'run.sh'] as const;
/** Where only the user writes. */
const PLACES = [...PATHS, 'mine.txt', 'docs/moved.txt'] as const;

const line = fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta');
const content = fc.oneof(
  { weight: 6, arbitrary: fc.array(line, { minLength: 3, maxLength: 8 }).map((lines) => `${lines.join('\n')}\n`) },
  { weight: 1, arbitrary: line.map((word) => `\0${word}\n`) },
);
const files = fc
  .dictionary(fc.constantFrom(...PATHS), content, { minKeys: 1, maxKeys: 4, noNullPrototype: true })
  .filter((tree) => !('d' in tree && Object.keys(tree).some((path) => path.startsWith('d/'))));
const executable = fc.subarray([...PATHS], { maxLength: 2 });
const versionOf = (id: 'app' | 'other'): fc.Arbitrary<Shape> => fc.record({ id: fc.constant(id), files, executable });

interface Shape {
  readonly id: 'app' | 'other';
  readonly files: Texts;
  readonly executable: readonly string[];
}

function makeVersion(shape: Shape, version: string): Pack {
  const { id, executable: marked } = shape;
  const below = (path: string): string => `templates/${path}`;
  const entries = Object.entries(shape.files).map(([path, text]) => [below(path), text]);
  return makePack({ id, version, files: Object.fromEntries(entries), executable: marked.map(below) });
}

type Step =
  | { readonly kind: 'edit'; readonly path: string; readonly at: number }
  | { readonly kind: 'write' | 'delete' | 'chmod'; readonly path: string }
  | { readonly kind: 'move'; readonly path: string; readonly into: string }
  | { readonly kind: 'release'; readonly shape: Shape }
  | { readonly kind: 'update'; readonly onConflict: 'markers' | 'reject' | 'ours' }
  | { readonly kind: 'add' | 'remove' | 'regenerate' | 'undo' | 'continue' | 'abort' | 'again' };

const place = fc.constantFrom(...PLACES);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('edit' as const), path: place, at: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('write' as const, 'delete' as const, 'chmod' as const), path: place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const), path: place, into: place }) },
  { weight: 2, arbitrary: versionOf('app').map((shape) => ({ kind: 'release' as const, shape })) },
  { weight: 1, arbitrary: versionOf('other').map((shape) => ({ kind: 'release' as const, shape })) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('update' as const),
      onConflict: fc.constantFrom('markers' as const, 'reject' as const, 'ours' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(
        'add' as const,
        'remove' as const,
        'regenerate' as const,
        'undo' as const,
        'continue' as const,
        'abort' as const,
        'again' as const,
      )
      .map((kind) => ({ kind })),
  },
);

/** What a command may answer instead of doing anything. */
const REFUSALS: readonly string[] = [
  'CHANGE_PENDING',
  'COMPOSE_CONFLICT',
  'CONFLICTS_OPEN',
  'MERGE_CONFLICT',
  'NOTHING_PENDING',
  'PACK_ALREADY_THERE',
  'PACK_NOT_IN_PROJECT',
  'PROJECT_HAS_OTHER_PACKS',
  'PROJECT_IN_THE_WAY',
  'UNDO_IMPOSSIBLE',
];

/** A project with its packs, and every line that the user ever wrote and did not take away. */
class Model {
  ports: World;
  readonly #packs: Map<string, Pack>;
  readonly #words = new Set<string>();
  /** The lines that were there before the command: what an undo or an abort took along is the user's to bring back. */
  #present = new Set<string>();
  #written = 0;

  constructor(app: Pack, other: Pack) {
    this.#packs = new Map([
      ['app', app],
      ['other', other],
    ]);
    this.ports = world([app, other]);
  }

  async start(): Promise<void> {
    await this.#run(() => planGeneration(request(['app']), this.ports));
  }

  async perform(step: Step): Promise<void> {
    const { project } = this.ports;
    switch (step.kind) {
      case 'edit':
        return this.#edit(step.path, step.at);
      case 'write':
        return this.#write(step.path, `${this.#word()}\n`);
      case 'delete':
        return this.#takeAway(step.path);
      case 'chmod':
        return this.#chmod(step.path);
      case 'move':
        return this.#move(step.path, step.into);
      case 'release': {
        const number = `1.${this.#next()}.0`;
        this.#packs.set(step.shape.id, makeVersion(step.shape, number));
        this.ports = { ...this.ports, repository: world([...this.#packs.values()]).repository, project };
        return;
      }
      default:
        return this.#command(step);
    }
  }

  async #command(step: Extract<Step, { kind: 'update' | 'add' | 'remove' | 'regenerate' | 'undo' | 'continue' | 'abort' | 'again' }>) {
    const { ports } = this;
    switch (step.kind) {
      case 'update':
        return this.#run(() => planUpdate({ ...OPTIONS, ids: [], onConflict: step.onConflict }, ports), { isTwice: true });
      case 'add':
        return this.#run(() => planAdd({ ...OPTIONS, references: ['other'] }, ports));
      case 'remove':
        return this.#run(() => planRemove({ ...OPTIONS, ids: ['other'] }, ports));
      case 'regenerate':
        return this.#run(() => planRegeneration({ ...OPTIONS, preserve: [], onConflict: 'markers' }, ports), { isTwice: true });
      case 'again':
        return this.#run(() => planGeneration(request(['app']), ports));
      case 'undo':
        return this.#takeBack(() => planUndo({}, ports));
      case 'abort':
        return this.#takeBack(() => planAbort({}, ports));
      case 'continue':
        return this.#run(() => planContinue({}, ports), { keepsFiles: true });
      default:
        return step satisfies never;
    }
  }

  /** Runs a command, takes it back, and runs it again; nothing of the user's is lost, and a second run has nothing to do. */
  async #run(
    plan: () => Promise<GenerationPlan | GenerationPreview>,
    law: { isTwice?: boolean; keepsFiles?: boolean } = {},
  ): Promise<void> {
    const before = this.#snapshot();
    const planned = await unlessRefused(async () => this.#apply(await plan()));
    if (planned === undefined) {
      expect(this.#snapshot()).toEqual(before);
      return;
    }
    this.#expectNothingLost();
    const after = this.#snapshot();
    if (law.keepsFiles === true) expect(without(after)).toEqual(without(before));
    if (planned.changed) {
      await this.#apply(await planUndo({}, this.ports));
      expect(this.#snapshot()).toEqual(before);
      await this.#apply(await planUndo({}, this.ports));
      expect(this.#snapshot()).toEqual(after);
    }
    if (law.isTwice !== true) return;
    const again = await unlessRefused(plan);
    const changes = again === undefined ? [] : planOf(again).paths.filter(({ action }) => action !== 'keep');
    expect(changes.map(({ path, action, reason }) => ({ path, action, reason }))).toEqual([]);
  }

  /** What was written while conflicts were open may go with an abort; the transaction has it. */
  async #takeBack(plan: () => Promise<GenerationPlan>): Promise<void> {
    const before = this.#snapshot();
    const planned = await unlessRefused(async () => this.#apply(await plan()));
    if (planned?.changed !== true) return;
    await this.#apply(await planUndo({}, this.ports));
    expect(this.#snapshot()).toEqual(before);
  }

  async #apply(planned: GenerationPlan | GenerationPreview): Promise<{ changed: boolean }> {
    const { transaction } = await applyGeneration({ plan: planOf(planned), consentedHooks: [] }, this.ports);
    return { changed: transaction !== undefined };
  }

  #edit(path: string, at: number): void {
    const text = this.#read(path);
    if (text === undefined) return;
    const lines = text.split('\n');
    lines.splice(Math.min(at, lines.length - 1), 0, this.#word());
    this.#put(path, lines.join('\n'));
  }

  #write(path: string, text: string): void {
    if (this.#read(path) === undefined && !this.#isBlocked(path)) this.#put(path, text);
  }

  #takeAway(path: string): void {
    const text = this.#read(path);
    if (text === undefined) return;
    this.ports.project.remove(path);
    this.#forget(text);
  }

  #chmod(path: string): void {
    const text = this.#read(path);
    if (text === undefined) return;
    this.ports.project.put(path, new TextEncoder().encode(text), this.ports.project.modeOf(path) ^ 0o111);
  }

  #move(path: string, into: string): void {
    const text = this.#read(path);
    if (text === undefined || this.#read(into) !== undefined || this.#isBlocked(into)) return;
    const mode = this.ports.project.modeOf(path);
    this.ports.project.remove(path);
    this.ports.project.put(into, text, mode);
  }

  #put(path: string, text: string): void {
    this.ports.project.put(path, text, this.ports.project.modeOf(path) || 0o644);
  }

  /** A directory or a file in the way, as a file system has it. */
  #isBlocked(path: string): boolean {
    return Object.keys(this.ports.project.toTexts()).some((known) => known.startsWith(`${path}/`) || path.startsWith(`${known}/`));
  }

  #read(path: string): string | undefined {
    return this.ports.project.toTexts()[path];
  }

  #word(): string {
    const word = `user-${this.#next()}`;
    this.#words.add(word);
    return word;
  }

  #next(): number {
    this.#written += 1;
    return this.#written;
  }

  /** What the user took away, but for what is elsewhere still. */
  #forget(text: string): void {
    const rest = Object.values(ownFiles(this.ports)).join('\n');
    for (const word of this.#wordsOf(text)) if (!this.#wordsOf(rest).has(word)) this.#words.delete(word);
  }

  #wordsOf(text: string): Set<string> {
    return new Set(text.match(/user-\d+/g) ?? []);
  }

  #expectNothingLost(): void {
    const there = this.#wordsOf(Object.values(ownFiles(this.ports)).join('\n'));
    expect([...this.#words].filter((word) => !there.has(word) && this.#present.has(word))).toEqual([]);
  }

  #snapshot(): Record<string, string> {
    const texts = this.ports.project.toTexts();
    this.#present = this.#wordsOf(Object.values(ownFiles(this.ports)).join('\n'));
    const isExecutable = (path: string): boolean => (this.ports.project.modeOf(path) & 0o100) !== 0;
    return Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, isExecutable(path) ? `x ${text}` : text]));
  }
}

function planOf(planned: GenerationPlan | GenerationPreview): GenerationPlan {
  return 'plan' in planned ? planned.plan : planned;
}

function without(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).filter(([path]) => !path.startsWith('.packsmith') && !path.startsWith('packsmith.')));
}

async function unlessRefused<Result>(run: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof PacksmithError && REFUSALS.includes(error.code)) return undefined;
    throw error;
  }
}

describe('a project that packs and people change in turn', () => {
  it('loses no line of the user, goes back exactly, and has nothing to do when a command is repeated', async () => {
    const scenario = fc.tuple(versionOf('app'), versionOf('other'), fc.array(step, { minLength: 3, maxLength: 14 }));
    await fc.assert(
      fc.asyncProperty(scenario, async ([app, other, steps]) => {
        const model = new Model(makeVersion(app, '1.0.0'), makeVersion(other, '1.0.0'));
        await model.start();
        for (const each of steps) await model.perform(each);
      }),
      { numRuns: 300, interruptAfterTimeLimit: 10_000, endOnFailure: true },
    );
  });

  it('is like a fresh one after an update, where nobody edited it', async () => {
    await fc.assert(
      fc.asyncProperty(versionOf('app'), versionOf('app'), async (before, after) => {
        const ports = world([makeVersion(before, '1.0.0')]);
        const run = async (preview: GenerationPreview, where: World) => applyGeneration({ plan: preview.plan, consentedHooks: [] }, where);
        await run(await planGeneration(request(['app']), ports), ports);
        const fresh = world([makeVersion(after, '1.1.0')]);
        await run(await planGeneration(request(['app']), fresh), fresh);
        await run(await planUpdate({ ...OPTIONS, ids: [], onConflict: 'markers' }, { ...ports, repository: fresh.repository }), ports);
        expect(ownFiles(ports)).toEqual(ownFiles(fresh));
        const modes = ({ project }: World) => PATHS.map((path) => project.modeOf(path) & 0o100);
        expect(modes(ports)).toEqual(modes(fresh));
        expect(ports.project.toTexts()['packsmith.lock']).toBe(fresh.project.toTexts()['packsmith.lock']);
      }),
      { numRuns: 150, interruptAfterTimeLimit: 4_000, endOnFailure: true },
    );
  });
});
