import { describe, expect, it } from 'vitest';
import { mergeIni } from './ini.ts';

const labels = { ours: 'ours', theirs: 'theirs' };

function merge(ours: string, theirs: string, base?: string) {
  const outcome = mergeIni({ ours, theirs, labels, path: '.editorconfig', ...(base === undefined ? {} : { base }) });
  return outcome.kind === 'merged' ? outcome.text : outcome.kind;
}

const WEB = 'root = true\n\n[*]\ncharset = utf-8\nindent_size = 2\n\n[*.md]\ntrim_trailing_whitespace = false\n';
const PYTHON = 'root = true\n\n[*]\ncharset = utf-8\nindent_size = 2\nend_of_line = lf\n\n[*.py]\nindent_size = 4\n';

describe('mergeIni', () => {
  it.each<[string, string, string, string | undefined, string]>([
    [
      'unites sections and keys',
      WEB,
      PYTHON,
      undefined,
      'root = true\n\n[*]\ncharset = utf-8\nindent_size = 2\nend_of_line = lf\n\n[*.py]\nindent_size = 4\n\n[*.md]\ntrim_trailing_whitespace = false\n',
    ],
    ['is itself with itself', WEB, WEB, undefined, WEB],
    ['is ours with nothing', WEB, '', undefined, WEB],
    ['ignores spacing around values', '[a]\nx=1\n', '[a]\nx = 1\n', undefined, '[a]\nx=1\n'],
    ['conflicts on two values', '[a]\nx = 1\n', '[a]\nx = 2\n', undefined, 'conflict'],
    ['takes what one side changed', '[a]\nx = 1\ny = 9\n', '[a]\nx = 2\ny = 1\n', '[a]\nx = 1\ny = 1\n', '[a]\nx = 2\ny = 9\n'],
    ['removes what one side removed', '[a]\nx = 1\n\n[b]\nz = 1\n', '[a]\nx = 1\n', '[a]\nx = 1\n\n[b]\nz = 1\n', '[a]\nx = 1\n'],
    ['keeps comments', '# mine\n[a]\n; why\nx = 1\n', '[b]\ny = 2\n', undefined, '# mine\n[a]\n; why\nx = 1\n\n[b]\ny = 2\n'],
    ['cannot read a section that stands twice', '[a]\nx = 1\n[a]\ny = 1\n', '[b]\ny = 2\n', undefined, 'unparsable'],
  ])('%s', (_what, ours, theirs, base, expected) => expect(merge(ours, theirs, base)).toBe(expected));
});
