import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { PacksmithError } from '../../diagnostics/packsmith-error.ts';

/** The failure that findings about a query mean: one of them by itself, or all of them together. */
export function failForFindings(diagnostics: readonly Diagnostic[]): PacksmithError {
  const code = diagnostics.some((diagnostic) => diagnostic.code === 'QUERY_REFUSED') ? 'QUERY_REFUSED' : 'QUERY_INVALID';
  const [first] = diagnostics;
  if (first === undefined || diagnostics.length > 1)
    return new PacksmithError(code, `the query has ${diagnostics.length} problems`, { diagnostics });
  const { message, where, suggestion } = first;
  return new PacksmithError(code, message, { ...(where && { where }), ...(suggestion !== undefined && { hint: suggestion }) });
}
