import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const HERE = import.meta.dirname;

/**
 * Installs the peers that come from npm, once, into a cache directory, and looks for those that the system has.
 * A peer that is not there is missing from the comparison, and `missing` says why.
 */
export function findPeers(cache) {
  const missing = [];
  const modules = installFromNpm(cache, missing);
  const cookiecutter = findOnPath('cookiecutter');
  if (cookiecutter === undefined) missing.push('cookiecutter is not installed (`apt-get install cookiecutter`, or with pip)');
  const binary = (name, file) => (modules === undefined ? undefined : join(modules, name, file));
  return {
    plop: binary('plop', 'bin/plop.js'),
    hygen: binary('hygen', 'dist/bin.js'),
    cookiecutter,
    /** The directory in which Node finds Comunica and N3. */
    comunica: modules === undefined ? undefined : join(modules, '..'),
    versions: versions(modules, cookiecutter),
    missing,
  };
}

function installFromNpm(cache, missing) {
  const directory = join(cache, 'peers');
  const modules = join(directory, 'node_modules');
  const isCurrent = ['package.json', 'package-lock.json'].every((file) => isSame(join(HERE, file), join(directory, file)));
  if (isCurrent && existsSync(join(modules, '.package-lock.json'))) return modules;
  mkdirSync(directory, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(HERE, file), join(directory, file));
  console.error(`installing plop, hygen and Comunica into ${directory} …`);
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: directory,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (npm.status === 0) return modules;
  missing.push(`plop, hygen and Comunica could not be installed: ${npm.error ?? npm.stderr.trim()}`);
  return undefined;
}

function isSame(a, b) {
  return existsSync(b) && readFileSync(a, 'utf8') === readFileSync(b, 'utf8');
}

function findOnPath(program) {
  return (process.env.PATH ?? '')
    .split(':')
    .map((directory) => join(directory, program))
    .find(existsSync);
}

function versions(modules, cookiecutter) {
  const found = {};
  for (const name of modules === undefined ? [] : ['plop', 'hygen', '@comunica/query-sparql-rdfjs-lite']) {
    found[name] = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')).version;
  }
  if (cookiecutter !== undefined) {
    found.cookiecutter = spawnSync(cookiecutter, ['--version'], { encoding: 'utf8' }).stdout.match(/\d+(\.\d+)+/)?.[0] ?? 'unknown';
  }
  return found;
}
