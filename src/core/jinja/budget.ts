import { TemplateFault } from './fault.ts';

/** The most that rendering may use, summed over every render that shares one budget (depth excepted). */
export interface JinjaLimits {
  /** Nodes evaluated and items visited. */
  readonly steps: number;
  /** UTF-8 bytes printed. */
  readonly outputBytes: number;
  /** Bytes of every string and list built on the way, counted when built and never given back. */
  readonly allocatedBytes: number;
  /** Nested calls, includes, blocks and expressions at one time. */
  readonly depth: number;
}

/** The limits of a pack when nothing else is said: about a second of work and small memory. */
export const DEFAULT_LIMITS: JinjaLimits = {
  steps: 3_000_000,
  outputBytes: 64 * 1024 * 1024,
  allocatedBytes: 64 * 1024 * 1024,
  depth: 400,
};

/** What is left of the limits. Mutable on purpose: it is shared by everything that renders under it. */
export class Budget {
  readonly limits: JinjaLimits;
  private steps: number;
  private outputBytes: number;
  private allocatedBytes: number;
  private depth: number;

  constructor(limits: JinjaLimits) {
    this.limits = limits;
    this.steps = limits.steps;
    this.outputBytes = limits.outputBytes;
    this.allocatedBytes = limits.allocatedBytes;
    this.depth = 0;
  }

  /** One step. */
  step(): void {
    if (--this.steps < 0) this.exceeded('steps', 'steps');
  }

  /** Many steps at once; call it before the work they stand for. */
  spendSteps(count: number): void {
    this.steps -= count;
    if (!(this.steps >= 0)) this.exceeded('steps', 'steps');
  }

  /** Bytes about to be printed. */
  spendOutput(bytes: number): void {
    this.outputBytes -= bytes;
    if (!(this.outputBytes >= 0)) this.exceeded('outputBytes', 'bytes of output');
  }

  /** Bytes about to be built; call it before building them. A list item counts as 8, a character as 1. */
  allocate(bytes: number): void {
    this.allocatedBytes -= bytes;
    if (!(this.allocatedBytes >= 0)) this.exceeded('allocatedBytes', 'bytes of memory');
  }

  /** One level deeper; pair it with `leave`. */
  enter(): void {
    if (++this.depth > this.limits.depth) this.exceeded('depth', 'levels of nesting');
  }

  leave(): void {
    this.depth--;
  }

  /** The present depth, to be given to `restoreDepth` after a render that may have failed half-way. */
  currentDepth(): number {
    return this.depth;
  }

  restoreDepth(depth: number): void {
    this.depth = depth;
  }

  /** What has been used so far. */
  used(): { readonly steps: number; readonly outputBytes: number; readonly allocatedBytes: number } {
    return {
      steps: this.limits.steps - this.steps,
      outputBytes: this.limits.outputBytes - this.outputBytes,
      allocatedBytes: this.limits.allocatedBytes - this.allocatedBytes,
    };
  }

  private exceeded(limit: keyof JinjaLimits, unit: string): never {
    throw new TemplateFault('LIMIT_EXCEEDED', `rendering went over the limit "${limit}" of ${this.limits[limit]} ${unit}`);
  }
}

/** A fresh budget. It can be shared by many renders, so that a whole pack is bounded by one. */
export function createBudget(limits: JinjaLimits): Budget {
  return new Budget(limits);
}
