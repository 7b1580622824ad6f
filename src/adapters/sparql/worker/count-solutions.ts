import type { SolutionFormat } from '../../../core/metadata/sparql/check-result-format.ts';

/** The number of solutions in a text that the engine wrote. */
export function countSolutions(text: string, format: SolutionFormat): number {
  switch (format) {
    case 'json':
      return (JSON.parse(text) as { readonly results: { readonly bindings: readonly unknown[] } }).results.bindings.length;
    case 'xml':
      return countOf(text, '<result>');
    case 'tsv':
      // Line breaks within terms are escaped.
      return countOf(text, '\n') - 1;
    case 'csv':
      return countRecords(text) - 1;
  }
}

function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** Line breaks within quotes end no record. */
function countRecords(text: string): number {
  return text.split('"').reduce((sum, part, index) => (index % 2 === 0 ? sum + countOf(part, '\n') : sum), 0);
}
