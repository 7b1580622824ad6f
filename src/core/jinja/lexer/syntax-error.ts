import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import type { NodePosition } from '../nodes.ts';

/** Makes the TEMPLATE_SYNTAX error for a position of a template. */
export function templateSyntaxError(
  template: string,
  at: NodePosition,
  message: string,
  more: { hint?: string | undefined; suggestions?: readonly string[] } = {},
): PacksmithError {
  return new PacksmithError('TEMPLATE_SYNTAX', message, {
    where: { file: template, line: at.line, column: at.column },
    ...(more.hint === undefined ? {} : { hint: more.hint }),
    ...(more.suggestions === undefined ? {} : { suggestions: more.suggestions }),
  });
}
