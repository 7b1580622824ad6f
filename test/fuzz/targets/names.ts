import { posix, win32 } from 'node:path';
import { intersectCargoRanges } from '../../../src/core/compose/merges/ranges/cargo-ranges.ts';
import { intersectNpmRanges } from '../../../src/core/compose/merges/ranges/npm-ranges.ts';
import { joinRequirements, requirementKey } from '../../../src/core/compose/merges/ranges/python-requirements.ts';
import { joinPythonSpecifiers } from '../../../src/core/compose/merges/ranges/python-specifiers.ts';
import { toReference } from '../../../src/core/foreign/read-record.ts';
import { formatPackReference, parsePackReference } from '../../../src/core/pack/pack-reference.ts';
import { hasCredentials, redactUrl } from '../../../src/core/pack/redact-url.ts';
import { isInRange, isVersion, isVersionRange } from '../../../src/core/pack/versions.ts';
import { parseOutputPath } from '../../../src/core/template/parse-output-path.ts';
import { findPackPathProblem, parseProjectPath } from '../../../src/core/tree/project-path.ts';
import { attempt, type FuzzTarget, hold, partsOf, textOf } from '../fuzz-target.ts';

export const packReference: FuzzTarget = {
  name: 'pack-reference',
  subject: 'the grammar of references to packs, those that other tools record included',
  laws: [
    'what is read and written without credentials is read as the same again',
    'git is given an address with a transport that is known, and never an option',
    'a directory of a repository does not lead out of it',
  ],
  words: [
    ...'gh: npm: oci:// file: git+https:// git+ssh:// git+file:// git:// ssh:// https:// http:// ext:: -- - @ # / .. ~ : \\ .git .git/ .tgz .zip'.split(
      ' ',
    ),
    ...'@scope/name owner/repository ^1.2.0 >=1 latest || * localhost user:token@ sha256: %2e%2e %00 C:\\ ~/ ./ ../ --upload-pack=x'.split(
      ' ',
    ),
  ],
  maxBytes: 3000,
  run: (input) => {
    const text = textOf(input);
    const outcomes = [text, toReference(text)].map((asked) => {
      const parsed = attempt(['REFERENCE_INVALID'], () => parsePackReference(asked));
      if ('code' in parsed) return 'refused';
      const reference = parsed.value;
      if (reference.kind === 'git') {
        hold(/^(?:https?|ssh|file|git):\/\/[^-]/.test(reference.url), 'git is given a known transport', () => reference.url);
        hold(!(reference.ref ?? '').startsWith('-'), 'git is given no option', () => reference.ref);
        hold(posix.join('/a', reference.path ?? '').startsWith('/a'), 'a directory stays inside', () => reference.path);
      }
      const written = formatPackReference(reference);
      if (hasCredentials(asked) || written.includes('***')) return `${reference.kind} masked`;
      hold(
        JSON.stringify(parsePackReference(written)) === JSON.stringify(reference),
        'a reference is read as it is written',
        () => `${asked} ${written}`,
      );
      return reference.kind;
    });
    return [...outcomes, redactUrl(text) === text ? '' : 'redacted'].join(' ');
  },
};

export const versionRanges: FuzzTarget = {
  name: 'version-ranges',
  subject: 'version ranges of packs, npm, Cargo and Python, and what two of them have in common',
  laws: ['what two ranges have in common is the same in both orders', 'a range in common with itself is there'],
  words: [
    '^',
    '~',
    '>=',
    '<',
    '<=',
    '!=',
    '==',
    '===',
    '~=',
    '||',
    ' - ',
    '*',
    'x',
    ',',
    '1.2.3',
    '-alpha.1',
    '+b',
    '.post1',
    'rc1',
    'dev0',
    '[extra]',
    ';',
    'python_version',
    '@',
    '1!',
  ],
  maxBytes: 2000,
  run: (input) => {
    const [one = '', other = ''] = partsOf(input).map((part) => part.trim());
    const both: string[] = [intersectNpmRanges, intersectCargoRanges, joinPythonSpecifiers, joinRequirements].map((join) => {
      const joined = join(one, other);
      hold((joined === undefined) === (join(other, one) === undefined), 'the same in both orders', () => `${join.name} ${one} | ${other}`);
      return joined === undefined ? '-' : '+';
    });
    requirementKey(one);
    if (isVersionRange(one) && isVersion(other)) both.push(String(isInRange(other, one)));
    return both.join(' ');
  },
};

export const outputPath: FuzzTarget = {
  name: 'paths',
  subject: 'paths of files in packs and projects',
  laws: ['a path that is taken does not lead out, on POSIX or on Windows', 'packsmith’s own records and git’s are not taken from a pack'],
  words: [
    ...'.. . / \\ // C: con aux.txt nul .git .packsmith packsmith.toml packsmith.lock {{ }} {% %} | : * ? < > ~ git~1 .GIT %2e'.split(' '),
    ' ',
    '\u200c',
    '\u0131',
    'e\u0301',
  ],
  maxBytes: 1200,
  run: (input) => {
    const text = textOf(input);
    const path = attempt(['PATH_ESCAPES_PROJECT'], () => parseProjectPath(text));
    const output = attempt(['PATH_ESCAPES_PROJECT'], () => parseOutputPath(text));
    const inPack = findPackPathProblem(text) === undefined;
    if ('value' in path) {
      hold(posix.resolve('/a/b', text).startsWith('/a/b/'), 'a path stays inside');
      hold(win32.resolve('C:\\a\\b', text).startsWith('C:\\a\\b\\'), 'a path stays inside on Windows', () => text);
      hold(inPack, 'what a project may have, a pack may have');
    }
    if ('value' in output) {
      hold('value' in path, 'an output is a path');
      const segments = text
        .normalize('NFKC')
        .toLowerCase()
        .replace(/\u200c|\u200d|\u200e|\u200f|\ufeff/g, '')
        .split('/');
      hold(!segments.includes('.git') && segments[0] !== '.packsmith', 'records are not taken from a pack', () => text);
    }
    return [path, output].map((outcome) => ('code' in outcome ? 'no' : 'yes')).join(' ') + String(inPack);
  },
};
