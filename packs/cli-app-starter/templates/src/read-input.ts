import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Context } from './context.js';
import { CommandError } from './errors.js';

export interface Input {
  readonly name: string;
  readonly text: string;
}

/** Reads the named files in order; `-`, or no name at all, is the standard input. */
export async function readInputs(names: readonly string[], context: Context): Promise<Input[]> {
  const inputs: Input[] = [];
  for (const name of names.length === 0 ? ['-'] : names) {
    inputs.push({ name, text: name === '-' ? await readStdin(context) : await readText(name, context) });
  }
  return inputs;
}

async function readText(name: string, { cwd }: Context): Promise<string> {
  try {
    return await readFile(resolve(cwd, name), 'utf8');
  } catch (error) {
    throw new CommandError(`cannot read "${name}": ${reason(error)}`, { cause: error });
  }
}

async function readStdin({ stdin }: Context): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stdin) text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'permission denied';
  return error instanceof Error ? error.message : String(error);
}
