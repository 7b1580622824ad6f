import type { Ecosystem, EcosystemPackage } from '../pack/pack-manifest.ts';
import type { PackName } from '../pack/pack-name.ts';
import type { PlannedPackage } from '../plan/generation-plan.ts';
import type { RenderedFile, RenderedPack } from '../template/rendered-pack.ts';
import { compareText } from '../text/compare-text.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import { DEFAULT_MODE } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';

/** The packages that one pack brings, those whose conditions hold. */
export interface PackagesOfPack {
  readonly pack: PackName;
  readonly packages: readonly EcosystemPackage[];
}

/** Where contributions come from, in place of a template: they are merged whatever the rules for whole files say. */
export const PACKAGES_TEMPLATE = 'pack.toml [packages]';

interface EcosystemManifest {
  readonly path: ProjectPath;
  /** A manifest with nothing but these packages. */
  readonly withPackages: (packages: readonly EcosystemPackage[]) => string;
  /** A whole new manifest for a project of that name. */
  readonly empty: (name: string) => string;
}

const MANIFESTS: { readonly [E in Ecosystem]: EcosystemManifest } = {
  npm: {
    path: 'package.json' as ProjectPath,
    withPackages: npmPackages,
    empty: (name) => `${JSON.stringify({ name: slug(name), version: '0.1.0', private: true }, null, 2)}\n`,
  },
  pypi: {
    path: 'pyproject.toml' as ProjectPath,
    withPackages: pythonPackages,
    empty: (name) => `[project]\nname = ${JSON.stringify(slug(name))}\nversion = "0.1.0"\n`,
  },
  cargo: {
    path: 'Cargo.toml' as ProjectPath,
    withPackages: cargoPackages,
    empty: (name) => `[package]\nname = ${JSON.stringify(slug(name))}\nversion = "0.1.0"\nedition = "2021"\n`,
  },
};

/**
 * Turns `[packages]` of all packs into contributions to the project's own manifests, to be merged like any other file: ranges are
 * intersected by the `packages` driver. A package that one pack needs at run time is none of development for any of them. A manifest that
 * no template writes begins as a minimal one.
 */
export function packageContributions(
  packs: readonly PackagesOfPack[],
  rendered: readonly RenderedPack[],
  projectName: string,
): RenderedPack[] {
  const written = new Set(rendered.flatMap(({ files }) => files.map(({ path }) => path)));
  const contributions: RenderedPack[] = [];
  const isRuntime = compileRuntime(packs);
  for (const { pack, packages } of packs) {
    const files = ecosystemsOf(packages).flatMap((ecosystem): RenderedFile[] => {
      const manifest = MANIFESTS[ecosystem];
      const own = packages
        .filter((entry) => entry.ecosystem === ecosystem)
        .map((entry) => ({ ...entry, dev: entry.dev && !isRuntime(entry) }))
        .sort((a, b) => compareText(a.name, b.name));
      const start = written.has(manifest.path) ? [] : [contribution(pack, manifest.path, manifest.empty(projectName))];
      written.add(manifest.path);
      return [...start, contribution(pack, manifest.path, manifest.withPackages(own))];
    });
    if (files.length > 0) contributions.push({ pack, files, injections: [] });
  }
  return contributions;
}

/** Each package once, with the range that each pack asks for; by ecosystem and name. */
export function listPackages(packs: readonly PackagesOfPack[]): PlannedPackage[] {
  const isRuntime = compileRuntime(packs);
  const found = new Map<string, PlannedPackage>();
  for (const { pack, packages } of packs) {
    for (const entry of packages) {
      const { ecosystem, name, version } = entry;
      const before = found.get(packageKey(entry)) ?? { ecosystem, name, dev: !isRuntime(entry), ranges: [] };
      found.set(packageKey(entry), { ...before, ranges: [...before.ranges, { pack, range: version }] });
    }
  }
  return [...found.values()].sort((a, b) => compareText(a.ecosystem, b.ecosystem) || compareText(a.name, b.name));
}

/** Whether some pack needs a package at run time. */
function compileRuntime(packs: readonly PackagesOfPack[]): (entry: EcosystemPackage) => boolean {
  const runtime = new Set(packs.flatMap(({ packages }) => packages.filter(({ dev }) => !dev).map(packageKey)));
  return (entry) => runtime.has(packageKey(entry));
}

/** Names that are one to the ecosystem have one key: Python's by PEP 503, without extras. */
function packageKey({ ecosystem, name }: EcosystemPackage): string {
  const plain =
    ecosystem === 'pypi'
      ? name
          .replace(/\[.*$/, '')
          .toLowerCase()
          .replace(/[-_.]+/g, '-')
      : name;
  return `${ecosystem} ${plain}`;
}

function ecosystemsOf(packages: readonly EcosystemPackage[]): Ecosystem[] {
  return [...new Set(packages.map(({ ecosystem }) => ecosystem))].sort(compareText);
}

function contribution(pack: PackName, path: ProjectPath, text: string): RenderedFile {
  return {
    path,
    content: encodeUtf8(text),
    mode: DEFAULT_MODE,
    pack,
    template: PACKAGES_TEMPLATE,
    onExists: undefined,
    merge: undefined,
  };
}

function npmPackages(packages: readonly EcosystemPackage[]): string {
  const table = (dev: boolean): Record<string, string> =>
    Object.fromEntries(packages.filter((entry) => entry.dev === dev).map(({ name, version }) => [name, version]));
  const parts = [
    ['dependencies', table(false)],
    ['devDependencies', table(true)],
  ] as const;
  return `${JSON.stringify(Object.fromEntries(parts.filter(([, entries]) => Object.keys(entries).length > 0)), null, 2)}\n`;
}

function pythonPackages(packages: readonly EcosystemPackage[]): string {
  const list = (dev: boolean): string =>
    packages
      .filter((entry) => entry.dev === dev)
      .map(({ name, version }) => `  ${JSON.stringify(`${name}${version === '*' ? '' : version}`)},\n`)
      .join('');
  const [runtime, development] = [list(false), list(true)];
  const project = runtime === '' ? '' : `[project]\ndependencies = [\n${runtime}]\n`;
  const groups = development === '' ? '' : `[dependency-groups]\ndev = [\n${development}]\n`;
  return [project, groups].filter((part) => part !== '').join('\n');
}

function cargoPackages(packages: readonly EcosystemPackage[]): string {
  const table = (dev: boolean): string => {
    const lines = packages.filter((entry) => entry.dev === dev).map(({ name, version }) => `${name} = ${JSON.stringify(version)}\n`);
    return lines.length === 0 ? '' : `[${dev ? 'dev-dependencies' : 'dependencies'}]\n${lines.join('')}`;
  };
  return [table(false), table(true)].filter((part) => part !== '').join('\n');
}

/** A name that all three ecosystems accept. */
function slug(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return /^[a-z]/.test(plain) ? plain : `project-${plain}`.replace(/-$/, '');
}
