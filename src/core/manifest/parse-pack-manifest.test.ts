import { describe, expect, it } from 'vitest';
import { LIMITS } from './limits.ts';
import { parsePackManifest } from './parse-pack-manifest.ts';

const HEAD = 'format = 1\n[pack]\nid = "p"\nversion = "1.0.0"\ndescription = "d"\n';

function parseValid(body: string) {
  const { manifest, diagnostics } = parsePackManifest(HEAD + body);
  expect(diagnostics).toEqual([]);
  if (manifest === undefined) throw new Error('no manifest');
  return manifest;
}

describe('what a manifest says', () => {
  it('fills in every default', () => {
    expect(parseValid('')).toEqual({
      format: 1,
      id: 'p',
      version: '1.0.0',
      title: 'p',
      description: 'd',
      category: undefined,
      license: undefined,
      authors: [],
      repository: undefined,
      homepage: undefined,
      keywords: [],
      requires: undefined,
      dependencies: [],
      packages: [],
      variables: [],
      templates: [],
      queries: [],
      data: [],
      hooks: [],
      merge: [],
      examples: [],
      health: [],
      migrations: [],
      lint: { severity: new Map(), allow: [] },
    });
  });

  it('reads what describes the pack', () => {
    const body =
      'title = "T"\ncategory = "web"\nlicense = "MIT OR (Apache-2.0 AND BSD-3-Clause)"\nauthors = ["Ada <ada@example.com>"]\nkeywords = ["a"]\nrequires = ">=0.1"\nhomepage = "https://example.com/a?b#c"';
    expect(parseValid(body)).toMatchObject({
      title: 'T',
      category: 'web',
      authors: ['Ada <ada@example.com>'],
      keywords: ['a'],
      requires: '>=0.1',
    });
  });

  it('reads dependencies as text and as tables, in order', () => {
    const { dependencies } = parseValid('[dependencies]\nz = "^1"\n"@a/b" = { version = ">=1 <3", optional = true, reason = "r" }');
    expect(dependencies).toEqual([
      { id: 'z', version: '^1', optional: false, reason: undefined },
      { id: '@a/b', version: '>=1 <3', optional: true, reason: 'r' },
    ]);
  });

  it('reads packages of every ecosystem in its own grammar', () => {
    const { packages } = parseValid(
      '[packages.npm]\n"@types/node" = "^20"\n[packages.pypi]\n"requests[socks]" = ">=2.1,<3"\n[packages.cargo]\nserde = { version = "1.0", dev = true, when = "x" }',
    );
    expect(packages.map(({ ecosystem, name, version, dev }) => [ecosystem, name, version, dev])).toEqual([
      ['npm', '@types/node', '^20', false],
      ['pypi', 'requests[socks]', '>=2.1,<3', false],
      ['cargo', 'serde', '1.0', true],
    ]);
  });

  it.each([
    ['a template', 'type = "integer"\ndefault = "{{ other + 1 }}"', '{{ other + 1 }}'],
    ['a statement', 'type = "boolean"\ndefault = "{% if a %}true{% endif %}"', '{% if a %}true{% endif %}'],
    ['a list with a template in it', 'type = "choices"\nchoices = ["a"]\ndefault = ["{{ x }}"]', ['{{ x }}']],
    ['a large integer', 'type = "integer"\ndefault = 9007199254740993', 9007199254740993n],
    ['a map, whatever its keys', 'type = "map"\ndefault = { __proto__ = 1, constructor = { a = [true] } }', undefined],
    ['a choice that is a number', 'type = "choice"\nchoices = [1, 2]\ndefault = 2', 2],
    ['an address', 'type = "url"\ndefault = "postgres://u@localhost:5432/db"', 'postgres://u@localhost:5432/db'],
    ['an absolute path', 'type = "path"\ndefault = "/data/model.ttl"', '/data/model.ttl'],
  ])('accepts a default that is %s', (_name, body, value) => {
    const [variable] = parseValid(`[variables.x]\n${body}`).variables;
    if (value !== undefined) expect(variable?.default).toEqual(value);
    expect(variable?.required).toBe(false);
  });

  it('keeps maps with the keys of prototypes harmless', () => {
    const [variable] = parseValid('[variables.x]\ntype = "map"\ndefault = { __proto__ = { polluted = true } }').variables;
    expect(variable?.default).toEqual(new Map([['__proto__', new Map([['polluted', true]])]]));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each([
    ['nothing', 'type = "string"', true],
    ['a default', 'type = "string"\ndefault = ""', false],
    ['an expression', 'type = "string"\ncomputed = "a"', false],
    ['required with a default', 'type = "string"\ndefault = ""\nrequired = true', true],
    ['not required without a default', 'type = "string"\nrequired = false', false],
  ])('decides whether a variable with %s is required', (_name, body, required) => {
    expect(parseValid(`[variables.x]\n${body}`).variables[0]?.required).toBe(required);
  });

  it('labels choices with their value', () => {
    const [variable] = parseValid('[variables.x]\ntype = "choice"\nchoices = [{ value = "a", label = "A" }, "b", 3, true]').variables;
    expect(variable?.choices.map(({ label }) => label)).toEqual(['A', 'b', '3', 'true']);
  });

  it.each([
    ['{ into = "a", before = "x" }', { into: 'a', position: { kind: 'before', marker: 'x' }, once: false }],
    ['{ into = "a", after = "x", once = true }', { into: 'a', position: { kind: 'after', marker: 'x' }, once: true }],
    ['{ into = "src/{{ name }}.ts", at = "start" }', { into: 'src/{{ name }}.ts', position: { kind: 'start' }, once: false }],
    ['{ into = "a", at = "end" }', { into: 'a', position: { kind: 'end' }, once: false }],
  ])('reads the injection %s', (inject, expected) => {
    expect(parseValid(`[[templates]]\ntext = ""\ninject = ${inject}`).templates[0]?.inject).toEqual(expected);
  });

  it.each([
    ['0755', 0o755],
    ['644', 0o644],
    ['0000', 0],
  ])('reads the mode %s', (mode, bits) => {
    expect(parseValid(`[[templates]]\ntext = ""\noutput = "a"\nmode = "${mode}"`).templates[0]?.mode).toBe(bits);
  });

  it.each([
    'src/{{ entity.name | replace("..", "/") }}.ts',
    '{% if docker %}Dockerfile{% endif %}',
    '{{ a }}/{{ b }}',
    '{# }} #}x',
    'a/{{ "}" }}/b',
  ])('accepts the output %s', (output) => {
    expect(parseValid(`[[templates]]\ntext = ""\noutput = '${output}'`).templates[0]?.output).toBe(output);
  });

  it('needs no output for a source below templates/', () => {
    const [template] = parseValid('[[templates]]\nsource = "templates/**/*.[jt]s"\nwhen = "x"').templates;
    expect(template).toMatchObject({ content: { kind: 'source' }, output: undefined, as: 'item' });
  });

  it('reads base64 over several lines', () => {
    const [template] = parseValid('[[templates]]\nbase64 = """\nAAEC\nAw==\n"""\noutput = "a.bin"').templates;
    expect(template?.content).toEqual({ kind: 'base64', base64: 'AAECAw==' });
  });

  it('reads hooks by stage, named by their command where they have no name', () => {
    const { hooks } = parseValid('[[hooks.post_update]]\nrun = ["a", "b"]\n[[hooks.pre_generate]]\nrun = ["c"]\ntimeout = 1.5\nname = "C"');
    expect(hooks).toEqual([
      { stage: 'pre_generate', name: 'C', run: ['c'], when: undefined, timeout: 1.5, continueOnError: false },
      { stage: 'post_update', name: 'a b', run: ['a', 'b'], when: undefined, timeout: 300, continueOnError: false },
    ]);
  });

  it('reads migrations', () => {
    const { migrations } = parseValid(
      '[variables.database]\ntype = "string"\n[variables.port]\ntype = "integer"\n[[migrations]]\nfrom = "<1"\nto = ">=1"\nretype = ["port"]\nrename = { "lib/" = "src/lib/" }\nrename_variables = { db = "database" }\ndefaults = { port = 1 }\n[migrations.values.database]\npostgresql = "postgres"\n[migrations.add_packs]\nobservability = "^1"',
    );
    expect(migrations).toEqual([
      {
        from: '<1',
        to: '>=1',
        rename: new Map([['lib/', 'src/lib/']]),
        renameVariables: new Map([['db', 'database']]),
        defaults: new Map([['port', 1]]),
        values: new Map([['database', new Map([['postgresql', 'postgres']])]]),
        retype: ['port'],
        addPacks: new Map([['observability', '^1']]),
      },
    ]);
  });

  it.each(['http://127.0.0.1:{{ port }}/health', '{{ base_url }}/health', 'https://example.com'])(
    'accepts the health address %s',
    (url) => {
      expect(parseValid(`[[health]]\nname = "n"\nurl = "${url}"`).health).toEqual([{ name: 'n', url, status: 200 }]);
    },
  );

  it('reads a file that begins with a byte order mark', () => {
    expect(parsePackManifest(`\ufeff${HEAD}`).manifest?.id).toBe('p');
  });
});

function repeat(count: number, entry: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => entry(index)).join('');
}

describe('limits', () => {
  it.each([
    [
      'templates',
      LIMITS.templates.maximum,
      (count: number) => repeat(count, (index) => `[[templates]]\ntext = ""\noutput = "f${index}"\n`),
    ],
    ['queries', LIMITS.queries.maximum, (count: number) => repeat(count, (index) => `[queries.q${index}]\ntext = "ASK {}"\n`)],
    ['variables', LIMITS.variables.maximum, (count: number) => repeat(count, (index) => `[variables.v${index}]\ntype = "string"\n`)],
    ['data', LIMITS.data.maximum, (count: number) => repeat(count, (index) => `[data.d${index}]\nfrom = "x"\n`)],
    ['dependencies', LIMITS.dependencies.maximum, (count: number) => `[dependencies]\n${repeat(count, (index) => `d${index} = "*"\n`)}`],
    ['packages', LIMITS.packages.maximum, (count: number) => `[packages.npm]\n${repeat(count, (index) => `n${index} = "*"\n`)}`],
    ['hooks', LIMITS.hooks.maximum, (count: number) => repeat(count, () => '[[hooks.post_generate]]\nrun = ["x"]\n')],
    ['mergeRules', LIMITS.mergeRules.maximum, (count: number) => `[merge]\n${repeat(count, (index) => `m${index} = "yaml"\n`)}`],
    ['examples', LIMITS.examples.maximum, (count: number) => repeat(count, () => '[[examples]]\ntitle = "t"\n')],
    ['health', LIMITS.health.maximum, (count: number) => repeat(count, () => '[[health]]\nname = "n"\nurl = "http://x"\n')],
    ['migrations', LIMITS.migrations.maximum, (count: number) => repeat(count, () => '[[migrations]]\nfrom = "0"\nto = "1"\n')],
  ] as const)('allows as many %s as documented, and names limit and measure beyond', (name, maximum, write) => {
    expect(parsePackManifest(HEAD + write(maximum)).diagnostics).toEqual([]);
    const { manifest, diagnostics } = parsePackManifest(HEAD + write(maximum + 1));
    expect(manifest).toBeUndefined();
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ code: 'MANIFEST_LIMIT', severity: 'error' });
    expect(diagnostics[0]?.message).toContain(`has ${maximum + 1} entries; the limit is ${maximum} entries (${name})`);
  });

  it('refuses a manifest over 1 MB without reading it', () => {
    const { manifest, diagnostics } = parsePackManifest(`${HEAD}#${'é'.repeat(LIMITS.manifestBytes.maximum / 2)}`);
    expect(manifest).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'MANIFEST_LIMIT', message: expect.stringContaining('the limit is 1048576 bytes') }]);
  });

  it('refuses nesting beyond reason, in brackets and in dotted keys', () => {
    const brackets = `${HEAD}[variables.x]\ntype = "list"\ndefault = ${'['.repeat(5_000)}${']'.repeat(5_000)}`;
    expect(parsePackManifest(brackets).diagnostics).toMatchObject([{ code: 'MANIFEST_SYNTAX' }]);
    const dotted = `${HEAD}[variables.x]\ntype = "map"\ndefault${'.a'.repeat(50_000)} = 1`;
    expect(parsePackManifest(dotted).diagnostics).toMatchObject([{ code: 'MANIFEST_LIMIT' }]);
  });

  it('shows the first 200 problems and counts the others', () => {
    const { diagnostics } = parsePackManifest(`${HEAD}[zzz]\n[merge]\n${repeat(900, (index) => `"../${index}" = "yaml"\n`)}`);
    expect(diagnostics).toHaveLength(201);
    expect(diagnostics.at(-1)).toMatchObject({ message: '701 further problems are not shown' });
  });
});
