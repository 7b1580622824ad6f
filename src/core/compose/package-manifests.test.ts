import { describe, expect, it } from 'vitest';
import type { EcosystemPackage } from '../pack/pack-manifest.ts';
import type { PackName } from '../pack/pack-name.ts';
import type { RenderedPack } from '../template/rendered-pack.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { listPackages, PACKAGES_TEMPLATE, packageContributions } from './package-manifests.ts';

/** `ecosystem name range [dev]`, by pack. */
type Packages = Readonly<Record<string, readonly string[]>>;

function packagesOf(packages: Packages) {
  return Object.entries(packages).map(([pack, list]) => ({
    pack: pack as PackName,
    packages: list.map((text): EcosystemPackage => {
      const [ecosystem, name = '', version = '*', dev] = text.split(' ');
      return { ecosystem: ecosystem as EcosystemPackage['ecosystem'], name, version, dev: dev === 'dev', when: undefined };
    }),
  }));
}

/** `pack path`, and the text of each contribution. */
function contribute(packages: Packages, { written = [], name = 'My Shop' }: { written?: readonly string[]; name?: string } = {}) {
  const rendered = [{ pack: 'w' as PackName, files: written.map((path) => ({ path: path as ProjectPath })), injections: [] }];
  const contributions = packageContributions(packagesOf(packages), rendered as unknown as RenderedPack[], name);
  return contributions.flatMap(({ pack, files, injections }) => {
    expect(injections).toEqual([]);
    return files.map((file) => {
      expect(file).toMatchObject({ pack, mode: 0o644, template: PACKAGES_TEMPLATE, onExists: undefined, merge: undefined });
      return [`${pack} ${file.path}`, decodeUtf8(file.content)];
    });
  });
}

const NPM_START = ['a package.json', '{\n  "name": "my-shop",\n  "version": "0.1.0",\n  "private": true\n}\n'];

describe('packageContributions', () => {
  it('begins a manifest that no template writes, once, and adds the packages of each pack by name', () => {
    expect(contribute({ a: ['npm y ^2.0.0', 'npm x ^1.0.0', 'npm t ^3.0.0 dev'], b: ['npm z *'], c: [] })).toEqual([
      NPM_START,
      [
        'a package.json',
        '{\n  "dependencies": {\n    "x": "^1.0.0",\n    "y": "^2.0.0"\n  },\n  "devDependencies": {\n    "t": "^3.0.0"\n  }\n}\n',
      ],
      ['b package.json', '{\n  "dependencies": {\n    "z": "*"\n  }\n}\n'],
    ]);
  });

  it('adds to what a template writes', () =>
    expect(contribute({ a: ['npm t ^3.0.0 dev'] }, { written: ['package.json'] })).toEqual([
      ['a package.json', '{\n  "devDependencies": {\n    "t": "^3.0.0"\n  }\n}\n'],
    ]));

  it('writes requirements of Python, those for development in a group', () =>
    expect(contribute({ a: ['pypi b >=1', 'pypi a *', 'pypi "q" ==1', 'pypi t >=3 dev'] })).toEqual([
      ['a pyproject.toml', '[project]\nname = "my-shop"\nversion = "0.1.0"\n'],
      [
        'a pyproject.toml',
        '[project]\ndependencies = [\n  "\\"q\\"==1",\n  "a",\n  "b>=1",\n]\n\n[dependency-groups]\ndev = [\n  "t>=3",\n]\n',
      ],
    ]));

  it('writes tables of Cargo', () =>
    expect(contribute({ a: ['cargo serde 1', 'cargo tokio 1.2', 'cargo insta 1 dev'] })).toEqual([
      ['a Cargo.toml', '[package]\nname = "my-shop"\nversion = "0.1.0"\nedition = "2021"\n'],
      ['a Cargo.toml', '[dependencies]\nserde = "1"\ntokio = "1.2"\n\n[dev-dependencies]\ninsta = "1"\n'],
    ]));

  it.each([
    ['pypi', 'pyproject.toml', '[dependency-groups]\ndev = [\n  "t>=3",\n]\n'],
    ['cargo', 'Cargo.toml', '[dev-dependencies]\nt = ">=3"\n'],
  ])('of %s has no table that would be empty', (ecosystem, path, text) => {
    expect(contribute({ a: [`${ecosystem} t >=3 dev`] }, { written: [path] })).toEqual([[`a ${path}`, text]]);
    expect(contribute({ a: [`${ecosystem} t >=3`] }, { written: [path] })[0]?.[1]).not.toContain('dev');
  });

  it('adds to several manifests in the order of their names', () =>
    expect(contribute({ a: ['pypi p 1', 'npm n 1', 'cargo c 1'] }).map(([place]) => place)).toEqual([
      'a Cargo.toml',
      'a Cargo.toml',
      'a package.json',
      'a package.json',
      'a pyproject.toml',
      'a pyproject.toml',
    ]));

  it('is for development where no pack needs it at run time', () => {
    const both = { a: ['pypi My_Pkg[x] >=1 dev'], b: ['pypi my-pkg <3'] };
    expect(contribute(both, { written: ['pyproject.toml'] })).toEqual([
      ['a pyproject.toml', '[project]\ndependencies = [\n  "My_Pkg[x]>=1",\n]\n'],
      ['b pyproject.toml', '[project]\ndependencies = [\n  "my-pkg<3",\n]\n'],
    ]);
    // Of other ecosystems, names are as they are written.
    const npm = contribute(
      { a: ['npm My_Pkg 1 dev'], b: ['npm my-pkg 1', 'pypi My_Pkg 1'] },
      { written: ['package.json', 'pyproject.toml'] },
    );
    expect(npm[0]).toEqual(['a package.json', '{\n  "devDependencies": {\n    "My_Pkg": "1"\n  }\n}\n']);
  });

  it.each([
    ['My Shop', 'my-shop'],
    ['--a__b--', 'a-b'],
    ['3d', 'project-3d'],
    ['Ünï', 'n'],
    ['!!', 'project'],
    ['', 'project'],
    ['a', 'a'],
  ])('names a project %j: %s', (name, slug) =>
    expect(JSON.parse(contribute({ a: ['npm x 1'] }, { name })[0]?.[1] ?? '')).toMatchObject({ name: slug }),
  );
});

describe('listPackages', () => {
  it('is by ecosystem and name, with all who ask', () => {
    expect(
      listPackages(packagesOf({ b: ['npm z 1 dev', 'npm a 2'], a: ['npm z 3 dev', 'cargo z 1'], c: ['npm q 1 dev', 'npm a 4 dev'] })),
    ).toEqual([
      { ecosystem: 'cargo', name: 'z', dev: false, ranges: [{ pack: 'a', range: '1' }] },
      {
        ecosystem: 'npm',
        name: 'a',
        dev: false,
        ranges: [
          { pack: 'b', range: '2' },
          { pack: 'c', range: '4' },
        ],
      },
      { ecosystem: 'npm', name: 'q', dev: true, ranges: [{ pack: 'c', range: '1' }] },
      {
        ecosystem: 'npm',
        name: 'z',
        dev: true,
        ranges: [
          { pack: 'b', range: '1' },
          { pack: 'a', range: '3' },
        ],
      },
    ]);
  });
});
