import { expect } from 'vitest';
import { nativeHash } from '../../src/adapters/hash.ts';
import { PacksmithError } from '../../src/core/diagnostics/packsmith-error.ts';
import type { Pack } from '../../src/core/pack/pack.ts';
import type { GenerationPlan } from '../../src/core/plan/generation-plan.ts';
import { planAdd } from '../../src/ops/project/add-packs.ts';
import { applyGeneration } from '../../src/ops/project/apply-generation.ts';
import { checkProject } from '../../src/ops/project/check-project.ts';
import { planContinue } from '../../src/ops/project/finish-update.ts';
import { planAbort } from '../../src/ops/project/plan-abort.ts';
import { planGeneration } from '../../src/ops/project/plan-generation.ts';
import type { GenerationPreview, ProjectOptions } from '../../src/ops/project/plan-wanted.ts';
import { planRegeneration } from '../../src/ops/project/regenerate-project.ts';
import { planRemove } from '../../src/ops/project/remove-packs.ts';
import { planUndo } from '../../src/ops/project/undo-change.ts';
import { planUpdate } from '../../src/ops/project/update-project.ts';
import { flags, OPTIONS, request, world } from '../support/memory-world.ts';
import type { ModelProject } from './model-project.ts';
import { makeVersion, noteFor, type PackId, SECRET_PATH, type Shape, type Step, type Verb } from './shapes.ts';

type World = Omit<ReturnType<typeof world>, 'project'> & { readonly project: ModelProject };
type Snapshot = Readonly<Record<string, string>>;
type Planned = GenerationPlan | GenerationPreview;

/** What a command may answer instead of doing anything. */
const REFUSALS: readonly string[] = [
  'CHANGE_PENDING',
  'COMPOSE_CONFLICT',
  'CONFLICTS_OPEN',
  'MERGE_CONFLICT',
  'NO_SOLUTION',
  'NOTHING_PENDING',
  'PACK_ALREADY_THERE',
  'PACK_NOT_IN_PROJECT',
  'PROJECT_HAS_OTHER_PACKS',
  'PROJECT_IN_THE_WAY',
  'PROJECT_NOT_FOUND',
  'UNDO_IMPOSSIBLE',
];

/** How often a command is tried out again: the undo log has 20 entries, and a law may not run into its end. */
const UNDONE_ALWAYS = 6;

/** A project with its packs, and every line that the user ever wrote and did not take away. */
export class Model {
  #ports: World;
  readonly #releases = new Map<PackId, Pack[]>();
  readonly #words = new Set<string>();
  /** The lines that were there before the command: what an undo or an abort took along is the user's to bring back. */
  #present = new Set<string>();
  #written = 0;
  #isTouched = false;
  #commands = 0;

  constructor(shapes: readonly Shape[], project: ModelProject) {
    for (const shape of shapes) this.#releases.set(shape.id, [makeVersion(shape, '1.0.0')]);
    this.#ports = { ...world([]), project };
    this.#offer((releases) => releases.at(-1));
  }

  async start(): Promise<void> {
    await this.#run(() => planGeneration(request(['app'], { given: this.#options().given }), this.#ports));
  }

  async perform(step: Step): Promise<void> {
    switch (step.kind) {
      case 'release':
        this.#releases.get(step.shape.id)?.push(makeVersion(step.shape, `1.${this.#next()}.0`));
        return this.#offer((releases) => releases.at(-1));
      case 'update':
        return this.#run(() => planUpdate({ ...this.#options(), ids: [], onConflict: step.onConflict }, this.#ports), {
          isTwice: true,
          losesLines: step.onConflict === 'theirs',
        });
      case 'edit':
      case 'write':
      case 'delete':
      case 'crlf':
      case 'reword':
      case 'chmod':
      case 'move':
        return this.#byHand(step);
      default:
        return this.#command(step.kind);
    }
  }

  /** The secret is given anew to each command, and changes now and then. */
  #options(): ProjectOptions {
    return { ...OPTIONS, given: flags(`token=${this.#commands % 4 === 3 ? 'second' : 'first'}`) };
  }

  async #command(verb: Verb): Promise<void> {
    const ports = this.#ports;
    switch (verb) {
      case 'add':
        return this.#run(() => planAdd({ ...this.#options(), references: ['other'] }, ports));
      case 'remove':
        return this.#run(() => planRemove({ ...this.#options(), ids: ['other'] }, ports));
      case 'regenerate':
        return this.#run(() => planRegeneration({ ...this.#options(), preserve: [], onConflict: 'markers' }, ports), { isTwice: true });
      case 'again':
        return this.#run(() => planGeneration(request(['app'], { given: this.#options().given }), ports));
      case 'downgrade':
        return this.#downgrade();
      case 'undo':
        return this.#takeBack(() => planUndo({}, ports));
      case 'abort':
        return this.#takeBack(() => planAbort({}, ports));
      case 'continue':
        return this.#run(() => planContinue({}, ports), { keepsFiles: true });
      case 'settle':
        return this.#settle();
      default:
        return verb satisfies never;
    }
  }

  /** To the first version that there was of each pack. */
  async #downgrade(): Promise<void> {
    this.#offer((releases) => releases[0]);
    await this.#run(() => planUpdate({ ...this.#options(), ids: ['app'], to: '1.0.0', onConflict: 'markers' }, this.#ports));
    this.#offer((releases) => releases.at(-1));
  }

  /** As a user settles conflicts: takes the lines of markers out, and the files beside theirs away. */
  async #settle(): Promise<void> {
    for (const [path, content] of Object.entries(await this.#ports.project.bytes())) {
      if (path.startsWith('.packsmith/')) continue;
      if (path.endsWith('.theirs')) this.#ports.project.remove(path);
      const text = Buffer.from(content).toString('latin1');
      const settled = text.replace(/^(?:<{7}|\|{7}|={7}|>{7}).*\r?\n/gm, '');
      if (settled !== text) this.#put(path, settled);
    }
  }

  /** Runs a command, takes it back, and does it again; nothing of the user's is lost, and a second run has nothing to do. */
  async #run(plan: () => Promise<Planned>, law: { isTwice?: boolean; keepsFiles?: boolean; losesLines?: boolean } = {}): Promise<void> {
    const before = await this.#snapshot();
    const planned = await unlessRefused(async () => this.#apply(await plan()));
    if (planned === undefined) return expectSame(await this.#snapshot(), before, 'a refusal');
    if (law.losesLines !== true) await this.#expectNothingLost();
    const after = await this.#snapshot();
    if (law.keepsFiles === true) expectSame(without(after), without(before), 'a continuation');
    await this.#expectClean();
    await this.#expectSecretKept();
    if (planned.isChanged) {
      await expect(this.#apply(planned.plan)).rejects.toMatchObject({ code: 'PROJECT_CHANGED' });
      expectSame(await this.#snapshot(), after, 'a plan that is applied twice');
    }
    if (planned.isChanged && this.#commands <= UNDONE_ALWAYS) {
      await this.#undoNewest();
      expectSame(await this.#snapshot(), before, 'an undo');
      await this.#undoNewest();
      expectSame(await this.#snapshot(), after, 'the undo of an undo');
    }
    if (law.isTwice === true) await this.#expectDone(plan);
    this.#commands += 1;
  }

  /** A command that was run has nothing left to do. */
  async #expectDone(plan: () => Promise<Planned>): Promise<void> {
    const again = await unlessRefused(plan);
    const changes = again === undefined ? [] : planOf(again).paths.filter(({ action }) => action !== 'keep');
    expect(changes.map(({ path, action, reason }) => ({ path, action, reason }))).toEqual([]);
  }

  /** What was written while conflicts were open may go with an abort; the transaction has it. */
  async #takeBack(plan: () => Promise<GenerationPlan>): Promise<void> {
    const before = await this.#snapshot();
    const planned = await unlessRefused(async () => this.#apply(await plan()));
    if (planned?.isChanged !== true || this.#commands > UNDONE_ALWAYS) return;
    this.#commands += 1;
    await this.#undoNewest();
    expectSame(await this.#snapshot(), before, 'the undo of going back');
  }

  /** Takes the newest change back, also where that is an undo. */
  async #undoNewest(): Promise<void> {
    const [newest] = await this.#ports.project.listTransactions();
    await this.#apply(await planUndo({ ...(newest && { id: newest.id }) }, this.#ports));
  }

  async #apply(planned: Planned): Promise<{ readonly plan: GenerationPlan; readonly isChanged: boolean }> {
    const plan = planOf(planned);
    const { transaction } = await applyGeneration({ plan, consentedHooks: [] }, this.#ports);
    return { plan, isChanged: transaction !== undefined };
  }

  #offer(choose: (releases: readonly Pack[]) => Pack | undefined): void {
    const packs = [...this.#releases.values()].flatMap((releases) => choose(releases) ?? []);
    this.#ports = { ...this.#ports, repository: world(packs).repository };
  }

  async #byHand(step: Exclude<Step, { kind: Verb | 'update' | 'release' }>): Promise<void> {
    const files = await this.#ports.project.bytes();
    const content = files[step.path];
    if (step.kind === 'write' && content === undefined && !isBlocked(step.path, files)) this.#put(step.path, `${this.#word()}\n`);
    if (content === undefined) return;
    this.#isTouched = true;
    const text = Buffer.from(content).toString('latin1');
    switch (step.kind) {
      case 'edit':
        return this.#put(step.path, this.#insert(step.path, text, step.at));
      case 'reword':
        return this.#put(
          step.path,
          text.replace(/alpha|beta|"x"/, (word) => (word === '"x"' ? `"${this.#word()}"` : this.#word())),
        );
      case 'crlf':
        return this.#put(step.path, text.includes('\r') ? text : text.replaceAll('\n', '\r\n'));
      case 'chmod':
        return this.#ports.project.put(step.path, content, step.mode);
      case 'delete':
        this.#ports.project.remove(step.path);
        return this.#forget(text);
      case 'move':
        return this.#move(step.path, step.into, files);
      default:
        return undefined;
    }
  }

  /** Where the form of the file allows it, mostly. */
  #insert(path: string, text: string, at: number): string {
    const lines = text.split('\n');
    const place = path.endsWith('.json') ? 1 : /\.(?:yaml|toml)$/.test(path) ? 0 : Math.min(at, lines.length - 1);
    lines.splice(place, 0, noteFor(path, this.#word()));
    return lines.join('\n');
  }

  #move(path: string, into: string, files: Readonly<Record<string, Uint8Array>>): void {
    const { project } = this.#ports;
    const content = files[path];
    const { [path]: _moved, ...others } = files;
    if (content === undefined || files[into] !== undefined || isBlocked(into, others)) return;
    const mode = project.modeOf(path);
    // A file that goes below its own name must be gone first.
    project.remove(path);
    project.put(into, content, mode);
  }

  #put(path: string, latin1: string): void {
    this.#isTouched = true;
    this.#ports.project.put(path, Buffer.from(latin1, 'latin1'), this.#ports.project.modeOf(path) || 0o644);
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
  async #forget(text: string): Promise<void> {
    const rest = wordsOf(await this.#ownText());
    for (const word of wordsOf(text)) if (!rest.has(word)) this.#words.delete(word);
  }

  async #expectNothingLost(): Promise<void> {
    const there = wordsOf(await this.#ownText());
    expect([...this.#words].filter((word) => !there.has(word) && this.#present.has(word))).toEqual([]);
  }

  /** A project that nobody touched is as it was generated. */
  async #expectClean(): Promise<void> {
    if (this.#isTouched) return;
    const { files, pending } = await checkProject({}, this.#ports);
    expect([files.filter(({ state }) => state !== 'as-generated'), pending]).toEqual([[], []]);
  }

  /** No record that is committed has the digest of a file with the secret. */
  async #expectSecretKept(): Promise<void> {
    const files = await this.#ports.project.bytes();
    const content = files[SECRET_PATH];
    if (content === undefined || !/first|second/.test(Buffer.from(content).toString('latin1'))) return;
    const records = Object.entries(files).filter(([path]) => isRecord(path));
    expect(records.filter(([, bytes]) => Buffer.from(bytes).includes(nativeHash(content))).map(([path]) => path)).toEqual([]);
  }

  async #ownText(): Promise<string> {
    const files = Object.entries(await this.#ports.project.bytes()).filter(([path]) => !isRecord(path));
    return files.map(([, content]) => Buffer.from(content).toString('latin1')).join('\n');
  }

  async #snapshot(): Promise<Snapshot> {
    const files = await this.#ports.project.bytes();
    this.#present = wordsOf(await this.#ownText());
    const show = (path: string, content: Uint8Array): string =>
      `${this.#ports.project.modeOf(path).toString(8)} ${Buffer.from(content).toString('latin1')}`;
    return Object.fromEntries(Object.entries(files).map(([path, content]) => [path, show(path, content)]));
  }
}

/** A directory or a file in the way, as a file system has it. */
function isBlocked(path: string, files: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(files).some((known) => known.startsWith(`${path}/`) || path.startsWith(`${known}/`));
}

function isRecord(path: string): boolean {
  return path.startsWith('.packsmith/') || path.startsWith('packsmith.');
}

function without(files: Snapshot): Snapshot {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !isRecord(path)));
}

function wordsOf(text: string): Set<string> {
  return new Set(text.match(/user-\d+/g) ?? []);
}

function planOf(planned: Planned): GenerationPlan {
  return 'plan' in planned ? planned.plan : planned;
}

function expectSame(actual: Snapshot, expected: Snapshot, what: string): void {
  expect({ what, ...actual }).toEqual({ what, ...expected });
}

async function unlessRefused<Result>(run: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof PacksmithError && REFUSALS.includes(error.code)) return undefined;
    throw error;
  }
}
