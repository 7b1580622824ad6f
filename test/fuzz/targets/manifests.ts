import { hasErrors } from '../../../src/core/diagnostics/diagnostic.ts';
import { editProjectManifest } from '../../../src/core/manifest/edit-project-manifest.ts';
import { parsePackManifest } from '../../../src/core/manifest/parse-pack-manifest.ts';
import { parseProjectManifest } from '../../../src/core/manifest/parse-project-manifest.ts';
import { parseUserConfig } from '../../../src/core/manifest/parse-user-config.ts';
import { attempt, checkFindings, codesOf, type FuzzTarget, hold, textOf } from '../fuzz-target.ts';

const LAWS = ['a manifest or an error, never both, never neither', 'every finding has words, and a place in the text'];

const TOML = [
  '[',
  ']',
  '[[',
  ']]',
  '{',
  '}',
  ' = ',
  '.',
  ',',
  '"',
  '"""',
  "'''",
  '#',
  '\n',
  'true',
  '1979-05-27',
  'inf',
  'nan',
  '1e9',
  '"../x"',
  '"^1"',
];

const PACK_WORDS = [
  ...'format pack id version title description license keywords variables type default choices min max pattern when prompt secret'.split(
    ' ',
  ),
  ...'templates source output for_each as inject into after once text queries data file hooks post_generate run examples health'.split(' '),
  ...'migrations from to rename dependencies packages npm optional merge requires options language "choice" "integer" "boolean"'.split(' '),
  ...TOML,
];

/** Runs a reader and checks what holds of every reader. */
function read<T>(
  text: string,
  { result, diagnostics }: { result: T | undefined; diagnostics: Parameters<typeof checkFindings>[0] },
): string {
  hold((result === undefined) === hasErrors(diagnostics), 'a manifest or an error', () => codesOf(diagnostics));
  checkFindings(diagnostics, text);
  return `${result === undefined ? 'refused' : 'read'} ${codesOf(diagnostics)}`;
}

export const packManifest: FuzzTarget = {
  name: 'pack-manifest',
  subject: 'the reader of `pack.toml`',
  laws: LAWS,
  words: PACK_WORDS,
  run: (input) => {
    const text = textOf(input);
    const { manifest, diagnostics } = parsePackManifest(text);
    return read(text, { result: manifest, diagnostics });
  },
};

export const projectManifest: FuzzTarget = {
  name: 'project-manifest',
  subject: 'the reader of `packsmith.toml`, and its editor',
  laws: [...LAWS, 'an edit is made, with all else as it was, or refused', 'what was edited is read again'],
  words: [
    'format',
    'project',
    'packs',
    'id',
    'version',
    'source',
    'variables',
    'update',
    'format',
    'files',
    'run',
    'preserve',
    'merge',
    ...TOML,
  ],
  run: (input) => {
    const text = textOf(input);
    const { manifest, diagnostics } = parseProjectManifest(text);
    const outcome = read(text, { result: manifest, diagnostics });
    const edited = attempt(['MANIFEST_INVALID'], () =>
      editProjectManifest(text, [{ kind: 'set', path: ['variables', 'added'], value: 'x' }]),
    );
    if ('code' in edited) return `${outcome} not edited`;
    if (manifest !== undefined) hold(parseProjectManifest(edited.value).manifest !== undefined, 'what was edited is read again');
    return `${outcome} edited`;
  },
};

export const userConfig: FuzzTarget = {
  name: 'user-config',
  subject: "the reader of the user's `config.toml`",
  laws: LAWS,
  words: [
    'format',
    'registries',
    'default',
    'kind',
    'url',
    'trust',
    'sources',
    'signatures',
    'policy',
    'keys',
    'ui',
    'colour',
    'token',
    ...TOML,
  ],
  run: (input) => {
    const text = textOf(input);
    const { config, diagnostics } = parseUserConfig(text);
    return read(text, { result: config, diagnostics });
  },
};
