import type { Diagnostic } from '../../../core/diagnostics/diagnostic.ts';
import type { EditedText } from '../../../core/metadata/sparql/edit-text.ts';
import type { InspectedQuery } from '../../../core/metadata/sparql/inspect-query.ts';
import { lowerFirst } from '../../../core/text/lower-first.ts';
import { positionAt } from '../../../core/text/position-at.ts';

const SYNTAX_ERROR = /^error at (\d+):(\d+): expected (?:one of )?([\s\S]*)$/;

/** What the engine says of a query that it cannot read or run, at the place where the query as it was written has it. */
export function describeQueryProblem(error: Error, query: InspectedQuery, prepared: EditedText, file: string): Diagnostic {
  const [, line, column, expected = ''] = SYNTAX_ERROR.exec(error.message) ?? [];
  if (line === undefined) return { code: 'QUERY_INVALID', severity: 'error', message: lowerFirst(error.message), where: { file } };
  const gaveUpAt = offsetOf(prepared.text, Number(line), Number(column));
  const reasons = expected.split(', ').map((item) => item.trim());
  // A sentence says what is wrong with the meaning, which has no single place.
  const sentence = reasons.find((item) => /^(?:The|A|An|It|Variable|This|Prefix) .* /.test(item));
  if (sentence !== undefined) return { code: 'QUERY_INVALID', severity: 'error', message: lowerFirst(sentence), where: { file } };
  const offset = prepared.toOriginal(gaveUpAt - aheadOf(reasons));
  const token = query.tokens.find((candidate) => candidate.start + candidate.text.length > offset);
  return {
    code: 'QUERY_INVALID',
    severity: 'error',
    message: token === undefined ? 'the query ends too early' : `"${token.text.slice(0, 40)}" is not expected here`,
    where: { file, ...positionAt(query.text, token?.start ?? query.text.length) },
    suggestion: 'see what stands before it: a missing ".", ";", bracket or keyword',
  };
}

/** The engine names the place after the keyword that it looked for, not the one where it looked. */
function aheadOf(reasons: readonly string[]): number {
  const keywords = reasons.filter((reason) => /^[A-Z]+$/.test(reason));
  return Math.min(...keywords.map(({ length }) => length), ...(keywords.length === 0 ? [0] : []));
}

/** Lines end with a line feed there, and columns count code points. */
function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  return before + [...(lines[line - 1] ?? '')].slice(0, column - 1).join('').length;
}
