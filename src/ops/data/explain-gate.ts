import { showTerm } from '../../core/data/rdf-value.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { compareText } from '../../core/text/compare-text.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';
import type { QueryResult } from '../../ports/sparql-engine.ts';

/** More rows of one gate than this are counted, not shown. */
const MAX_SHOWN = 20;

/** A gate refuses by any row, or by true. The first comment of its text says why, in the words of the pack's author. */
export function explainGate(name: string, text: string, result: QueryResult): Diagnostic[] {
  const reason = reasonOf(name, text);
  const finding = (detail: string): Diagnostic => ({
    code: 'GATE_REFUSED',
    severity: 'error',
    message: stripControlLine(`${reason}${detail}`),
    where: { file: name },
  });
  if (result.kind === 'boolean') return result.value ? [finding('')] : [];
  if (result.kind !== 'rows') return [];
  const shown = result.rows
    .map((row) => row.flatMap((term, index) => (term === undefined ? [] : [`${result.variables[index]} = ${showTerm(term)}`])).join(', '))
    .sort(compareText);
  const more = shown.length > MAX_SHOWN ? [finding(`: and ${shown.length - MAX_SHOWN} more`)] : [];
  return [...shown.slice(0, MAX_SHOWN).map((row) => finding(row === '' ? '' : `: ${row}`)), ...more];
}

function reasonOf(name: string, text: string): string {
  const comment = /^\s*#[ \t]*([^\n]*\S)/.exec(text)?.[1];
  return comment === undefined ? `the gate ${name.replace(/^gates\/|\.rq$/g, '')} refuses` : comment.replace(/\.$/, '');
}
