import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as oxigraph from 'oxigraph/web.js';
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

/** Starts the engine with a bound on its memory, which its own entry for Node has not. @param memory In bytes. */
export function loadOxigraph(memory: number): Engine {
  const { resolve } = createRequire(import.meta.url);
  const file = resolve('oxigraph/web_bg.wasm');
  const bytes = readFileSync(file);
  const { version } = JSON.parse(readFileSync(join(file, '../package.json'), 'utf8')) as { readonly version: string };
  const parts = oxigraph.initSync({ module: new WasmModule(limitMemory(bytes, memory)) as never });
  return {
    oxigraph,
    memory: parts.memory as unknown as Engine['memory'],
    table: parts.__wbindgen_externrefs as unknown as Engine['table'],
    identity: `oxigraph ${version} ${bytes.length} ${memory}`,
  };
}
