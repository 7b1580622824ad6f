import { describe, expect, it } from 'vitest';
import type { MergeMode } from '../manifest/project-manifest.ts';
import type { EcosystemPackage } from '../pack/pack-manifest.ts';
import type { PackName } from '../pack/pack-name.ts';
import type { RenderedPack } from '../template/rendered-pack.ts';
import { decodeText, encodeUtf8 } from '../text/utf8.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { composePacks, describeConflicts, neededDrivers } from './compose-packs.ts';
import { mergeJson } from './merges/json.ts';
import { mergePackages } from './merges/packages.ts';
import { mergePlainText } from './merges/text.ts';
import { listPackages, packageContributions } from './package-manifests.ts';

interface World {
  /** `npm name range`, with ` dev` behind for development, by pack. */
  readonly packages: Readonly<Record<string, readonly string[]>>;
  /** Texts of `package.json` that the packs have as templates. */
  readonly templates?: Readonly<Record<string, string>>;
  readonly mode?: MergeMode;
  readonly prefer?: string;
}

const DRIVERS = new Map([
  ['packages', mergePackages],
  ['json', mergeJson],
  ['text', mergePlainText],
]);

function parsePackage(text: string): EcosystemPackage {
  const [ecosystem = 'npm', name = '', version = '*', dev] = text.split(' ');
  return { ecosystem: ecosystem as EcosystemPackage['ecosystem'], name, version, dev: dev === 'dev', when: undefined };
}

function packagesOf({ packages }: World) {
  return Object.entries(packages).map(([pack, list]) => ({ pack: pack as PackName, packages: list.map(parsePackage) }));
}

function compose(world: World) {
  const rendered = Object.entries(world.templates ?? {}).map(([pack, text]): RenderedPack => {
    const file = { path: 'package.json' as ProjectPath, content: encodeUtf8(text), mode: 0o644, pack: pack as PackName };
    return {
      pack: file.pack,
      files: [{ ...file, template: 'templates/package.json', onExists: undefined, merge: undefined }],
      injections: [],
    };
  });
  const packs = [...rendered, ...packageContributions(packagesOf(world), rendered, 'shop')];
  const rule = { path: '**', action: 'merge', prefer: world.prefer as PackName | undefined } as const;
  const rules = { mode: world.mode ?? 'merge', rules: world.prefer === undefined ? [] : [rule] };
  for (const name of neededDrivers({ packs, packRules: [] })) expect(DRIVERS.has(name), name).toBe(true);
  return composePacks({ packs, rules, packRules: [], drivers: DRIVERS });
}

function manifestOf(world: World): unknown {
  const { tree, conflicts } = compose(world);
  expect(conflicts).toEqual([]);
  return JSON.parse(decodeText(tree.get('package.json' as ProjectPath)?.content ?? new Uint8Array()) ?? '');
}

const NEW = { name: 'shop', version: '0.1.0', private: true };
const TWO = { a: ['npm x ^1.0.0', 'npm y ^2.0.0'], b: ['npm x ^1.2.0'] };

describe('packages of several packs', () => {
  it.each<[string, World, unknown]>([
    ['ranges are intersected', { packages: TWO }, { ...NEW, dependencies: { x: '^1.2.0', y: '^2.0.0' } }],
    [
      'whole files by the later pack leave packages merged',
      { packages: TWO, mode: 'layer' },
      { ...NEW, dependencies: { x: '^1.2.0', y: '^2.0.0' } },
    ],
    ['refused files leave packages merged', { packages: TWO, mode: 'fail' }, { ...NEW, dependencies: { x: '^1.2.0', y: '^2.0.0' } }],
    [
      'the file that is taken whole gets the packages of all',
      { packages: TWO, mode: 'overwrite', templates: { a: '{ "name": "a" }', b: '{ "name": "b" }' } },
      { name: 'b', dependencies: { x: '^1.2.0', y: '^2.0.0' } },
    ],
    [
      'run time in one pack and development in another',
      { packages: { a: ['npm x ^1.0.0 dev', 'npm z ^1.0.0 dev'], b: ['npm x ^1.2.0'] } },
      { ...NEW, dependencies: { x: '^1.2.0' }, devDependencies: { z: '^1.0.0' } },
    ],
    [
      'run time in a pack, development in a template',
      { packages: { b: ['npm x ^1.2.0'] }, templates: { a: '{\n\t"name": "a",\n\t"devDependencies": { "x": "^1.0.0" }\n}\n' } },
      { name: 'a', dependencies: { x: '^1.2.0' } },
    ],
    [
      'development in a pack, run time in a template',
      { packages: { b: ['npm x ^1.2.0 dev', 'npm z ^1.0.0 dev'] }, templates: { a: '{ "dependencies": { "x": "^1.0.0" } }' } },
      { dependencies: { x: '^1.2.0' }, devDependencies: { z: '^1.0.0' } },
    ],
    [
      'the earlier pack is preferred where no version satisfies both',
      { packages: { a: ['npm x ^1.0.0', 'npm y ^1.0.0'], b: ['npm x ^2.0.0', 'npm z ^3.0.0'] }, prefer: 'a' },
      { ...NEW, dependencies: { x: '^1.0.0', y: '^1.0.0', z: '^3.0.0' } },
    ],
    [
      'the later pack is preferred where no version satisfies both',
      { packages: { a: ['npm x ^1.0.0', 'npm y ^1.0.0'], b: ['npm x ^2.0.0', 'npm z ^3.0.0'] }, prefer: 'b' },
      { ...NEW, dependencies: { x: '^2.0.0', y: '^1.0.0', z: '^3.0.0' } },
    ],
  ])('%s', (_, world, expected) => expect(manifestOf(world)).toEqual(expected));

  it('names the two packs that disagree, and their ranges', () => {
    const { conflicts } = compose({ packages: { a: ['npm y 1'], b: ['npm x ^1.0.0'], c: ['npm x ^2.0.0'] } });
    expect(describeConflicts(conflicts, 'packsmith.toml').map(({ message }) => message)).toEqual([
      'b and c disagree on package.json at /dependencies/x: no version satisfies both ("^1.0.0" and "^2.0.0")',
    ]);
  });

  it('a preference for a third pack decides nothing', () => {
    const world = { packages: { a: ['npm y 1'], b: ['npm x ^1.0.0'], c: ['npm x ^2.0.0'] }, prefer: 'a' };
    expect(compose(world).conflicts).toMatchObject([{ ours: 'b', theirs: 'c' }]);
  });

  it('records how a path was settled, where more than one pack writes it', () => {
    const decisions = (world: World) => compose(world).decisions.map(({ packs, how, driver, by }) => ({ packs, how, driver, by }));
    expect(decisions({ packages: { a: ['npm x 1'] } })).toEqual([]);
    expect(decisions({ packages: TWO })).toEqual([{ packs: ['a', 'b'], how: 'merged', driver: 'packages', by: 'default' }]);
    expect(decisions({ packages: { a: ['npm x 1'], b: ['npm x 2'] }, prefer: 'b' })).toEqual([
      { packs: ['a', 'b'], how: 'preferred', driver: 'packages', by: '**' },
    ]);
    const { tree, decisions: all } = compose({ packages: TWO });
    expect([...tree.values()].map(({ decision }) => decision)).toEqual(all);
  });

  it('lists each package once, with who asks for what', () => {
    const packages = { a: ['pypi My_Pkg[x] >=1 dev', 'npm x ^1.0.0'], b: ['pypi my-pkg <3'] };
    expect(listPackages(packagesOf({ packages }))).toEqual([
      { ecosystem: 'npm', name: 'x', dev: false, ranges: [{ pack: 'a', range: '^1.0.0' }] },
      {
        ecosystem: 'pypi',
        name: 'My_Pkg[x]',
        dev: false,
        ranges: [
          { pack: 'a', range: '>=1' },
          { pack: 'b', range: '<3' },
        ],
      },
    ]);
  });
});
