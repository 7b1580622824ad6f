import { describe, expect, it } from 'vitest';
import type { PackName } from '../pack/pack-name.ts';
import { formatLockfile } from './format-lockfile.ts';
import { parseLockfile } from './parse-lockfile.ts';
import { renamePack } from './rename-pack.ts';

const digest = (digit: string) => digit.repeat(64);

/** Everything that a lockfile can have. */
const FULL = {
  format: 1,
  now: '2026-01-02T03:04:05Z',
  answers: digest('0'),
  baseline: digest('1'),
  packs: [
    {
      id: 'web',
      version: '1.2.3',
      source: 'builtin',
      registry: 'https://registry.example',
      requested: 'git+https://example.org/web#v1',
      override: '^1',
      integrity: 'sha256-x',
      dependencies: { core: '^3', base: '*' },
    },
    { id: 'core', version: '3.0.0', source: './core', integrity: 'sha256-y', dependencies: {} },
  ],
  files: [
    {
      path: 'a/b.json',
      sha256: digest('2'),
      mode: '0755',
      packs: ['web', 'core'],
      template: 'templates/b.json',
      masked: digest('2'),
      output: 'c.json',
      wasThere: true,
      parts: { '/a': ['web'], '/b': ['core', 'web'] },
      decision: { how: 'merged', driver: 'json', by: '*.json', among: ['web', 'core'] },
    },
    { path: 'plain', sha256: digest('3'), mode: '0644', packs: ['core'], template: 't' },
  ],
  injections: [{ path: 'README.md', pack: 'web', template: 'i', sha256: digest('4') }],
  data: [
    { pack: 'web', name: 'shapes', from: 'x.ttl', place: 'project', path: 'x.ttl', sha256: digest('5') },
    { pack: 'web', name: 'more', from: '', place: 'outside', path: '../y.ttl', sha256: digest('6') },
  ],
};

/** The text with one value in another place of the tree replaced; `undefined` takes it away. */
function withValue(at: string, value: unknown): string {
  const copy = structuredClone(FULL) as unknown as Record<string, unknown>;
  const keys = at.split('.');
  const last = keys.pop() ?? '';
  const owner = keys.reduce<Record<string, unknown>>((inner, key) => inner[key] as Record<string, unknown>, copy);
  if (value === undefined) delete owner[last];
  else owner[last] = value;
  return JSON.stringify(copy);
}

describe('parseLockfile', () => {
  it('reads everything that it can have, and writes it as it was', () => {
    const lockfile = parseLockfile(JSON.stringify(FULL));
    expect(lockfile).toEqual({ ...FULL, files: FULL.files.map((file) => ({ ...file, mode: Number.parseInt(file.mode, 8) })) });
    expect(JSON.parse(formatLockfile(lockfile))).toEqual(FULL);
  });

  it('has an entry a line, with its keys in their order', () => {
    const [file] = FULL.files;
    const lines = formatLockfile(parseLockfile(JSON.stringify(FULL))).split('\n');
    expect(lines.slice(0, 7)).toEqual([
      '{',
      '  "format": 1,',
      '  "now": "2026-01-02T03:04:05Z",',
      `  "answers": "${digest('0')}",`,
      `  "baseline": "${digest('1')}",`,
      '  "packs": [',
      `    ${JSON.stringify(FULL.packs[0])},`,
    ]);
    expect(lines).toContain(`    ${JSON.stringify(file)},`);
    expect(lines.slice(-6)).toEqual([
      '  "data": [',
      `    ${JSON.stringify(FULL.data[0])},`,
      `    ${JSON.stringify(FULL.data[1])}`,
      '  ]',
      '}',
      '',
    ]);
  });

  it.each(['injections', 'packs.0.dependencies', 'data', 'files.0.wasThere'])('does without %s', (at) => {
    const { injections, packs, data, files } = parseLockfile(withValue(at, undefined));
    expect([injections.length, Object.keys(packs[0]?.dependencies ?? {}).length, data?.length, files[0]?.wasThere]).toEqual([
      at === 'injections' ? 0 : 1,
      at === 'packs.0.dependencies' ? 0 : 2,
      at === 'data' ? undefined : 2,
      at === 'files.0.wasThere' ? undefined : true,
    ]);
  });

  it.each<readonly [at: string, value: unknown, what: string]>([
    ['format', 2, 'format 2 is not known to this version of packsmith'],
    ['format', undefined, 'format undefined is not known to this version of packsmith'],
    ['now', 5, 'now is not a string'],
    ['now', '2026-01-02T03:04:05', 'now is not an instant in UTC'],
    ['now', 'x2026-01-02T03:04:05Z', 'now is not an instant in UTC'],
    ['now', '2026-01-02T03:04:05Zx', 'now is not an instant in UTC'],
    ['now', '2026-01-02T03:04:05.1234567890Z', 'now is not an instant in UTC'],
    ['answers', 'x', 'answers is not a SHA-256 digest'],
    ['baseline', 7, 'baseline is not a string'],
    ['baseline', 'x', 'baseline is not a SHA-256 digest'],
    ['packs', {}, 'packs is not a list'],
    ['packs.1', null, 'packs[1] is not an object'],
    ['packs.1', [], 'packs[1] is not an object'],
    ['packs.1', 'core', 'packs[1] is not an object'],
    ['packs.0.id', 1, 'packs[0].id is not a string'],
    ['packs.0.version', undefined, 'packs[0].version is not a string'],
    ['packs.0.source', null, 'packs[0].source is not a string'],
    ['packs.0.integrity', 1, 'packs[0].integrity is not a string'],
    ['packs.0.dependencies', [], 'packs[0].dependencies is not an object'],
    ['packs.0.dependencies.core', 3, 'packs[0].dependencies is not a string'],
    ['packs.0.registry', 1, 'packs[0].registry is not a string'],
    ['packs.0.requested', 1, 'packs[0].requested is not a string'],
    ['packs.0.override', 1, 'packs[0].override is not a string'],
    ['files', 'x', 'files is not a list'],
    ['files.1', 1, 'files[1] is not an object'],
    ['files.1.path', 1, 'files[1].path is not a string'],
    ['files.1.path', 'a/b.json', 'a path is listed twice'],
    ['files.1.sha256', 'x', 'files[1].sha256 is not a SHA-256 digest'],
    ['files.1.mode', 420, 'files[1].mode is not a string'],
    ['files.1.mode', '644', 'files[1].mode is not a mode such as 0644'],
    ['files.1.mode', '0648', 'files[1].mode is not a mode such as 0644'],
    ['files.1.mode', '00644', 'files[1].mode is not a mode such as 0644'],
    ['files.1.mode', 'x0644', 'files[1].mode is not a mode such as 0644'],
    ['files.1.packs', 'web', 'files[1].packs is not a list'],
    ['files.1.packs', [1], 'files[1].packs is not a string'],
    ['files.1.template', 1, 'files[1].template is not a string'],
    ['files.0.masked', 'x', 'files[0].masked is not a SHA-256 digest'],
    ['files.0.output', 1, 'files[0].output is not a string'],
    ['files.0.parts', [], 'files[0].parts is not an object'],
    ['files.0.parts./a', 'web', 'files[0].parts is not a list'],
    ['files.0.parts./a', [1], 'files[0].parts is not a string'],
    ['files.0.decision', 1, 'files[0].decision is not an object'],
    ['files.0.decision.how', 1, 'files[0].decision.how is not a string'],
    ['files.0.decision.driver', 1, 'files[0].decision.driver is not a string'],
    ['files.0.decision.by', undefined, 'files[0].decision.by is not a string'],
    ['files.0.decision.among', 'web', 'files[0].decision.among is not a list'],
    ['files.0.decision.among', [1], 'files[0].decision.among is not a string'],
    ['injections', {}, 'injections is not a list'],
    ['injections.0', null, 'injections[0] is not an object'],
    ['injections.0.path', 1, 'injections[0].path is not a string'],
    ['injections.0.pack', 1, 'injections[0].pack is not a string'],
    ['injections.0.template', 1, 'injections[0].template is not a string'],
    ['injections.0.sha256', 'x', 'injections[0].sha256 is not a SHA-256 digest'],
    ['data', {}, 'data is not a list'],
    ['data.1', 1, 'data[1] is not an object'],
    ['data.1.pack', 1, 'data[1].pack is not a string'],
    ['data.1.name', 1, 'data[1].name is not a string'],
    ['data.1.from', 1, 'data[1].from is not a string'],
    ['data.1.place', 'elsewhere', 'data[1].place is none of pack, project, outside'],
    ['data.1.path', 1, 'data[1].path is not a string'],
    ['data.0.path', 1, 'data[0].path is not a string'],
    ['data.1.sha256', 'x', 'data[1].sha256 is not a SHA-256 digest'],
  ])('refuses %s: %j', (at, value, what) => {
    expect(() => parseLockfile(withValue(at, value))).toThrow(
      expect.objectContaining({
        code: 'LOCKFILE_INVALID',
        message: `packsmith.lock cannot be used: ${what}`,
        where: { file: 'packsmith.lock' },
        hint: 'restore it from version control; it is written only by packsmith',
      }),
    );
  });

  it.each(['files.0.path', 'files.0.output', 'injections.0.path', 'data.0.path'])('refuses a path in %s that leaves the project', (at) =>
    expect(() => parseLockfile(withValue(at, '../x'))).toThrow(expect.objectContaining({ code: 'PATH_ESCAPES_PROJECT' })),
  );

  it.each([
    ['', 'it is not JSON'],
    ['{', 'it is not JSON'],
    ['{}\n<<<<<<< ours\n', 'it has merge conflict markers'],
    ['{\n>>>>>>> theirs\n', 'it has merge conflict markers'],
    ['{ "a": "<<<<<<<" ', 'it is not JSON'],
    ['[]', 'the file is not an object'],
    ['null', 'the file is not an object'],
  ])('refuses %j: %s', (text, what) => expect(() => parseLockfile(text)).toThrow(`packsmith.lock cannot be used: ${what}`));
});

describe('renamePack', () => {
  it('renames a pack wherever it stands, and takes its registry away', () => {
    const lockfile = parseLockfile(JSON.stringify(FULL));
    const renamed = renamePack(lockfile, 'web' as PackName, 'site' as PackName);
    const { registry: _, ...web } = FULL.packs[0] ?? {};
    expect(renamed.packs).toEqual([{ ...web, id: 'site' }, FULL.packs[1]]);
    expect(renamed.files.map(({ packs, parts, decision }) => ({ packs, parts, decision }))).toEqual([
      {
        packs: ['site', 'core'],
        parts: { '/a': ['site'], '/b': ['core', 'site'] },
        decision: { how: 'merged', driver: 'json', by: '*.json', among: ['site', 'core'] },
      },
      { packs: ['core'], parts: undefined, decision: undefined },
    ]);
    expect(renamed.injections.map(({ pack }) => pack)).toEqual(['site']);
    expect(renamed.data?.map(({ pack }) => pack)).toEqual(['site', 'site']);
    expect(JSON.stringify(renamed)).not.toContain('web"');
  });

  it('leaves other packs as they are', () => {
    const lockfile = parseLockfile(JSON.stringify(FULL));
    expect(renamePack(lockfile, 'none' as PackName, 'site' as PackName)).toEqual(lockfile);
    const { data: _, ...without } = lockfile;
    expect(renamePack(without, 'none' as PackName, 'site' as PackName)).toStrictEqual(without);
  });
});
