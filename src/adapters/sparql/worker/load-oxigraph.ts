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
 * How long a function runs before it is compiled a second time, by the optimizing compiler. The value that V8 has by itself, a fiftieth of this one, lets it
 * optimize some hundred functions during the first small query, which takes several times as long as the query does; long queries are optimized all the same.
 */
const TIERING_BUDGET = 100_000_000;

/** Compiles the engine with a bound on its memory, which its own entry for Node has not. @param memory In bytes. */
export function compileOxigraph(memory: number): CompiledEngine {
  setFlagsFromString(`--wasm-tiering-budget=${TIERING_BUDGET}`);
  const { resolve } = createRequire(import.meta.url);
  const file = resolve('oxigraph/web_bg.wasm');
  const bytes = readFileSync(file);
  const { version } = JSON.parse(readFileSync(join(file, '../package.json'), 'utf8')) as { readonly version: string };
  return { module: new WasmModule(limitMemory(bytes, memory)), identity: `oxigraph ${version} ${bytes.length} ${memory}` };
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
