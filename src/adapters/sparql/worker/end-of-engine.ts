import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import { WasmRuntimeError } from './web-assembly.ts';

/** An error about content, as opposed to the end of the engine, which is passed on. */
export function toContentError(error: unknown): Error {
  if (!(error instanceof Error) || isEndOfEngine(error) || error instanceof PacksmithError) throw error;
  return error;
}

/** Out of memory or of stack: what the engine holds afterwards is not to be relied on. */
export function isEndOfEngine(error: unknown): boolean {
  return error instanceof WasmRuntimeError || error instanceof RangeError;
}
