// The part of docs/security-audit.md about dependencies, from what is installed.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import recorded from '../../docs/registers/dependencies.json' with { type: 'json' };
import { formatTable } from '../../src/cli/reference.ts';

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The libraries that the program runs, as they are installed. `docs/registers/dependencies.json` has what registries said of them, and what they touch. */
export function formatDependencies(root = findRoot()): string {
  const imports = findImports(root);
  const rows = [...imports]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, folders]) => {
      const { version, license } = readPackage(root, name);
      const fact = recorded.packages.find((known) => known.name === name);
      if (fact === undefined) throw new Error(`docs/registers/dependencies.json has no ${name}: run tools/review-dependencies.mjs`);
      const newest = fact.latest === version ? 'yes' : `no, ${fact.latest}`;
      const state = fact.deprecated ? 'deprecated' : newest;
      return [
        `\`${name}\``,
        version,
        license,
        String(countBelow(root, name)),
        [...folders]
          .sort()
          .map((folder) => `\`${folder}\``)
          .join(', '),
        fact.touches,
        state,
      ];
    });
  const table = formatTable(['package', 'version', 'licence', 'brings', 'enters through', 'what it is given', 'newest'], rows);
  return `${table.trim()}\n\nWhether a version is the newest is what the registry said on ${recorded.date}.`;
}

const NAME = "((?:@[\\w.-]+/)?[\\w-][\\w.-]*)(?:/[^']*)?'";
/** `import … from 'NAME'`, `import('NAME')`. */
const IMPORT = new RegExp(`^(?:import|export)\\b[^'"]*?\\bfrom '${NAME};|\\bimport\\('${NAME}\\)`, 'gm');

/** What the program's sources import from npm, types aside, and the folders below `src` that do. */
function findImports(root: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const file of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    const path = file.replaceAll('\\', '/');
    if (!/(?<!\.test|\.d)\.ts$/.test(path) || path.startsWith('testing/')) continue;
    const text = readFileSync(join(root, 'src', file), 'utf8').replace(/^(?:import|export) type [^;]*;/gm, '');
    for (const match of text.matchAll(IMPORT)) {
      const name = match[1] ?? match[2] ?? '';
      found.set(name, (found.get(name) ?? new Set()).add(dirname(path)));
    }
  }
  return found;
}

/** How many packages come with one, each once. */
function countBelow(root: string, name: string): number {
  const seen = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const dependency of Object.keys(readPackage(root, next).dependencies ?? {})) {
      if (seen.has(dependency)) continue;
      seen.add(dependency);
      open.push(dependency);
    }
  }
  return seen.size;
}

function readPackage(root: string, name: string): PackageJson {
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as PackageJson;
}

/** The directory above this file, wherever it was bundled to, that is the package's. */
function findRoot(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); ; at = dirname(at)) {
    if (readdirSync(at).includes('package-lock.json') && readdirSync(at).includes('src')) return at;
    if (dirname(at) === at) throw new Error('the repository was not found');
  }
}
