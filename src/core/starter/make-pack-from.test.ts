import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nativeHash } from '../../adapters/hash.ts';
import { createBudget, DEFAULT_LIMITS } from '../jinja/budget.ts';
import { createEnvironment } from '../jinja/environment.ts';
import { renderTemplate } from '../jinja/render-template.ts';
import { parsePackManifest } from '../manifest/parse-pack-manifest.ts';
import type { PackName } from '../pack/pack-name.ts';
import type { Value } from '../pack/values.ts';
import { renderPack } from '../template/render-pack.ts';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import type { FileTree } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { makePackFrom, type PackFromRequest } from './make-pack-from.ts';
import type { ProjectFacts } from './project-facts.ts';
import { proposeVariables } from './proposals.ts';

const environment = createEnvironment({ hash: nativeHash });

const FACTS: ProjectFacts = {
  name: 'tea-shop',
  description: 'Sells tea of all kinds',
  author: 'Ada Example',
  email: 'ada@example.com',
  license: 'MIT',
  account: 'tea-house',
  port: '8080',
};

function treeOf(files: Readonly<Record<string, string | Uint8Array>>): FileTree {
  return new Map(
    Object.entries(files).map(([path, content]) => [
      path as ProjectPath,
      { content: typeof content === 'string' ? encodeUtf8(content) : content, mode: path.endsWith('.sh') ? 0o755 : 0o644 },
    ]),
  );
}

function makeFrom(files: Readonly<Record<string, string | Uint8Array>>, more: Partial<PackFromRequest> = {}) {
  const name = more.name ?? 'tea-shop';
  const proposals = proposeVariables(FACTS, name, (expression, variables) =>
    renderTemplate(expression, { name: 'x', context: variables, environment }),
  );
  const request = {
    id: 'from-tea' as PackName,
    title: 'From tea',
    description: 'Made from tea',
    category: undefined,
    author: undefined,
    license: undefined,
    tree: treeOf(files),
    proposals,
    verbatim: new Set<string>(),
    ...more,
    name,
  };
  const made = makePackFrom(request);
  const text = (path: string): string | undefined => {
    const entry = made.files.get(path as ProjectPath);
    return entry === undefined ? undefined : decodeUtf8(entry.content);
  };
  return { ...made, text, tree: request.tree };
}

/** What the pack generates with these answers, the defaults for all others. */
function generate({ files, text }: ReturnType<typeof makeFrom>, answers: Readonly<Record<string, Value>> = {}): FileTree {
  const { manifest, diagnostics } = parsePackManifest(text('pack.toml') ?? '');
  if (manifest === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const defaults = manifest.variables.map(({ name, default: value }): [string, Value] => [
    name,
    typeof value === 'string' ? renderTemplate(value, { name: 'default', context: new Map(), environment }) : (value ?? null),
  ]);
  const pack = { manifest, files, provenance: { kind: 'local', location: 'x' } as const, integrity: 'x' };
  const context = new Map([...defaults, ...Object.entries(answers)]);
  const result = renderPack({ pack, context, environment, budget: createBudget(DEFAULT_LIMITS) });
  return new Map(result.files.map(({ path, content, mode }) => [path, { content, mode }]));
}

const PROJECT = {
  'package.json': '{\n  "name": "tea-shop",\n  "author": "Ada Example <ada@example.com>",\n  "license": "MIT"\n}\n',
  'src/tea_shop/main.py': 'class TeaShop:\n    PORT = 8080\n    url = "https://github.com/tea-house/tea-shop"\n',
  'bin/tea-shop.sh': '#!/bin/sh\n',
  'template.html.jinja': '{{ x }} {% raw %}',
  'picture.png': new Uint8Array([0x89, 0, 255]),
  LICENSE: 'MIT License\n\nCopyright (c) 2026 Ada Example\n',
};

describe('a pack that is made from a project', () => {
  it('generates it again, whatever stands in it', () => {
    const segment = fc.constantFrom(
      'a',
      'tea-shop',
      'tea_shop',
      'TeaShop.txt',
      '{{ x }}',
      '{%',
      '{a,b}',
      '[x]',
      'x.jinja',
      'é',
      'test-shop',
    );
    const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    const piece = fc.constantFrom(
      'tea-shop',
      'TeaShop',
      ' ',
      '\n',
      '{{',
      '}}',
      '{% endraw %}',
      '{#',
      '8080',
      'port ',
      'MIT',
      '"license": "',
      '\\',
      "'",
      'Ada Example',
      '\r\n',
      '{',
    );
    const text = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));
    const content = fc.oneof(text, fc.uint8Array({ maxLength: 8 }));
    fc.assert(
      fc.property(fc.dictionary(path, content, { maxKeys: 5 }), (files) => {
        const paths = Object.keys(files);
        fc.pre(
          !paths.some((one) =>
            paths.some((other) => other.startsWith(`${one}/`) || (other !== one && other.toLowerCase() === one.toLowerCase())),
          ),
        );
        const first = makeFrom(files);
        // What a template cannot give back, such as CRLF, is copied, as the command does it.
        const given = generate(first);
        const verbatim = new Set(
          [...first.tree.keys()].filter(
            (each) => !Buffer.from(given.get(each)?.content ?? [1]).equals(first.tree.get(each)?.content ?? new Uint8Array()),
          ),
        );
        expect([...verbatim].filter((each) => !Buffer.from(files[each] ?? '').includes('\r'))).toEqual([]);
        expect(generate(makeFrom(files, { verbatim }))).toEqual(new Map([...first.tree].sort(([a], [b]) => (a < b ? -1 : 1))));
      }),
      { numRuns: 150, examples: [[{ 'x.jinja': Uint8Array.of(0x0d) }]] },
    );
  });

  it('says what it found, and asks for what it uses', () => {
    const made = makeFrom(PROJECT);
    expect(made.templates).toBe(4);
    expect(made.variables.map(({ name, value, uses, files }) => [name, value, uses, files])).toEqual([
      ['project_name', 'tea-shop', 5, 3],
      ['author', 'Ada Example', 2, 2],
      ['author_email', 'ada@example.com', 1, 1],
      ['license', 'MIT', 1, 1],
      ['account', 'tea-house', 1, 1],
      ['port', '8080', 1, 1],
    ]);
    expect(made.text('LICENSE')).toBe(PROJECT.LICENSE);
    expect(made.text('README.md')).toContain('| `author` | Ada Example | Who writes it |');
    expect(made.text('tests/as-it-was.toml')).toContain('complete = true');
    expect(made.text('tests/another-name.toml')).toBe(
      'name = "another name"\n\n[variables]\nproject_name = "coffee-house"\n\n[expect]\nfiles = ["package.json"]\n\n[expect.contains]\n"package.json" = ["coffee-house"]\n'.replaceAll(
        'coffee-house',
        'coffee-shop',
      ),
    );
  });

  it('generates another project by another name', () => {
    const made = generate(makeFrom(PROJECT), { project_name: 'coffee-bar', port: 9000 });
    expect([...made.keys()]).toContain('src/coffee_bar/main.py');
    expect(decodeUtf8(made.get('src/coffee_bar/main.py' as ProjectPath)?.content ?? new Uint8Array())).toBe(
      'class CoffeeBar:\n    PORT = 9000\n    url = "https://github.com/tea-house/coffee-bar"\n',
    );
  });

  it('copies what it is told to, and what is too large', () => {
    const large = `${'x'.repeat(1_000_000)} tea-shop`;
    const made = makeFrom({ 'a.txt': 'tea-shop', 'b.txt': large }, { verbatim: new Set(['a.txt']) });
    expect(made.templates).toBe(0);
    expect(made.text('templates/a.txt')).toBe('tea-shop');
    expect(made.text('templates/b.txt')).toBe(large);
    expect(made.text('README.md')).toContain('It asks nothing.');
    expect(made.text('tests/another-name.toml')).toBeUndefined();
  });

  it('copies what ends in the suffix of templates and is none under another name', () => {
    const made = makeFrom(
      { 'tea-shop.jinja': new Uint8Array([255]), 'b.jinja': '{{ x }}', 'c.sh.jinja': 'tea-shop' },
      { verbatim: new Set(['b.jinja']) },
    );
    expect(made.text('pack.toml')).toContain('[[templates]]\nsource = "copied/2"\noutput = "{{ project_name }}.jinja"\n');
    expect(made.text('copied/1')).toBe('{{ x }}');
    expect(generate(made)).toEqual(made.tree);
  });

  it('has the facts of its manifest that are known', () => {
    const text = makeFrom({ a: '' }, { category: 'web', author: 'Ada', license: 'MIT', description: 'A "quoted" | one' }).text('pack.toml');
    for (const line of ['category = "web"', 'license = "MIT"', 'authors = ["Ada"]', 'description = "A \\"quoted\\" | one"'])
      expect(text).toContain(line);
    expect(makeFrom({ a: '' }).text('pack.toml')).not.toMatch(/category|license|authors/);
  });

  it('lists paths as globs that match them, and not more of them than can be read', () => {
    const odd = makeFrom({ '{a,b}[c].txt': '' });
    expect(odd.text('tests/as-it-was.toml')).toContain('"?a?b?[[]c].txt"');
    const many = makeFrom(Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`f${index}`, ''])));
    expect(many.text('tests/as-it-was.toml')).not.toContain('complete');
    expect(many.text('tests/as-it-was.toml')?.match(/ {2}"f/g)).toHaveLength(200);
  });

  it('has a test by another name also where nothing has the old one in a manifest', () => {
    const made = makeFrom({ 'a.txt': 'tea-shop' }, { name: 'tea-shop' });
    expect(made.text('tests/another-name.toml')).toBe('name = "another name"\n\n[variables]\nproject_name = "coffee-shop"\n\n[expect]\n');
    expect(makeFrom({ 'a.txt': 'corner-shop' }, { name: 'corner-shop' }).text('tests/another-name.toml')).toContain(
      'project_name = "tea-shop"',
    );
  });
});
