import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { Value } from '../pack/values.ts';
import { editProjectManifest } from './edit-project-manifest.ts';
import type { DocumentEdit } from './edit-toml.ts';
import { editUserConfig } from './edit-user-config.ts';
import { parseSettingKey, parseSettingValue } from './setting-arguments.ts';

const PROJECT = `# our API
format = 1

[packs]   # what we use
web = "^1.0.0"  # the base
ci = { version = "^2", variables = { os = "linux" } }

[variables]
# asked in spring
port   =   8080
`;

const set = (path: readonly string[], value: Value): DocumentEdit => ({ kind: 'set', path, value });
const unset = (...path: string[]): DocumentEdit => ({ kind: 'unset', path });

function failure(run: () => unknown): PacksmithError {
  try {
    run();
  } catch (error) {
    if (error instanceof PacksmithError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('editProjectManifest', () => {
  it.each<[string, DocumentEdit[], (text: string) => string]>([
    ['nothing', [], (text) => text],
    ['a value to what it is', [set(['variables', 'port'], 8080)], (text) => text],
    ['a version', [set(['packs', 'web'], '^2.0.0')], (text) => text.replace('^1.0.0', '^2.0.0')],
    ['a number', [set(['variables', 'port'], 9090)], (text) => text.replace('8080', '9090')],
    ['a value in an inline table', [set(['packs', 'ci', 'version'], '^3')], (text) => text.replace('"^2"', '"^3"')],
    ['a new pack', [set(['packs', 'db'], '*')], (text) => text.replace('} }\n', '} }\ndb = "*"\n')],
    ['a new variable', [set(['variables', 'name'], 'x')], (text) => `${text}name = "x"\n`],
    ['a pack away', [unset('packs', 'ci')], (text) => text.replace(/ci = .*\n/, '')],
    ['what is not there away', [unset('packs', 'zzz'), unset('zzz', 'a')], (text) => text],
  ])('changes %s and nothing else', (_name, edits, expected) => {
    expect(editProjectManifest(PROJECT, edits)).toBe(expected(PROJECT));
  });

  it('makes sections that are missing and keeps every comment', () => {
    const edited = editProjectManifest(PROJECT, [set(['overrides', 'base'], '1.0.0'), set(['update', 'preserve'], ['docs/**'])]);
    expect(edited.startsWith(PROJECT)).toBe(true);
    expect(parse(edited)).toMatchObject({ overrides: { base: '1.0.0' }, update: { preserve: ['docs/**'] } });
  });

  it('removes a section with its last key', () => {
    expect(parse(editProjectManifest('format = 1\n[overrides]\na = "1"\n', [unset('overrides', 'a')]))).toEqual({ format: 1 });
  });

  it('keeps CRLF', () => {
    const edited = editProjectManifest('format = 1\r\n[packs]\r\nweb = "^1"\r\n', [set(['packs', 'web'], '^2')]);
    expect(edited).toBe('format = 1\r\n[packs]\r\nweb = "^2"\r\n');
  });

  it('refuses what would not be a manifest', () => {
    const error = failure(() => editProjectManifest(PROJECT, [set(['packs', 'web'], 'newest')]));
    expect(error.code).toBe('MANIFEST_INVALID');
    expect(error.diagnostics).toMatchObject([{ code: 'MANIFEST_INVALID_VALUE', where: { line: 5, column: 7 } }]);
  });

  it.each([
    ['text that is not TOML', '[packs', 'MANIFEST_INVALID'],
    ['text nested too deeply', `format = 1\n[variables]\na${'.a'.repeat(20_000)} = 1`, 'MANIFEST_INVALID'],
  ])('refuses %s', (_name, text, code) => {
    expect(failure(() => editProjectManifest(text, [set(['packs', 'web'], '*')])).code).toBe(code);
  });

  it('does what is meant or refuses, and is then read back as meant', () => {
    const key = fc.constantFrom('a', 'web', 'os', 'x_y');
    const value = fc.oneof(fc.string({ maxLength: 8 }), fc.integer(), fc.boolean(), fc.array(fc.integer(), { maxLength: 3 }));
    const edits = fc.array(
      fc.oneof(
        fc.tuple(key, value).map(([name, given]) => set(['variables', name], given as Value)),
        key.map((name) => unset('variables', name)),
      ),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(edits, (list) => {
        const meant: Record<string, unknown> = { port: 8080 };
        for (const edit of list) {
          if (edit.kind === 'set') meant[edit.path[1]!] = edit.value;
          else delete meant[edit.path[1]!];
        }
        const edited = editProjectManifest(PROJECT, list);
        expect({ ...(parse(edited)['variables'] as object) }).toEqual(meant);
        expect(edited).toContain('# the base');
      }),
    );
  });
});

describe('editUserConfig', () => {
  it('adds the first setting to an empty file', () => {
    expect(parse(editUserConfig('', [set(['defaults', 'author'], 'Ada')]))).toEqual({ defaults: { author: 'Ada' } });
  });

  it('takes an error out of a file that has others', () => {
    const text = '# mine\n[defautls]\nauthor = "A"\n[signatures]\npolicy = "sometimes"\n';
    expect(editUserConfig(text, [unset('signatures', 'policy')])).toBe('# mine\n[defautls]\nauthor = "A"\n');
  });

  it('refuses to add an error', () => {
    const error = failure(() => editUserConfig('', [set(['signatures', 'policy'], 'sometimes')]));
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', diagnostics: [{ code: 'MANIFEST_INVALID_VALUE' }] });
  });
});

describe('settings as arguments', () => {
  it.each([
    ['defaults.author', ['defaults', 'author']],
    ['registries."my registry".url', ['registries', 'my registry', 'url']],
    ['a', ['a']],
  ])('reads the key %s', (text, path) => expect(parseSettingKey(text)).toEqual(path));

  it.each(['', '.', 'a.', 'a = 1\nb', 'a b', '[a]', '# a', 'a.'.repeat(40)])('refuses the key %j', (text) => {
    expect(failure(() => parseSettingKey(text)).code).toBe('INVALID_ARGUMENTS');
  });

  it.each<[string, Value]>([
    ['true', true],
    ['8080', 8080],
    ['"8080"', '8080'],
    ['["a", "b"]', ['a', 'b']],
    ['Ada Example', 'Ada Example'],
    ['require', 'require'],
    ['', ''],
    ['1\nb = 2', '1\nb = 2'],
    ['2020-01-01', '2020-01-01'],
  ])('reads the value %j', (text, value) => expect(parseSettingValue(text)).toEqual(value));
});
