import type { FuzzTarget } from './fuzz-target.ts';
import { judge } from './judge.ts';
import { mutate, toByteText, wordBytes } from './mutate.ts';
import type { Random } from './random.ts';

/** Tells which places of the program were reached since it was last asked. */
export interface Coverage {
  take(): ReadonlySet<string>;
}

export interface FuzzRun {
  readonly corpus: readonly Uint8Array[];
  readonly random: Random;
  readonly isOver: (executions: number) => boolean;
  /** Told of each input before it is run. */
  readonly onStart?: (input: Uint8Array) => void;
  readonly coverage?: Coverage;
}

export interface Finding {
  readonly input: Uint8Array;
  readonly key: string;
  readonly message: string;
}

export interface FuzzReport {
  readonly executions: number;
  /** Inputs that reached something new, those of the corpus aside. */
  readonly kept: readonly Uint8Array[];
  readonly places: number;
  /** The first of each kind. */
  readonly findings: readonly Finding[];
}

const BATCH = 16;
const DEFAULT_MAX_BYTES = 8 * 1024;

/**
 * Runs the corpus, then mutations of it. What comes to another outcome than all before, or reaches another place, is mutated in its turn. The same
 * seed and corpus run the same inputs.
 */
export async function fuzz(target: FuzzTarget, run: FuzzRun): Promise<FuzzReport> {
  const session = new Session(target, run);
  await session.runCorpus(run.corpus);
  while (!run.isOver(session.executions)) await session.runBatch(run.random);
  return session.report();
}

interface PoolEntry {
  readonly input: Uint8Array;
  readonly text: string;
}

class Session {
  executions = 0;
  readonly #target: FuzzTarget;
  readonly #run: FuzzRun;
  readonly #words: readonly string[];
  readonly #pool: PoolEntry[] = [];
  readonly #kept: Uint8Array[] = [];
  readonly #findings = new Map<string, Finding>();
  readonly #outcomes = new Set<string>();
  readonly #places = new Set<string>();

  constructor(target: FuzzTarget, run: FuzzRun) {
    this.#target = target;
    this.#run = run;
    this.#words = target.words.map(wordBytes);
  }

  report(): FuzzReport {
    return { executions: this.executions, kept: this.#kept, places: this.#places.size, findings: [...this.#findings.values()] };
  }

  async runCorpus(corpus: readonly Uint8Array[]): Promise<void> {
    for (const input of corpus) {
      await this.#execute(input);
      this.#pool.push({ input, text: toByteText(input) });
    }
    for (const place of this.#takePlaces()) this.#places.add(place);
  }

  async runBatch(random: Random): Promise<void> {
    const inputs = Array.from({ length: BATCH }, () => this.#makeInput(random));
    for (const input of inputs) if (await this.#execute(input)) this.#keep(input);
    const fresh = new Set(this.#takePlaces().filter((place) => !this.#places.has(place)));
    if (fresh.size === 0) return;
    // Which of the batch it was is seen by running each again.
    for (const input of inputs) {
      await this.#execute(input);
      const isNew = this.#takePlaces().filter((place) => fresh.delete(place) && this.#places.add(place)).length > 0;
      if (isNew && !this.#kept.includes(input)) this.#keep(input);
    }
    for (const place of fresh) this.#places.add(place);
  }

  #makeInput(random: Random): Uint8Array {
    // What was found last leads further more often than the rest.
    const from = random.below(3) === 0 ? this.#pool.slice(-10) : this.#pool;
    const others = [random.pick(this.#pool).text, random.pick(this.#pool).text];
    const maxBytes = this.#target.maxBytes ?? DEFAULT_MAX_BYTES;
    const input = mutate(random.pick(from).input, { random, words: this.#words, others, maxBytes });
    return this.#target.repair?.(input) ?? input;
  }

  /** Tells whether something came of it that never had. */
  async #execute(input: Uint8Array): Promise<boolean> {
    this.#run.onStart?.(input);
    this.executions += 1;
    const verdict = await judge(this.#target, input);
    if (verdict.kind === 'broken') {
      if (!this.#findings.has(verdict.key)) this.#findings.set(verdict.key, { input, ...verdict });
      return false;
    }
    const isNew = !this.#outcomes.has(verdict.outcome);
    this.#outcomes.add(verdict.outcome);
    return isNew;
  }

  #takePlaces(): string[] {
    return [...(this.#run.coverage?.take() ?? [])];
  }

  #keep(input: Uint8Array): void {
    this.#kept.push(input);
    this.#pool.push({ input, text: toByteText(input) });
  }
}

/** A smaller input that fails in the same way: what can be left out is left out, within a number of trials. */
export async function minimise(target: FuzzTarget, { input, key, message }: Finding, trials = 600): Promise<Finding> {
  let smallest: Finding = { input, key, message };
  let left = trials;
  for (let size = input.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < smallest.input.length && left > 0; ) {
      left -= 1;
      const shorter = Buffer.concat([smallest.input.subarray(0, at), smallest.input.subarray(at + size)]);
      const verdict = await judge(target, target.repair?.(shorter) ?? shorter);
      if (verdict.kind === 'broken' && verdict.key === key) smallest = { ...verdict, input: shorter };
      else at += size;
    }
  }
  return smallest;
}
