// Checks the licences of all packages that the program's sources import, and of what those depend on: they are bundled, so that their licences must
// allow it and their texts must be handed on. `--write` also writes these texts to dist/THIRD-PARTY-LICENSES.txt.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Licences that ask for nothing but that their text is kept. */
const ALLOWED = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'CC0-1.0', 'Unlicense'];

const problems = [];
const packages = new Map();
const { dependencies: external } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
for (const name of importedPackages()) {
  if (name in external) checkExternal(name);
  else addPackage(name, root, 'src');
}

const sorted = [...packages.values()].sort((a, b) => (a.title < b.title ? -1 : 1));
for (const { title, license, text, because } of sorted) {
  if (!ALLOWED.includes(license))
    problems.push(`${title} (for ${because}) has the licence ${license}, which is not among ${ALLOWED.join(', ')}`);
  if (text === undefined) problems.push(`${title} (for ${because}) has no file with its licence`);
}
for (const problem of problems) console.error(problem);
console.log(`licences: ${sorted.length} bundled packages, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
if (process.argv.includes('--write') && problems.length === 0) writeTexts();

/** What is installed beside the program comes with its own text; of several licences that it offers, one has to be allowed. */
function checkExternal(name) {
  const { license } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
  if (!license.split(' OR ').some((choice) => ALLOWED.includes(choice))) problems.push(`${name} has the licence ${license}`);
}

/** What the program imports from npm; imports of types are gone when it is built. */
function importedPackages() {
  const files = readdirSync(join(root, 'src'), { recursive: true }).filter((file) => /(?<!\.test|\.d)\.ts$/.test(file));
  const specifiers = files.flatMap((file) => {
    const text = readFileSync(join(root, 'src', file), 'utf8').replace(/^(?:import|export) type [^;]*;/gm, '');
    return ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
  });
  const foreign = specifiers.filter((name) => !name.startsWith('.') && !name.startsWith('node:') && !builtinModules.includes(name));
  return new Set(
    foreign.map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    ),
  );
}

function addPackage(name, from, because) {
  const directory = findPackage(name, from);
  if (directory === undefined) {
    problems.push(`${name} (for ${because}) is not installed`);
    return;
  }
  if (packages.has(directory)) return;
  const { version, license, dependencies = {} } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const file = readdirSync(directory).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? undefined : readFileSync(join(directory, file), 'utf8').trim();
  packages.set(directory, { title: `${name} ${version}`, license, text, because });
  for (const dependency of Object.keys(dependencies)) addPackage(dependency, directory, name);
}

/** As Node finds it: in the nearest `node_modules` upwards. */
function findPackage(name, from) {
  for (let at = from; at.startsWith(root); at = dirname(at)) {
    const directory = join(at, 'node_modules', name);
    try {
      readFileSync(join(directory, 'package.json'));
      return directory;
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
    }
  }
  return undefined;
}

function writeTexts() {
  const parts = sorted.map(({ title, license, text }) => `${title} (${license})\n\n${text}\n`);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(
    join(root, 'dist', 'THIRD-PARTY-LICENSES.txt'),
    `packsmith contains parts of these packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`,
  );
}
