import type { RhaiReaders } from './hook-program.ts';
import { readCondition } from './read-condition.ts';
import { readHooks } from './read-hooks.ts';

/** What reads and runs the programs of a template: loaded with the interpreter, only for templates that have some. */
export const RHAI_READERS: RhaiReaders = { readHooks, readCondition };
