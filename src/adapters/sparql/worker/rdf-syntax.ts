import type { Diagnostic } from '../../../core/diagnostics/diagnostic.ts';
import { lowerFirst } from '../../../core/text/lower-first.ts';

/** `Parser error at line 2 column 9: …`, `… at line 2 between columns 2 and 7: …` or `… between line 1 column 3 and line 2 column 4: …`. */
const PARSER_ERROR = /^Parser error (?:at|between) line (\d+)(?: column| between columns) (\d+)(?: and [^:]*)?: ([\s\S]*)$/;

/** What the engine says of a document that it cannot read. */
export function describeRdfProblem(error: Error, file: string): Diagnostic {
  if (error.message.includes('LoadDocumentCallback')) {
    return {
      code: 'RDF_INVALID',
      severity: 'error',
      message: 'a JSON-LD context is named by its address, and nothing is fetched',
      where: { file },
      suggestion: 'write the context itself into "@context"',
    };
  }
  const [, line, column, message = error.message] = PARSER_ERROR.exec(error.message) ?? [];
  const position = line === undefined ? {} : { line: Number(line), column: Number(column) };
  return { code: 'RDF_INVALID', severity: 'error', message: lowerFirst(message), where: { file, ...position }, ...suggest(message) };
}

function suggest(message: string): { readonly suggestion?: string } {
  const [, prefix] = /The prefix (\S*): has not been declared/.exec(message) ?? [];
  if (prefix !== undefined) return { suggestion: `declare it: @prefix ${prefix}: <IRI> .` };
  if (message.includes('No scheme found')) return { suggestion: 'write an absolute IRI, such as <https://example.com/name>' };
  return {};
}
