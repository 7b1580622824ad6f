import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { RhaiPosition } from './nodes.ts';
import type { RhaiValue } from './values.ts';

/** An error of a running script, which the script itself can catch. */
export class RhaiFault extends Error {
  /** Where it happened; set where that is known. */
  at: RhaiPosition | undefined;
  /** What `catch` gives; without it that is a map with the message and the place. */
  readonly value: RhaiValue | undefined;

  constructor(message: string, at?: RhaiPosition, value?: RhaiValue) {
    super(message);
    this.at = at;
    this.value = value;
  }
}

/** Throws an error that a script can catch. */
export function failScript(message: string, at?: RhaiPosition): never {
  throw new RhaiFault(message, at);
}

/** Throws an error of the host, which a script catches as a text. */
export function failHost(message: string): never {
  throw new RhaiFault(message, undefined, message);
}

/** A script that cannot be read. */
export function scriptSyntaxError(name: string, { line, column }: RhaiPosition, message: string, hint?: string): PacksmithError {
  return new PacksmithError('TEMPLATE_SYNTAX', `Rhai: ${message}`, { where: { file: name, line, column }, ...(hint && { hint }) });
}
