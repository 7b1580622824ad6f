// The test files that mutants can meet: those that load a mutated file, themselves or by what they load.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Tests outside of the core's layers that run the core in their own process; of the built program they take what the core starts. */
const MORE_TESTS = [
  'src/adapters/signing/signing.test.ts',
  'test/merge-oracle.test.ts',
  'test/jinja-oracle/oracle.test.ts',
  'test/jinja-oracle/extensions.test.ts',
  'test/jinja-oracle/regex.test.ts',
  'test/foreign/cargo-generate/conformance.test.ts',
  'test/foreign/cookiecutter/conformance.test.ts',
  'test/foreign/copier/conformance.test.ts',
  'test/foreign/ggen/conformance.test.ts',
  'test/foreign/copier/python-yaml.test.ts',
  'test/foreign/in-memory.test.ts',
  'test/foreign/translations.test.ts',
  'test/compose/pack-cases.test.ts',
  'test/model/adopt-and-merge.test.ts',
  'test/quality/shipped-packs.test.ts',
];

/** `own`: those beside the mutated files, which are cheap; `all`: whatever loads one of them. */
export type WhichTests = 'own' | 'all';

/** Absolute paths. `mutated` are paths relative to the repository. */
export function listTests(repository: string, mutated: readonly string[], which: WhichTests): string[] {
  const wanted = new Set(mutated.map((file) => join(repository, file)));
  const imports = new Map<string, readonly string[]>();
  const importsOf = (file: string) => {
    const known = imports.get(file) ?? readImports(file);
    imports.set(file, known);
    return known;
  };
  const reaches = (test: string) => {
    const seen = new Set([test]);
    for (const file of seen) for (const imported of importsOf(file)) seen.add(imported);
    return [...seen].some((file) => wanted.has(file));
  };
  // The layers that run the core in memory; what adapters do takes a disk and processes.
  const own = readdirSync(join(repository, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.test.ts') && !file.startsWith('src/adapters/'));
  const folders = new Set(mutated.map(folderOf));
  const wantedTests = which === 'all' ? [...own, ...MORE_TESTS] : own.filter((file) => folders.has(folderOf(file)));
  return wantedTests
    .sort()
    .map((file) => join(repository, file))
    .filter(reaches);
}

/** `src/core/NAME`. */
const folderOf = (file: string): string => file.split('/').slice(0, 3).join('/');

/** What is loaded when the module is, or while it runs. */
function readImports(file: string): string[] {
  const specifiers = readFileSync(file, 'utf8').matchAll(/(?:\bfrom |\bimport\(|\bimport )'(\.[^']+\.ts)'/g);
  return [...specifiers].map(([, specifier]) => join(dirname(file), specifier ?? ''));
}
