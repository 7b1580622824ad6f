import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as oxigraph from 'oxigraph/web.js';
import { limitMemory } from './limit-memory.ts';
import { WasmModule } from './web-assembly.ts';

export type Oxigraph = typeof oxigraph;

/** Starts the engine with a bound on its memory, which its own entry for Node has not. @param memory In bytes. */
export function loadOxigraph(memory: number): Oxigraph {
  const bytes = readFileSync(createRequire(import.meta.url).resolve('oxigraph/web_bg.wasm'));
  oxigraph.initSync({ module: new WasmModule(limitMemory(bytes, memory)) as never });
  return oxigraph;
}
