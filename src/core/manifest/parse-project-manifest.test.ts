import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { PackName } from '../pack/pack-name.ts';
import type { Value } from '../pack/values.ts';
import { formatProjectManifest } from './format-project-manifest.ts';
import { parseProjectManifest, parseProjectManifestValue } from './parse-project-manifest.ts';
import type { ProjectManifest } from './project-manifest.ts';

const EXAMPLE = `format = 1

[project]
name = "my-api"

[packs]
web-api-starter = "^1.2.0"
devops-basics = { version = "^0.8.0", variables = { ci = "github" } }
monitoring = { source = "gh:acme/packs/monitoring#v2" }

[variables]
author = "Jane Smith"
port = 8080
"devops-basics.ci" = "none"

[merge]
mode = "fail"
rules = [
  { path = "Dockerfile", action = "overwrite", prefer = "devops-basics" },
  { path = "**/*.md" },
]

[update]
preserve = ["docs/**"]

[overrides]
base-typescript = "1.4.0"
`;

const EXPECTED = {
  format: 1,
  name: 'my-api',
  packs: [
    { id: 'web-api-starter', version: '^1.2.0', source: undefined, variables: new Map() },
    { id: 'devops-basics', version: '^0.8.0', source: undefined, variables: new Map([['ci', 'github']]) },
    { id: 'monitoring', version: undefined, source: 'gh:acme/packs/monitoring#v2', variables: new Map() },
  ],
  variables: new Map<string, Value>([
    ['author', 'Jane Smith'],
    ['port', 8080],
    ['devops-basics.ci', 'none'],
  ]),
  merge: {
    mode: 'fail',
    rules: [
      { path: 'Dockerfile', action: 'overwrite', prefer: 'devops-basics' },
      { path: '**/*.md', action: 'merge', prefer: undefined },
    ],
  },
  preserve: ['docs/**'],
  overrides: new Map([['base-typescript', '1.4.0']]),
};

function show({ severity, code, where, message, suggestion }: Diagnostic): string {
  const place = where?.line === undefined ? '' : ` ${where.line}:${where.column}`;
  return `${severity === 'error' ? '' : `${severity} `}${code.replace('MANIFEST_', '')}${place} ${message}${suggestion === undefined ? '' : ` → ${suggestion}`}`;
}

const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  ['an unknown section', '[pakcs]\na = "1"', ['UNKNOWN_KEY 2:2 pakcs is not a key of format 1 → did you mean "packs"?']],
  [
    'an unknown key of a pack',
    '[packs]\na = { versoin = "1", source = "./a" }',
    ['UNKNOWN_KEY 3:7 packs.a.versoin is not a key of format 1 → did you mean "version"?'],
  ],
  [
    'a range that is none',
    '[packs]\na = "newest"',
    ['INVALID_VALUE 3:5 packs.a: "newest" is not a version range → write a range such as "^1.2.0", ">=1.2 <3" or "*"'],
  ],
  [
    'a pack without version and source',
    '[packs]\na = {}',
    ['KEY_CONFLICT 3:1 packs.a: it needs version or source → add version = "*" for any version'],
  ],
  [
    'a source that is an id',
    '[packs]\na = { source = "b" }',
    [
      'INVALID_VALUE 3:16 packs.a.source: "b" is an id, not a place → leave source out, or write "./directory", "gh:owner/repo" or "npm:name"',
    ],
  ],
  [
    'a source that is malformed',
    '[packs]\na = { source = "gh:acme" }',
    [
      'INVALID_VALUE 3:16 packs.a.source: "gh:acme" is not a reference to a pack: the owner or the repository is missing or malformed → write gh:owner/repository/directory#v1.2.0',
    ],
  ],
  [
    'a pack id that is none',
    '[packs]\n"A B" = "1"',
    [
      'INVALID_VALUE 3:1 "A B" is not a pack id: a pack id is lower-case ASCII letters, digits, ".", "_" and "-", begins with a letter or digit, and may have one "@scope/" before it → write "a-b"',
    ],
  ],
  [
    'a variable that cannot be',
    '[variables]\n"a b" = 1\nproject-name = "x"\nNAME = "x"',
    ['INVALID_VALUE 3:1 "a b" is not the name of a variable → write name or "pack.name", in ASCII letters, digits, "_" and "-"'],
  ],
  [
    'a variable that is a date',
    '[variables]\na = 2020-01-01',
    ['INVALID_VALUE 3:5 variables.a: dates and times are not values → put it in quotes'],
  ],
  [
    'an unknown mode',
    '[merge]\nmode = "merg"',
    ['INVALID_VALUE 3:8 merge.mode: "merg" must be "merge", "layer", "overwrite", "keep", "ask" or "fail" → did you mean "merge"?'],
  ],
  [
    'a rule without a path',
    '[merge]\nrules = [{ action = "keep" }]',
    ['MISSING_KEY 3:10 merge.rules[0] has no "path", which is required → add path'],
  ],
  [
    'a rule that leads out',
    '[merge]\nrules = [{ path = "/etc/*" }]',
    [
      'UNSAFE_PATH 3:19 merge.rules[0].path: "/etc/*" is not a path inside the project: it is absolute → write a relative path with "/" between its parts',
    ],
  ],
  [
    'a rule for a pack that is not there',
    '[packs]\nweb = "1"\n[merge]\nrules = [{ path = "a", prefer = "wbe" }]',
    ['warning UNKNOWN_NAME 5:33 merge.rules[0].prefer: "wbe" is not among the packs → did you mean "web"?'],
  ],
  [
    'a glob that leads out',
    '[update]\npreserve = ["../x"]',
    [
      'UNSAFE_PATH 3:13 update.preserve[0]: "../x" is not a path inside the project: it has a ".." segment → write a relative path with "/" between its parts',
    ],
  ],
  [
    'an override that is no range',
    '[overrides]\na = "newest"',
    ['INVALID_VALUE 3:5 overrides.a: "newest" is not a version range → write a range such as "^1.2.0", ">=1.2 <3" or "*"'],
  ],
  [
    'too many packs',
    `[packs]\n${Array.from({ length: 101 }, (_, index) => `p${index} = "*"\n`).join('')}`,
    ['LIMIT 2:2 one resolution has 101 packs; the limit is 100 packs (resolutionPacks) → reduce it below the limit'],
  ],
];

describe('parseProjectManifest', () => {
  it('reads the example', () => {
    expect(parseProjectManifest(EXAMPLE)).toEqual({ manifest: EXPECTED, diagnostics: [] });
  });

  it('reads the least there can be', () => {
    expect(parseProjectManifest('format = 1').manifest).toMatchObject({ name: undefined, packs: [], merge: { mode: 'merge', rules: [] } });
  });

  it.each(CASES)('reports %s', (_name, body, found) => {
    const { manifest, diagnostics } = parseProjectManifest(`format = 1\n${body}`);
    expect(diagnostics.map(show)).toEqual(found);
    expect(manifest === undefined).toBe(!found.every((line) => line.startsWith('warning ')));
  });

  it('never repeats the credentials of a source', () => {
    const { diagnostics } = parseProjectManifest('format = 1\n[packs]\na = { source = "git+https://user:s3cret@/x" }');
    expect(diagnostics).toHaveLength(1);
    expect(JSON.stringify(diagnostics)).not.toContain('s3cret');
  });
});

describe('parseProjectManifestValue', () => {
  it('reads what YAML or JSON gave', () => {
    const value: unknown = JSON.parse('{"format":1,"packs":{"web":"^1"},"variables":{"port":1,"tags":["a"],"m":{"__proto__":1}}}');
    const { manifest, diagnostics } = parseProjectManifestValue(value, 'composition.json');
    expect(diagnostics).toEqual([]);
    expect(manifest?.variables.get('m')).toEqual(new Map([['__proto__', 1]]));
  });

  it.each([null, 5, 'text', [], new Map()])('refuses %j', (value) => {
    expect(parseProjectManifestValue(value, 'c.yaml').diagnostics.map(show)).toEqual([
      'INVALID_VALUE the document must be a table of keys and values',
    ]);
  });

  it.each([
    [{ format: 1, variables: { a: null } }, ['INVALID_VALUE variables.a: null is not a value → leave the key out']],
    [{ format: 1, packs: [] }, ['INVALID_VALUE packs: it must be a table, but it is an array → write [packs] once']],
    [{ packs: {} }, ['MISSING_KEY the document has no "format", which is required → add format']],
  ])('finds the same problems in %j, without positions', (value, found) => {
    const { diagnostics } = parseProjectManifestValue(value, 'c.yaml');
    expect(diagnostics.map(show)).toEqual(found);
    expect(diagnostics[0]?.where).toEqual({ file: 'c.yaml' });
  });
});

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const plain = fc.oneof(
  text,
  fc.stringMatching(/^[ -~\n\t"'\\]{0,30}$/),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
);
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    plain,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(text, tie('value')), { maxLength: 3 }).map((entries) => new Map(entries)),
  ),
}));
const id = fc.stringMatching(/^(?:@[a-z0-9]{1,4}\/)?[a-z][a-z0-9._-]{0,8}$/) as fc.Arbitrary<PackName>;
const variables = fc
  .array(fc.tuple(fc.stringMatching(/^[a-z_][a-z0-9_]{0,6}$/), value), { maxLength: 4 })
  .map((entries) => new Map(entries));
const mode = fc.constantFrom('merge', 'layer', 'overwrite', 'keep', 'ask', 'fail');
const range = fc.constantFrom('*', '^1.2.3', '>=1 <3', '1.0.0');
const manifests: fc.Arbitrary<ProjectManifest> = fc.record({
  format: fc.constant(1),
  name: fc.option(fc.constantFrom('a', 'Ünïcode "name"', 'two\nlines'), { nil: undefined }),
  packs: fc.uniqueArray(
    fc.record({ id, version: range, source: fc.constantFrom(undefined, './a b', 'gh:a/b/c#v1', 'https://x/y.tgz'), variables }),
    { selector: (pack) => pack.id, maxLength: 4 },
  ),
  variables,
  merge: fc.record({
    mode,
    rules: fc.array(
      fc.record({ path: fc.constantFrom('a', '**/*.md', 'a b/{c,d}'), action: mode, prefer: fc.option(id, { nil: undefined }) }),
      { maxLength: 3 },
    ),
  }),
  preserve: fc.array(fc.constantFrom('docs/**', 'a "b"'.replaceAll('"', '')), { maxLength: 2 }),
  overrides: fc.array(fc.tuple(id, range), { maxLength: 3 }).map((entries) => new Map(entries)),
}) as fc.Arbitrary<ProjectManifest>;

describe('formatProjectManifest', () => {
  it('writes the example in a form that people can read', () => {
    const { manifest } = parseProjectManifest(EXAMPLE);
    expect(formatProjectManifest(manifest!)).toMatchInlineSnapshot(`
      "# What this project asks for. Edit it by hand, or with \`packs add\`, \`packs remove\` and \`packs update\`.
      # What it got is in packsmith.lock; commit both. Secrets are never written here.
      format = 1

      [project]
      name = "my-api"

      [packs]
      web-api-starter = "^1.2.0"
      devops-basics = { version = "^0.8.0", variables = { ci = "github" } }
      monitoring = { source = "gh:acme/packs/monitoring#v2" }

      [variables]
      author = "Jane Smith"
      port = 8080
      "devops-basics.ci" = "none"

      [merge]
      mode = "fail"
      rules = [
        { path = "Dockerfile", action = "overwrite", prefer = "devops-basics" },
        { path = "**/*.md", action = "merge" },
      ]

      [update]
      preserve = ["docs/**"]

      [overrides]
      base-typescript = "1.4.0"
      "
    `);
  });

  it('gives back what it was given when it is read', () => {
    fc.assert(
      fc.property(manifests, (manifest) => {
        const parsed = parseProjectManifest(formatProjectManifest(manifest));
        expect(parsed.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(parsed.manifest).toEqual(manifest);
        expect(formatProjectManifest(parsed.manifest!)).toBe(formatProjectManifest(manifest));
      }),
    );
  });
});
