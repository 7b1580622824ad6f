import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import type { RdfFormat } from '../rdf.ts';
import type { QueryForm } from './inspect-query.ts';

/** The formats of W3C for solutions. */
export type SolutionFormat = 'json' | 'xml' | 'csv' | 'tsv';

const OF_SELECT: readonly string[] = ['json', 'xml', 'csv', 'tsv'] satisfies SolutionFormat[];
/** CSV and TSV have no form for yes and no. */
const OF_ASK: readonly string[] = ['json', 'xml'] satisfies SolutionFormat[];

export function isSolutionFormat(format: SolutionFormat | RdfFormat): format is SolutionFormat {
  return OF_SELECT.includes(format);
}

/** @throws PacksmithError `QUERY_FORMAT_UNSUITABLE` when the result of a query of that form has no such format. */
export function checkResultFormat(form: QueryForm | undefined, format: SolutionFormat | RdfFormat): void {
  const isGraph = form === 'CONSTRUCT' || form === 'DESCRIBE';
  const isSuitable = isGraph ? !isSolutionFormat(format) : (form === 'ASK' ? OF_ASK : OF_SELECT).includes(format);
  if (form !== undefined && !isSuitable) {
    const suitable = isGraph ? 'turtle, ntriples, jsonld' : form === 'ASK' ? 'table, json, xml' : 'table, json, csv, tsv, xml';
    throw new PacksmithError('QUERY_FORMAT_UNSUITABLE', `the result of ${form} cannot be written as ${format}`, {
      hint: `use ${suitable}`,
    });
  }
}
