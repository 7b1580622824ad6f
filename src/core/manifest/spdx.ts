import { suggestNearest } from './problems.ts';

/** What is wrong with a licence expression: `error` for the grammar, `warning` for an id that is not among the common ones. */
export interface LicenseProblem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly suggestion?: string;
}

/**
 * Checks an SPDX licence expression (SPDX 2.3, annex D): ids, `+`, `LicenseRef-…`, `WITH` an exception, `AND`, `OR` and parentheses.
 * Ids are compared with a list of the common ones only, so an unknown id is a warning.
 */
export function checkLicense(expression: string): LicenseProblem[] {
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? [];
  const syntax = findSyntaxProblem(tokens);
  if (syntax !== undefined) return [{ severity: 'error', message: `it is not an SPDX licence expression: ${syntax}`, suggestion: EXAMPLE }];
  return tokens.flatMap((token, index) => checkId(token, tokens[index - 1] === 'WITH'));
}

const EXAMPLE = 'write for example "MIT" or "MIT OR Apache-2.0"';
const OPERATORS: readonly string[] = ['AND', 'OR', 'WITH'];

/** Follows the grammar with a counter of parentheses instead of recursion, so that depth costs nothing. */
function findSyntaxProblem(tokens: readonly string[]): string | undefined {
  let depth = 0;
  let expectsOperand = true;
  for (const [index, token] of tokens.entries()) {
    const isParenthesis = token === '(' || token === ')';
    if (token === '(') depth++;
    if (token === ')') depth--;
    const problem = isParenthesis
      ? findNestingProblem(token, depth, expectsOperand)
      : findTokenProblem(token, expectsOperand, tokens[index - 1]);
    if (problem !== undefined) return problem;
    if (!isParenthesis) expectsOperand = !expectsOperand;
  }
  if (expectsOperand) return 'a licence id is missing at the end';
  return depth > 0 ? '"(" without ")"' : undefined;
}

function findNestingProblem(token: string, depth: number, expectsOperand: boolean): string | undefined {
  if (depth < 0) return '")" without "("';
  return (token === '(') === expectsOperand ? undefined : `"${token}" is out of place`;
}

function findTokenProblem(token: string, expectsOperand: boolean, before: string | undefined): string | undefined {
  const isOperator = OPERATORS.includes(token);
  if (expectsOperand) {
    if (isOperator) return `"${token}" stands where a licence id is expected`;
    return /^(?:DocumentRef-[\w.-]+:)?[A-Za-z0-9][\w.-]*\+?$/.test(token) ? undefined : `"${token.slice(0, 40)}" is not a licence id`;
  }
  if (OPERATORS.includes(token.toUpperCase()) && !isOperator) return `write ${token.toUpperCase()} in capitals`;
  if (!isOperator) return `"${token.slice(0, 40)}" stands where AND, OR or WITH is expected`;
  return token === 'WITH' && before === ')' ? 'WITH must follow a licence id' : undefined;
}

function checkId(token: string, isException: boolean): LicenseProblem[] {
  if (token === '(' || token === ')' || OPERATORS.includes(token) || /^(LicenseRef|DocumentRef)-/.test(token)) return [];
  const known = isException ? COMMON_EXCEPTIONS : COMMON_LICENSES;
  const id = token.replace(/\+$/, '');
  if (known.includes(id)) return [];
  const sameLetters = known.find((candidate) => candidate.toLowerCase() === id.toLowerCase());
  const suggestion = sameLetters === undefined ? suggestNearest(id, known) : `write ${sameLetters}`;
  const message = `"${id.slice(0, 40)}" is not among the common SPDX ${isException ? 'exceptions' : 'licence ids'}`;
  return [{ severity: 'warning', message, suggestion: suggestion ?? 'check it against the SPDX licence list' }];
}

const COMMON_LICENSES =
  '0BSD AFL-3.0 AGPL-3.0-only AGPL-3.0-or-later Apache-1.1 Apache-2.0 APSL-2.0 Artistic-2.0 BlueOak-1.0.0 BSD-1-Clause BSD-2-Clause BSD-2-Clause-Patent BSD-3-Clause BSD-3-Clause-Clear BSD-4-Clause BSL-1.0 BUSL-1.1 CAL-1.0 CC-BY-3.0 CC-BY-4.0 CC-BY-NC-4.0 CC-BY-NC-SA-4.0 CC-BY-ND-4.0 CC-BY-SA-3.0 CC-BY-SA-4.0 CC0-1.0 CDDL-1.0 CDDL-1.1 CECILL-2.1 CPAL-1.0 ECL-2.0 EFL-2.0 Elastic-2.0 EPL-1.0 EPL-2.0 EUPL-1.1 EUPL-1.2 FSL-1.1-ALv2 FSL-1.1-MIT GFDL-1.3-only GFDL-1.3-or-later GPL-2.0-only GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later HPND ICU IPL-1.0 ISC LGPL-2.0-only LGPL-2.0-or-later LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0-only LGPL-3.0-or-later LPL-1.02 MIT MIT-0 MPL-1.1 MPL-2.0 MS-PL MS-RL MulanPSL-2.0 NCSA ODbL-1.0 OFL-1.1 OLDAP-2.8 OpenSSL OSL-3.0 PHP-3.01 PostgreSQL PSF-2.0 Python-2.0 QPL-1.0 Ruby SSPL-1.0 Unicode-3.0 Unlicense UPL-1.0 Vim W3C WTFPL X11 Zlib ZPL-2.1'.split(
    ' ',
  );

const COMMON_EXCEPTIONS =
  'Autoconf-exception-3.0 Bison-exception-2.2 Classpath-exception-2.0 Font-exception-2.0 GCC-exception-3.1 GPL-CC-1.0 LGPL-3.0-linking-exception Linux-syscall-note LLVM-exception OpenJDK-assembly-exception-1.0 Qt-GPL-exception-1.0 Swift-exception u-boot-exception-2.0 Universal-FOSS-exception-1.0'.split(
    ' ',
  );
