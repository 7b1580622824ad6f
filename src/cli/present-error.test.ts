import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import { presentError, withHint } from './present-error.ts';
import { PLAIN_STYLE } from './style.ts';

const present = (error: unknown, isVerbose = false) => presentError(error, { style: PLAIN_STYLE, isVerbose });

describe('presentError', () => {
  it('shows code, message and hint', () => {
    expect(present(new PacksmithError('PACK_NOT_FOUND', 'there is no pack "web"', { hint: 'did you mean web-api?' }))).toBe(
      'error[PACK_NOT_FOUND]: there is no pack "web"\n\nhint: did you mean web-api?\n',
    );
  });

  it('folds long lines where the width is known, and no command', () => {
    const error = new PacksmithError('PACK_NOT_FOUND', 'there is no pack of that name here', { hint: 'try `packs list --category web`' });
    expect(presentError(error, { style: PLAIN_STYLE, isVerbose: false, columns: 30 })).toBe(
      'error[PACK_NOT_FOUND]: there\n  is no pack of that name here\n\nhint: try\n  `packs list --category web`\n',
    );
  });

  it('indents further lines; the cure of the code stands in for a hint', () => {
    expect(
      present(
        withHint(new PacksmithError('NO_SOLUTION', 'a and b cannot be used together\nBecause a needs c ^3\nand b needs c ^2.'), 'add'),
      ),
    ).toMatch(
      /^error\[NO_SOLUTION\]: a and b cannot be used together\n {2}Because a needs c \^3\n {2}and b needs c \^2\.\n\nhint: [a-z`].*[^.]\n$/,
    );
  });

  it('names the command whose help is meant', () => {
    const error = withHint(new PacksmithError('INVALID_ARGUMENTS', '--a goes with --b'), 'benchmark');
    expect(present(error)).toBe('error[INVALID_ARGUMENTS]: --a goes with --b\n\nhint: see `packs benchmark --help`\n');
  });

  it('shows every finding with its place and what to do', () => {
    const diagnostics = [
      {
        code: 'MANIFEST_UNKNOWN_KEY',
        severity: 'error',
        message: 'unknown key "titel"',
        where: { file: 'pack.toml', line: 4, column: 1 },
        suggestion: 'did you mean "title"?',
      },
      { code: 'MANIFEST_INVALID_VALUE', severity: 'warning', message: 'two\nlines' },
    ] as const;
    expect(present(new PacksmithError('MANIFEST_INVALID', 'it has errors', { diagnostics, hint: 'mend them' }))).toBe(
      `error[MANIFEST_INVALID]: it has errors
  pack.toml:4:1: error: unknown key "titel" (MANIFEST_UNKNOWN_KEY)
      did you mean "title"?
  warning: two lines (MANIFEST_INVALID_VALUE)

hint: mend them
`,
    );
  });

  it('removes control sequences wherever the text comes from', () => {
    const evil = '\u001b[2Jx\u009b1m\u202e';
    const error = new PacksmithError('PACK_NOT_FOUND', evil, {
      hint: evil,
      where: { file: evil },
      diagnostics: [{ code: 'MANIFEST_SYNTAX', severity: 'error', message: evil, where: { file: evil }, suggestion: evil }],
    });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(present(error)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it('names causes only when asked', () => {
    const error = new PacksmithError('PACK_UNREADABLE', 'no', { cause: new Error('EACCES', { cause: new Error('deep') }) });
    expect(present(error)).not.toContain('EACCES');
    expect(present(error, true)).toContain('because: EACCES\n  because: deep');
  });

  it('shows a bug with its stack', () => {
    expect(present(new TypeError('oops'))).toMatch(/^error\[UNEXPECTED\]: TypeError: oops\n {4}at [\s\S]*hint: this is a bug in packsmith/);
  });
});
