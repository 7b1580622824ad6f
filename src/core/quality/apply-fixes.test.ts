import { describe, expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { applyFixes } from './apply-fixes.ts';
import type { Fix } from './rule.ts';

const COMMENT = '# packsmith: allow unsafe-path';

/** What becomes of one file; `undefined` where the fix is refused. */
function fixed(file: string, text: string, ...fixes: readonly Fix[]): string | undefined {
  const made = makePack();
  const files = new Map([...made.files, [file as ProjectPath, { content: encodeUtf8(text), mode: 0o644 }] as const]);
  const findings = fixes.map((fix) => ({ rule: 'x', severity: 'warning' as const, message: 'x', where: { file }, fix }));
  const outcome = applyFixes({ ...made, files }, findings);
  expect(outcome.fixed.length + outcome.refused.length).toBe(fixes.length);
  return outcome.refused.length > 0 ? undefined : outcome.files.get(file as ProjectPath);
}

const comment = (file: string, line: number, text: string): Fix => ({ kind: 'remove-comment', file, line, text });
const HEAD = 'format = 1\n\n[pack]\nid = "x"\nversion = "1.0.0"\ntitle = "X"\ndescription = "x"\nlicense = "MIT"\n';
const allowance = (rule: string): string => `\n[[lint.allow]]\nrule = "${rule}"\nin = "a"\nreason = "r"\n`;

describe('a fix', () => {
  it.each<readonly [what: string, file: string, text: string, fix: Fix, after: string | undefined]>([
    [
      'takes a line that is only a comment',
      'pack.toml',
      `a = 1\n  ${COMMENT}\nb = 2\n`,
      comment('pack.toml', 2, COMMENT),
      'a = 1\nb = 2\n',
    ],
    [
      'takes a comment behind a value, and the blanks before it',
      'pack.toml',
      `a = 1 ${COMMENT}\nb = 2\n`,
      comment('pack.toml', 1, COMMENT),
      'a = 1\nb = 2\n',
    ],
    ['keeps line ends as they are', 'pack.toml', `a = 1 ${COMMENT}\r\nb = 2\r\n`, comment('pack.toml', 1, COMMENT), 'a = 1\r\nb = 2\r\n'],
    ['takes nothing that is part of a value', 'pack.toml', `a = """\n${COMMENT}\n"""\n`, comment('pack.toml', 2, COMMENT), undefined],
    ['takes nothing where the comment is not', 'pack.toml', 'a = 1\n', comment('pack.toml', 1, COMMENT), undefined],
    ['takes nothing where the line is not', 'pack.toml', 'a = 1\n', comment('pack.toml', 9, COMMENT), undefined],
    ['sees large numbers', 'pack.toml', `a = 9007199254740993 ${COMMENT}\n`, comment('pack.toml', 1, COMMENT), 'a = 9007199254740993\n'],
    [
      'takes a comment of a template',
      'a.jinja',
      'x{# c #}{{ 9007199254740993 }}\n',
      comment('a.jinja', 1, '{# c #}'),
      'x{{ 9007199254740993 }}\n',
    ],
    ['takes none that holds two parts apart', 'a.jinja', '{{# c #}{ x }}\n', comment('a.jinja', 1, '{# c #}'), undefined],
    ['takes none of a template that would fail otherwise', 'a.jinja', '{% if {# c #} x\n', comment('a.jinja', 1, '{# c #}'), undefined],
    ['takes a key', 'pack.toml', `${HEAD}homepage = "https://example.org"\n`, { kind: 'remove-key', path: ['pack', 'homepage'] }, HEAD],
    ['takes no key that is needed', 'pack.toml', HEAD, { kind: 'remove-key', path: ['pack', 'version'] }, undefined],
    ['takes the only allowance with its list', 'pack.toml', HEAD + allowance('unsafe-path'), { kind: 'remove-allowance', index: 0 }, HEAD],
  ])('%s', (_what, file, text, fix, after) => expect(fixed(file, text, fix)?.trimEnd()).toBe(after?.trimEnd()));

  it('is made for several allowances from the last to the first', () => {
    const text = HEAD + ['a', 'b', 'c'].map(() => allowance('unsafe-path')).join('') + allowance('slow-template');
    const after = fixed(
      'pack.toml',
      text,
      { kind: 'remove-allowance', index: 0 },
      { kind: 'remove-allowance', index: 2 },
      { kind: 'remove-allowance', index: 3 },
    );
    expect(after?.match(/unsafe-path/g)).toHaveLength(1);
    expect(after).not.toContain('slow-template');
  });
});
