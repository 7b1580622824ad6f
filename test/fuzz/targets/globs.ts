import { compileGlob, isGlob } from '../../../src/core/text/glob.ts';
import { IgnoreRules } from '../../../src/core/text/ignore-rules.ts';
import { compilePattern, replaceMatches } from '../../../src/core/text/pattern.ts';
import { attempt, type FuzzTarget, hold, partsOf } from '../fuzz-target.ts';

export const globs: FuzzTarget = {
  name: 'globs',
  subject: 'globs of packs and projects',
  laws: ['a pattern without wildcards matches itself alone', 'refused is only what is too long or has too many alternatives'],
  words: [
    '*',
    '**',
    '?',
    '[a-z]',
    '[!a]',
    '{a,b}',
    '/',
    '**/',
    '/**',
    '\\',
    '[',
    ']',
    '{',
    '}',
    ',',
    '!',
    '.',
    'src',
    '.ts',
    '[^',
    '[]]',
    '%%\n',
  ],
  maxBytes: 2500,
  run: (input) => {
    const [pattern = '', path = ''] = partsOf(input);
    const glob = attempt(['LIMIT_EXCEEDED'], () => compileGlob(pattern));
    if ('code' in glob) return 'refused';
    const matches = glob.value.matches(path);
    if (!isGlob(pattern) && !pattern.includes('\\')) hold(matches === (pattern === path), 'a plain pattern matches itself', () => pattern);
    return `${matches} ${glob.value.matches(pattern)}`;
  },
};

export const ignoreRules: FuzzTarget = {
  name: 'ignore-rules',
  subject: '`.gitignore` files, and the patterns of Copier',
  laws: ['what is below an ignored directory is ignored'],
  words: [
    '*',
    '**',
    '!',
    '/',
    '#',
    '\\',
    ' ',
    '\n',
    '*.log\n',
    '!keep.log\n',
    'dir/\n',
    '/a/**/b\n',
    '[a-z]',
    '\r\n',
    '%%\n',
    '\\ ',
    '\\!',
  ],
  maxBytes: 4000,
  run: (input) => {
    const [text = '', below = '', path = ''] = partsOf(input);
    const rules = new IgnoreRules(
      new Map([
        ['', text],
        ['dir', below],
      ]),
    );
    const name = path.trim().slice(0, 300) || 'dir/a.log';
    const isIgnored = rules.ignores(name);
    if (isIgnored && name.endsWith('/')) hold(rules.ignores(`${name}x`), 'what is below is ignored', () => name);
    return `${isIgnored} ${rules.covers(name)} ${rules.ignores('dir/')}`;
  },
};

export const patterns: FuzzTarget = {
  name: 'patterns',
  subject: 'regular expressions of packs',
  laws: ['compiles or says why not', 'matching ends in time that is linear in the text'],
  words: [
    '(',
    ')',
    '|',
    '*',
    '+',
    '?',
    '{2,9}',
    '{1000}',
    '[a-z]',
    '[^',
    ']',
    '\\d',
    '\\b',
    '\\p{L}',
    '\\p{Greek}',
    '(?i)',
    '(?P<n>',
    '(?=',
    '\\1',
    '^',
    '$',
    '.',
    'a',
    '%%\n',
    '(?:',
    '\\Q',
    '\\x{10FFFF}',
    '[[:alpha:]]',
  ],
  maxBytes: 3000,
  run: (input) => {
    const [source = '', text = ''] = partsOf(input);
    const compiled = compilePattern(source);
    if (compiled.kind === 'invalid') return `invalid ${compiled.reason.slice(0, 12)}`;
    const whole = compiled.pattern.matches(text);
    const replaced = replaceMatches(text, source, '$1x');
    hold(replaced !== undefined, 'what compiles can replace');
    return `${whole} ${compiled.pattern.finds(text)} ${replaced === text}`;
  },
};
