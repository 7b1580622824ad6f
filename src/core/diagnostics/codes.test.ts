import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DIAGNOSTIC_CODES } from './diagnostic-codes.ts';
import { ERROR_CODES } from './error-codes.ts';

const root = new URL('../../../', import.meta.url);
const tables = new Set(['core/diagnostics/error-codes.ts', 'core/diagnostics/diagnostic-codes.ts']);

const sources = readdirSync(new URL('src', root), { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.startsWith('testing/') && !tables.has(path))
  .map((path) => readFileSync(new URL(`src/${path}`, root), 'utf8'))
  .join('\n')
  // A code that is only compared with is not raised.
  .replaceAll(/[!=]== '[A-Z0-9_]+'/g, '');

const reference = readFileSync(new URL('docs/reference/errors.md', root), 'utf8');

describe.each([
  ['ERROR_CODES', Object.keys(ERROR_CODES)],
  ['DIAGNOSTIC_CODES', Object.keys(DIAGNOSTIC_CODES)],
])('%s', (_, codes) => {
  it('has no code that is never raised', () => expect(codes.filter((code) => !sources.includes(`'${code}'`))).toEqual([]));

  it('has no code that is not documented', () => expect(codes.filter((code) => !reference.includes(`\`${code}\``))).toEqual([]));
});
