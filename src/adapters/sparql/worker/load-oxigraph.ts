import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import * as oxigraph from 'oxigraph/web.js';
import type { CompiledEngine } from '../protocol.ts';
import { limitMemory } from './limit-memory.ts';
import { WasmModule } from './web-assembly.ts';

export type Oxigraph = typeof oxigraph;

/** The engine, and what it has of memory. */
export interface Engine {
  readonly oxigraph: Oxigraph;
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  /** The objects of JavaScript that it holds. */
  readonly table: {
    readonly length: number;
    grow(count: number): number;
    get(index: number): unknown;
    set(index: number, value: unknown): void;
  };
  /** Tells its version from others, and one bound of memory from another. */
  readonly identity: string;
}

/**
 * How much a function runs before the optimizing compiler takes it. What V8 11, that of Node 20, has by itself lets it optimize some hundred functions during
 * the first small query, which takes several times as long as the query does; long queries are optimized all the same. Later versions have a budget of
 * their own that is larger.
 */
const TIERING_BUDGET = { small: 1_800_000, large: 100_000_000 };

/** Compiles the engine with a bound on its memory, which its own entry for Node has not. @param memory In bytes. */
export function compileOxigraph(memory: number): CompiledEngine {
  const { resolve } = createRequire(import.meta.url);
  const file = resolve('oxigraph/web_bg.wasm');
  const bytes = readFileSync(file);
  const { version } = JSON.parse(readFileSync(join(file, '../package.json'), 'utf8')) as { readonly version: string };
  return { module: compilePatiently(limitMemory(bytes, memory)), identity: `oxigraph ${version} ${bytes.length} ${memory}` };
}

/** The module keeps the budget. What the process has is put back: code that was kept between runs is of no use under other settings of V8. */
function compilePatiently(bytes: Uint8Array): object {
  if (!process.versions.v8.startsWith('11.')) return new WasmModule(bytes);
  setFlagsFromString(`--wasm-tiering-budget=${TIERING_BUDGET.large}`);
  try {
    return new WasmModule(bytes);
  } finally {
    setFlagsFromString(`--wasm-tiering-budget=${TIERING_BUDGET.small}`);
  }
}

/** Starts the engine. */
export function startOxigraph({ module, identity }: CompiledEngine): Engine {
  const parts = oxigraph.initSync({ module: module as never });
  return {
    oxigraph,
    memory: parts.memory as unknown as Engine['memory'],
    table: parts.__wbindgen_externrefs as unknown as Engine['table'],
    identity,
  };
}
