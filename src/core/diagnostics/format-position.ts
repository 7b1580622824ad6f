import { stripControlLine } from '../text/strip-control.ts';
import type { SourcePosition } from './diagnostic.ts';

/** `file:line:column`, as far as it is known. */
export function formatPosition({ file, line, column }: SourcePosition): string {
  return stripControlLine([file, line, column].filter((part) => part !== undefined).join(':'));
}
