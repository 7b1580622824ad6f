import { joinDevelopment } from './join-development.ts';
import { jsonFormat } from './json.ts';
import type { MergeDriver, MergeInput } from './merge-driver.ts';
import { intersectCargoRanges } from './ranges/cargo-ranges.ts';
import { intersectNpmRanges } from './ranges/npm-ranges.ts';
import { joinRequirements, requirementKey } from './ranges/python-requirements.ts';
import { joinPythonSpecifiers } from './ranges/python-specifiers.ts';
import { tomlFormat } from './toml.ts';
import type { MergeRules, TreePath } from './tree/merge-rules.ts';
import { mergeTrees } from './tree/merge-trees.ts';

/**
 * Merges package manifests like the JSON or TOML they are, and joins version ranges of one dependency by the rules of its ecosystem:
 * ranges that exclude each other are a conflict, as are two different scripts of one name. Chosen by file name, TOML or JSON otherwise.
 */
export const mergePackages: MergeDriver = (input) => {
  const name = input.path.slice(input.path.lastIndexOf('/') + 1).toLowerCase();
  if (name === 'cargo.toml') return mergeTrees(input, tomlFormat, rulesFor(CARGO, input));
  if (name.endsWith('.toml')) return mergeTrees(input, tomlFormat, rulesFor(PYTHON, input));
  return mergeTrees(input.base === undefined ? joinDevelopment(input) : input, jsonFormat, rulesFor(NPM, input));
};

/** Joins two ranges; `undefined` where no version satisfies both, or where one is no range. */
type JoinRanges = (ours: string, theirs: string) => string | undefined;

interface Ecosystem {
  readonly itemKey?: NonNullable<MergeRules['itemKey']>;
  /** How the ranges at a place are joined; `undefined` where there are none. */
  readonly joinAt: (path: TreePath) => JoinRanges | undefined;
}

/** The rules of an ecosystem, with the favoured side where ranges exclude each other, and with words for it. */
function rulesFor({ joinAt, ...rules }: Ecosystem, { favour }: MergeInput): MergeRules {
  return {
    ...rules,
    combine: (sides, path) => joinAt(path)?.(sides.ours, sides.theirs) ?? (favour === undefined ? undefined : sides[favour]),
    explain: (sides, path) =>
      joinAt(path) !== undefined && isRange(sides.ours) && isRange(sides.theirs) ? 'no version satisfies both' : undefined,
  };
}

/** A range of versions, not an address or an alias. */
function isRange(text: string): boolean {
  return /\d/.test(text) && !/[:/]/.test(text);
}

const NPM_TABLES = new Set(['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies', 'engines']);

const NPM: Ecosystem = {
  joinAt: (path) => (path.length === 2 && NPM_TABLES.has(path[0] ?? '') ? intersectNpmRanges : undefined),
};

const CARGO_TABLES = new Set(['dependencies', 'dev-dependencies', 'build-dependencies']);

const CARGO: Ecosystem = {
  joinAt: (path) => (isDependency(path, (key) => CARGO_TABLES.has(key)) ? intersectCargoRanges : undefined),
};

/** Whether a path leads to the version of a dependency: `table.name` or `table.name.version`. */
function isDependency(path: TreePath, isTable: (key: string) => boolean): boolean {
  const table = path.findIndex(isTable);
  const rest = path.slice(table + 1);
  return table !== -1 && (rest.length === 1 || (rest.length === 2 && rest[1] === 'version'));
}

const PYTHON: Ecosystem = {
  itemKey: (item, path) => (item.kind === 'scalar' && isRequirementList(path) ? requirementKey(item.value) : undefined),
  joinAt: (path) => {
    if (path.join('.') === 'project.requires-python') return joinPythonSpecifiers;
    if (isRequirementList(path.slice(0, -1))) return joinRequirements;
    const isPoetry = path[0] === 'tool' && path[1] === 'poetry' && isDependency(path, (key) => key === 'dependencies');
    return isPoetry ? intersectPoetryRanges : undefined;
  },
};

const REQUIREMENT_LISTS = [
  /^project\.dependencies$/,
  /^project\.optional-dependencies\.[^.]+$/,
  /^dependency-groups\.[^.]+$/,
  /^build-system\.requires$/,
];

function isRequirementList(path: TreePath): boolean {
  const place = path.join('.');
  return REQUIREMENT_LISTS.some((pattern) => pattern.test(place));
}

/** Poetry's carets and tildes; a bare version is exact, as in npm. */
function intersectPoetryRanges(ours: string, theirs: string): string | undefined {
  const joined = joinPythonSpecifiers(ours, theirs);
  if (joined !== undefined) return joined;
  const shared = intersectNpmRanges(ours.replaceAll(',', ' '), theirs.replaceAll(',', ' '));
  if (shared === ours.replaceAll(',', ' ')) return ours;
  return shared === theirs.replaceAll(',', ' ') ? theirs : shared?.replaceAll(' ', ',');
}
