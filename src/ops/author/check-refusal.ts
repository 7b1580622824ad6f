import type { CaseProblem } from '../../core/cases/case-problem.ts';
import type { CaseRefusal } from '../../core/cases/pack-case.ts';
import { formatPosition } from '../../core/diagnostics/format-position.ts';
import type { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { compareText } from '../../core/text/compare-text.ts';

/** In what an error differs from the one that a case expects; all of it where none is expected. */
export function checkRefusal(error: PacksmithError, expected: CaseRefusal | undefined): CaseProblem[] {
  const detail = describe(error);
  if (expected === undefined) return [{ at: ['name'], message: `it is refused: ${error.code}: ${error.message}`, diff: detail }];
  const at = ['expect', 'refusal'];
  if (error.code !== expected.code) {
    return [
      { at: [...at, 'code'], message: `it is refused with ${error.code}, not ${expected.code}`, diff: `${error.message}\n${detail}` },
    ];
  }
  const text = `${error.message}\n${detail}`;
  const missing = expected.contains.flatMap((part, index): CaseProblem[] =>
    text.includes(part) ? [] : [{ at: [...at, 'contains', index], message: `the error does not have ${JSON.stringify(part)}`, diff: text }],
  );
  return [...checkVariables(error, expected), ...missing];
}

function checkVariables({ diagnostics }: PacksmithError, { variables }: CaseRefusal): CaseProblem[] {
  if (variables === undefined) return [];
  const named = [
    ...new Set(diagnostics.flatMap(({ severity, variable }) => (severity === 'error' && variable !== undefined ? [variable] : []))),
  ];
  const show = (names: readonly string[]): string => [...names].sort(compareText).join(', ') || 'none';
  if (show(named) === show(variables)) return [];
  return [{ at: ['expect', 'refusal', 'variables'], message: `the findings are about ${show(named)}, not ${show(variables)}` }];
}

function describe({ diagnostics }: PacksmithError): string {
  return diagnostics
    .map(({ code, message, suggestion, where }) => {
      const place = where === undefined ? '' : `${formatPosition(where)}: `;
      return `${place}${code}: ${message}${suggestion === undefined ? '' : `\n  ${suggestion}`}\n`;
    })
    .join('');
}
