import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

describe('the published package', () => {
  const published = listPublished();

  it('has every file of every pack, though npm leaves out files of some names', () => {
    expect(published.filter((path) => path.startsWith('packs/'))).toEqual(listFiles('packs'));
  });

  it('has what runs, what is read, and nothing else', () => {
    const others = published.filter((path) => !/^(?:packs|dist|schemas)\//.test(path));
    expect(others).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'bin/packsmith.cjs', 'package.json']);
  });
});

describe('the lockfile', () => {
  const text = readFileSync(join(REPOSITORY, 'package-lock.json'), 'utf8');
  const { packages } = JSON.parse(text) as { packages: Record<string, LockedPackage> };

  it('has the optional packages of every platform, without which `npm ci` refuses', () => {
    const wanted = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
      ),
    );
    expect(wanted).toEqual([]);
  });

  it('names no host', () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });
});

function listPublished(): string[] {
  const output = execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], {
    cwd: REPOSITORY,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files } = { files: [] }] = JSON.parse(output) as { files: { path: string }[] }[];
  return files.map(({ path }) => path).sort();
}

function listFiles(directory: string): string[] {
  return readdirSync(join(REPOSITORY, directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(REPOSITORY, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}
