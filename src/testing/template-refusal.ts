import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import { createEnvironment } from '../core/jinja/environment.ts';
import { renderTemplate } from '../core/jinja/render-template.ts';
import type { Value } from '../core/pack/values.ts';

/** The code, the column in the first line and the message with which a template is refused, and its hint where one is looked for. */
export interface TemplateRefusal {
  readonly code: string;
  readonly says: string;
  readonly hint?: string | undefined;
}

/** Reads a table of refusals of one code: `template ⇒ column message`, and perhaps ` ⇒ hint`, where ` / ` ends a line. */
export function readRefusals(code: string, table: string): (readonly [template: string, expected: TemplateRefusal])[] {
  return table
    .trim()
    .split('\n')
    .map((row) => {
      const [template = '', says = '', hint] = row.split(' ⇒ ');
      return [template, { code, says, ...(hint !== undefined && { hint: hint.replaceAll(' / ', '\n') }) }];
    });
}

const CONTEXT = new Map<string, Value>([['user', new Map<string, Value>([['name', 'Ada']])]]);

/** Renders a template named `t`, beside which there is `a` with a macro `m`, and gives how it is refused. */
export function refusalOf(template: string, { withHint }: { readonly withHint: boolean }): TemplateRefusal {
  const environment = createEnvironment({ loadTemplate: (name) => (name === 'a' ? '{% macro m() %}{% endmacro %}' : undefined) });
  try {
    return { code: 'none', says: renderTemplate(template, { name: 't', context: CONTEXT, environment }) };
  } catch (error) {
    if (!(error instanceof PacksmithError)) throw error;
    const { code, message, hint, where } = error;
    const place = where?.file === 't' && where.line === 1 ? String(where.column) : JSON.stringify(where);
    return { code, says: `${place} ${message}`, ...(withHint && { hint }) };
  }
}
