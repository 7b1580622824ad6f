import { CsvError, parse } from 'csv-parse/sync';
import { type DataOutcome, toRows } from '../../core/data/parse-plain-data.ts';
import { findLimitProblem, LIMITS } from '../../core/manifest/limits.ts';
import { positionAt } from '../../core/text/position-at.ts';

/** Reads a table (RFC 4180) whose first record names the columns: one map a row, all values text. Empty lines are passed over. */
export function readCsv(text: string, delimiter: ',' | '\t'): DataOutcome {
  const source = text.replace(/^\ufeff/, '');
  try {
    // One for the header, and one more than allowed, so that going over is seen without reading on.
    const records = parse(source, { delimiter, skip_empty_lines: true, to: LIMITS.dataRows.maximum + 2 });
    const problem = findLimitProblem('dataRows', records.length - 1);
    return problem === undefined ? toRows(records) : { kind: 'problem', problem };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { kind: 'problem', ...describe(error, source) };
  }
}

function describe(error: CsvError, source: string): { problem: string; line: number; column: number } {
  const { code, lines, bytes } = error as CsvError & { lines: number; bytes: number };
  const [message = ''] = error.message.split(/ (?:at|on) line \d+/);
  const problem = message.replace(/^[A-Z][A-Za-z ]*: /, '');
  if (code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH')
    return { problem: `a record has another number of fields: ${problem}`, line: lines, column: 1 };
  // The bytes that were read up to the field which is at fault; the delimiter behind them is none of it.
  const before = Buffer.from(source).subarray(0, bytes).toString();
  const at = before.length + (/^\r?\n|^[,\t]/.exec(source.slice(before.length))?.[0].length ?? 0);
  const quote = code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quoted field is not closed' : `a field is quoted wrongly: ${problem}`;
  return { problem: quote, ...positionAt(source, at) };
}
