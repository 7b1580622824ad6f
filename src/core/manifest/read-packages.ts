import type { Ecosystem, EcosystemPackage, PackDependency } from '../pack/pack-manifest.ts';
import { findForeignLetter, findPackNameProblem, isPackName } from '../pack/pack-name.ts';
import { isVersionRange } from '../pack/versions.ts';
import { type KeyPath, quote } from './key-path.ts';
import type { Problems } from './problems.ts';
import { isTable, readBoolean, readEntries, readString, readTable, type Table } from './table.ts';

export const RANGE_HINT = 'write a range such as "^1.2.0", ">=1.2 <3" or "*"';

/** Reads `[dependencies]`: ids, ranges, and that the pack does not depend on itself. */
export function readDependencies(document: Table, problems: Problems): PackDependency[] {
  const own = readString(readTable(document, 'pack'), 'id');
  return readEntries(document, 'dependencies').flatMap(([id, entry]) => {
    const path = ['dependencies', id];
    const isValid = checkPackName(path, id, problems);
    if (id === own) problems.conflict(path, 'a pack cannot depend on itself', 'remove it');
    const version = checkRange(path, entry, problems);
    if (version === undefined || !isValid || !isPackName(id)) return [];
    const table = isTable(entry) ? entry : {};
    return [{ id, version, optional: readBoolean(table, 'optional') ?? false, reason: readString(table, 'reason') }];
  });
}

/** Reports a key that is not a pack id; tells whether it is one. */
export function checkPackName(path: KeyPath, id: string, problems: Problems): boolean {
  if (isPackName(id)) return true;
  const message = `${quote(id)} is not a pack id: ${findForeignLetter(id) ?? findPackNameProblem(id)}`;
  const plain = id.toLowerCase().replaceAll(/\s+/g, '-');
  const suggestion = isPackName(plain) ? `write ${quote(plain)}` : 'write "name" or "@scope/name"';
  problems.add({ code: 'MANIFEST_INVALID_VALUE', severity: 'error', at: 'key', path, message, suggestion });
  return false;
}

/** The range of a dependency written as a string or as a table with `version`, checked; `undefined` when it has the wrong type. */
export function checkRange(path: KeyPath, entry: unknown, problems: Problems): string | undefined {
  const version = isTable(entry) ? readString(entry, 'version') : entry;
  if (typeof version !== 'string') return undefined;
  const at = isTable(entry) ? [...path, 'version'] : path;
  if (!isVersionRange(version)) problems.invalid(at, `${quote(version)} is not a version range`, RANGE_HINT);
  return version;
}

/** Reads `[packages.npm]`, `[packages.pypi]` and `[packages.cargo]`. */
export function readPackages(document: Table, problems: Problems): EcosystemPackage[] {
  const ecosystems = readTable(document, 'packages');
  return ECOSYSTEMS.flatMap((grammar) =>
    readEntries(ecosystems, grammar.ecosystem).flatMap(([name, entry]) => readPackage(name, entry, { grammar, problems })),
  );
}

interface Grammar {
  readonly ecosystem: Ecosystem;
  readonly name: RegExp;
  readonly isRange: (text: string) => boolean;
  readonly example: string;
}

const PYTHON_CLAUSE = /^(?:~=|===?|!=|<=?|>=?)\s*[A-Za-z0-9][\w.!+-]*(?:\.\*)?$/;
const CARGO_CLAUSE = /^(?:\^|~|=|<=?|>=?)?\s*\d+(?:\.(?:\d+|\*)){0,2}(?:-[\w.-]+)?(?:\+[\w.-]+)?$/;

const ECOSYSTEMS: readonly Grammar[] = [
  {
    ecosystem: 'npm',
    name: /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/,
    isRange: isVersionRange,
    example: '"^5.0.0"',
  },
  {
    ecosystem: 'pypi',
    name: /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?(?:\[[\w.,\s-]+\])?$/,
    isRange: (text) => text === '*' || isListOf(text, PYTHON_CLAUSE),
    example: '">=2.1,<3"',
  },
  { ecosystem: 'cargo', name: /^[A-Za-z][\w-]*$/, isRange: (text) => text === '*' || isListOf(text, CARGO_CLAUSE), example: '"1.2"' },
];

function isListOf(text: string, clause: RegExp): boolean {
  return text.length <= 256 && text.split(',').every((part) => clause.test(part.trim()));
}

function readPackage(name: string, entry: unknown, context: { grammar: Grammar; problems: Problems }): EcosystemPackage[] {
  const { grammar, problems } = context;
  const { ecosystem } = grammar;
  const path = ['packages', ecosystem, name];
  if (name.length > 214 || !grammar.name.test(name)) {
    const message = `${quote(name)} is not the name of a package of ${ecosystem}`;
    problems.add({ code: 'MANIFEST_INVALID_VALUE', severity: 'error', at: 'key', path, message });
  }
  const table = isTable(entry) ? entry : {};
  const version = typeof entry === 'string' ? entry : readString(table, 'version');
  if (version === undefined) return [];
  if (!grammar.isRange(version)) {
    const at = isTable(entry) ? [...path, 'version'] : path;
    problems.invalid(at, `${quote(version)} is not a version range of ${ecosystem}`, `write for example ${grammar.example}`);
  }
  return [{ ecosystem, name, version, dev: readBoolean(table, 'dev') ?? false, when: readString(table, 'when') }];
}
