import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkLicense } from './spdx.ts';

describe('checkLicense', () => {
  it.each([
    'MIT',
    'GPL-2.0-or-later',
    'Apache-2.0+',
    '(MIT)',
    '((MIT OR ISC) AND (0BSD))',
    'MIT OR Apache-2.0 AND ISC',
    'GPL-2.0-only WITH Classpath-exception-2.0',
    'LicenseRef-own',
    'DocumentRef-a:LicenseRef-b AND MIT',
  ])('accepts %s', (expression) => expect(checkLicense(expression)).toEqual([]));

  it.each([
    ['', 'a licence id is missing at the end'],
    ['MIT OR', 'a licence id is missing at the end'],
    ['OR MIT', 'stands where a licence id is expected'],
    ['MIT ISC', 'stands where AND, OR or WITH is expected'],
    ['MIT or ISC', 'write OR in capitals'],
    ['(MIT', '"(" without ")"'],
    ['MIT)', '")" without "("'],
    ['()', 'out of place'],
    ['MIT (ISC)', 'out of place'],
    ['(MIT) WITH Classpath-exception-2.0', 'WITH must follow a licence id'],
    ['MIT/ISC', 'is not a licence id'],
    ['M&T', 'is not a licence id'],
  ])('refuses %j', (expression, reason) => {
    expect(checkLicense(expression)).toMatchObject([{ severity: 'error', message: expect.stringContaining(reason) }]);
  });

  it.each([
    ['mit', 'write MIT'],
    ['Apache2', 'did you mean "Apache-2.0"?'],
    ['Zzyzx-9', 'check it against the SPDX licence list'],
    ['GPL-2.0-only WITH Claspath-exception-2.0', 'did you mean "Classpath-exception-2.0"?'],
  ])('warns of %s', (expression, suggestion) => expect(checkLicense(expression)).toMatchObject([{ severity: 'warning', suggestion }]));

  it('accepts exactly what the grammar makes', () => {
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('MIT', 'ISC', 'GPL-3.0-only WITH GCC-exception-3.1', 'Apache-2.0+'),
        fc.tuple(tie('expression'), fc.constantFrom('AND', 'OR'), tie('expression')).map((parts) => parts.join(' ')),
        tie('expression').map((inner) => `(${inner})`),
      ),
    }));
    fc.assert(
      fc.property(expression, (text) => {
        expect(checkLicense(text)).toEqual([]);
      }),
    );
  });
});
