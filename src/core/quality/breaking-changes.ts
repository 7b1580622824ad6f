import semverMajor from 'semver/functions/major.js';
import minVersion from 'semver/ranges/min-version.js';
import type { Pack } from '../pack/pack.ts';
import type { PackDependency, VariableDefinition } from '../pack/pack-manifest.ts';
import { listTemplates } from '../template/list-templates.ts';
import { compareText } from '../text/compare-text.ts';

/** What kind of thing of a pack changed. */
export type ChangedPart = 'variable' | 'output' | 'dependency' | 'package' | 'hook' | 'requirement';

/** One difference between two versions of a pack, as its users meet it. */
export interface PackChange {
  readonly part: ChangedPart;
  readonly change: 'added' | 'removed' | 'changed';
  /** The name of the variable, the output path, the id of the dependency. */
  readonly subject: string;
  /** One clause without a full stop. */
  readonly message: string;
  /** Whether a project or a script that works with the old version can stop working with the new one. */
  readonly isBreaking: boolean;
}

/**
 * Compares what two versions of a pack offer and demand: variables, outputs, dependencies, packages, hooks, and the packsmith they need.
 *
 * Breaking are: a variable removed, given another type, newly required, or taking fewer values than before; an output removed; a
 * dependency added with no version before it or raised to another major version; a packsmith that is demanded anew. An output or a
 * variable that a migration of the new version renames is not lost. Breaking ones come first, then by part and subject.
 */
export function findPackChanges(before: Pack, after: Pack): PackChange[] {
  const changes = [
    ...compareVariables(before, after),
    ...compareOutputs(before, after),
    ...compareDependencies(before.manifest.dependencies, after.manifest.dependencies),
    ...comparePackages(before, after),
    ...compareHooks(before, after),
    ...compareRequirement(before.manifest.requires, after.manifest.requires),
  ];
  const order = (change: PackChange): string => `${change.isBreaking ? 0 : 1} ${change.part} ${change.subject}`;
  return changes.sort((a, b) => compareText(order(a), order(b)));
}

/** Only what breaks; see `findPackChanges`. */
export function findBreakingChanges(before: Pack, after: Pack): PackChange[] {
  return findPackChanges(before, after).filter(({ isBreaking }) => isBreaking);
}

// Variables

function compareVariables(before: Pack, after: Pack): PackChange[] {
  const old = byName(before.manifest.variables);
  const now = byName(after.manifest.variables);
  const renamed = new Map(after.manifest.migrations.flatMap(({ renameVariables }) => [...renameVariables]));
  const removed = [...old.values()].filter(({ name }) => !now.has(name)).map((variable) => describeRemoved(variable, renamed, now));
  const added = [...now.values()].filter(({ name }) => !old.has(name)).map((variable) => describeAdded(variable, renamed));
  const changed = [...now.values()].flatMap((variable) => {
    const previous = old.get(variable.name);
    return previous === undefined ? [] : compareVariable(previous, variable);
  });
  return [...removed, ...added, ...changed];
}

function byName(variables: readonly VariableDefinition[]): Map<string, VariableDefinition> {
  return new Map(variables.map((variable) => [variable.name, variable]));
}

function describeRemoved(
  { name, computed }: VariableDefinition,
  renamed: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, unknown>,
): PackChange {
  const target = renamed.get(name);
  const isMoved = target !== undefined && now.has(target);
  const message = isMoved ? `the variable ${name} is now ${target}` : `the variable ${name} was removed`;
  return { part: 'variable', change: 'removed', subject: name, message, isBreaking: !isMoved && computed === undefined };
}

function describeAdded(variable: VariableDefinition, renamed: ReadonlyMap<string, string>): PackChange {
  const { name } = variable;
  const isAsked = isRequired(variable) && ![...renamed.values()].includes(name);
  const message = isAsked ? `the variable ${name} is new and must be given` : `the variable ${name} is new`;
  return { part: 'variable', change: 'added', subject: name, message, isBreaking: isAsked };
}

function isRequired({ required, when, computed, default: fallback }: VariableDefinition): boolean {
  return required && when === undefined && computed === undefined && fallback === undefined;
}

function compareVariable(before: VariableDefinition, after: VariableDefinition): PackChange[] {
  const { name } = after;
  const found: PackChange[] = [];
  const add = (message: string, isBreaking: boolean): void => {
    found.push({ part: 'variable', change: 'changed', subject: name, message, isBreaking });
  };
  if (before.type !== after.type) add(`the variable ${name} was ${before.type} and is ${after.type}`, !isWider(before.type, after.type));
  if (!isRequired(before) && isRequired(after)) add(`the variable ${name} must be given now`, true);
  if (before.computed === undefined && after.computed !== undefined) add(`the variable ${name} is computed now and cannot be given`, true);
  const lost = lostChoices(before, after);
  if (lost.length > 0) add(`the variable ${name} no longer takes ${lost.join(', ')}`, true);
  for (const limit of narrowedLimits(before, after)) add(`the variable ${name} has a narrower ${limit}`, true);
  if (after.pattern !== undefined && before.pattern !== after.pattern) add(`the variable ${name} has another pattern`, true);
  if (formatDefault(before) !== formatDefault(after)) add(`the variable ${name} has another default`, false);
  return found;
}

/** Every text is a longer text, every integer a number. */
function isWider(before: VariableDefinition['type'], after: VariableDefinition['type']): boolean {
  return (before === 'integer' && after === 'number') || (['path', 'url', 'email'].includes(before) && after === 'string');
}

function lostChoices(before: VariableDefinition, after: VariableDefinition): string[] {
  if (after.choices.length === 0) return [];
  const now = new Set(after.choices.map(({ value }) => value));
  return before.choices.filter(({ value }) => !now.has(value)).map(({ value }) => String(value));
}

const LOWER_LIMITS = ['min', 'minLength', 'minItems'] as const;
const UPPER_LIMITS = ['max', 'maxLength', 'maxItems'] as const;
const LIMIT_NAMES = {
  min: 'minimum',
  minLength: 'least length',
  minItems: 'least number of items',
  max: 'maximum',
  maxLength: 'greatest length',
  maxItems: 'greatest number of items',
} as const;

function narrowedLimits(before: VariableDefinition, after: VariableDefinition): string[] {
  const lower = LOWER_LIMITS.filter((key) => (after[key] ?? -Infinity) > (before[key] ?? -Infinity));
  const upper = UPPER_LIMITS.filter((key) => (after[key] ?? Infinity) < (before[key] ?? Infinity));
  return [...lower, ...upper].map((key) => LIMIT_NAMES[key]);
}

function formatDefault({ default: value }: VariableDefinition): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return `${part}n`;
    return part instanceof Map ? [...part] : part;
  });
}

// Outputs

function compareOutputs(before: Pack, after: Pack): PackChange[] {
  const old = outputsOf(before);
  const now = outputsOf(after);
  const renames = after.manifest.migrations.flatMap(({ rename }) => [...rename]);
  const removed = [...old]
    .filter((output) => !now.has(output))
    .map((output): PackChange => {
      const target = renames.map(([from, to]) => renamedPath(output, from, to)).find((path) => path !== undefined && now.has(path));
      const message = target === undefined ? `${output} is no longer generated` : `${output} is now ${target}`;
      return { part: 'output', change: 'removed', subject: output, message, isBreaking: target === undefined };
    });
  const added = [...now]
    .filter((output) => !old.has(output))
    .map((output): PackChange => {
      return { part: 'output', change: 'added', subject: output, message: `${output} is generated`, isBreaking: false };
    });
  return [...removed, ...added];
}

function outputsOf(pack: Pack): Set<string> {
  return new Set(listTemplates(pack).flatMap(({ outputTemplate }) => outputTemplate ?? []));
}

function renamedPath(output: string, from: string, to: string): string | undefined {
  if (from.endsWith('/') && output.startsWith(from)) return `${to}${output.slice(from.length)}`;
  return output === from ? to : undefined;
}

// Dependencies, packages, hooks, packsmith itself

function compareDependencies(before: readonly PackDependency[], after: readonly PackDependency[]): PackChange[] {
  const old = new Map(before.map((dependency) => [dependency.id, dependency]));
  const now = new Map(after.map((dependency) => [dependency.id, dependency]));
  const removed = before
    .filter(({ id }) => !now.has(id))
    .map(({ id }): PackChange => {
      return { part: 'dependency', change: 'removed', subject: id, message: `it no longer needs ${id}`, isBreaking: false };
    });
  const others = after.flatMap(({ id, version, optional }): PackChange[] => {
    const previous = old.get(id);
    if (previous === undefined) {
      const message = optional ? `it works with ${id} ${version}` : `it needs ${id} ${version}`;
      return [{ part: 'dependency', change: 'added', subject: id, message, isBreaking: false }];
    }
    if (previous.version === version) return [];
    const isBreaking = majorOf(previous.version) !== majorOf(version);
    return [
      {
        part: 'dependency',
        change: 'changed',
        subject: id,
        message: `it needs ${id} ${version} instead of ${previous.version}`,
        isBreaking,
      },
    ];
  });
  return [...removed, ...others];
}

/** The least major version of a range, with the minor one where the major is 0, as SemVer counts what breaks. */
function majorOf(range: string): string {
  const least = minVersion(range);
  if (least === null) return range;
  const major = semverMajor(least);
  return major === 0 ? `0.${least.minor}` : String(major);
}

function comparePackages(before: Pack, after: Pack): PackChange[] {
  const keyed = (pack: Pack): Map<string, string> =>
    new Map(pack.manifest.packages.map(({ ecosystem, name, version }) => [`${ecosystem}:${name}`, version]));
  const old = keyed(before);
  const now = keyed(after);
  const removed = [...old].filter(([key]) => !now.has(key)).map(([key]) => toPackageChange('removed', key, `${key} is no longer added`));
  const others = [...now].flatMap(([key, version]) => {
    const previous = old.get(key);
    if (previous === undefined) return [toPackageChange('added', key, `${key} ${version} is added`)];
    return previous === version ? [] : [toPackageChange('changed', key, `${key} ${version} instead of ${previous}`)];
  });
  return [...removed, ...others];
}

function toPackageChange(change: PackChange['change'], subject: string, message: string): PackChange {
  return { part: 'package', change, subject, message, isBreaking: false };
}

function compareHooks(before: Pack, after: Pack): PackChange[] {
  const keyed = (pack: Pack): Map<string, string> =>
    new Map(pack.manifest.hooks.map(({ stage, name, run }) => [`${stage} ${name}`, JSON.stringify(run)]));
  const old = keyed(before);
  const now = keyed(after);
  const toChange = (change: PackChange['change'], subject: string, message: string): PackChange => {
    return { part: 'hook', change, subject, message, isBreaking: false };
  };
  const removed = [...old].filter(([key]) => !now.has(key)).map(([key]) => toChange('removed', key, `the hook ${key} is gone`));
  const others = [...now].flatMap(([key, run]) => {
    if (!old.has(key)) return [toChange('added', key, `the hook ${key} is new`)];
    return old.get(key) === run ? [] : [toChange('changed', key, `the hook ${key} runs something else`)];
  });
  return [...removed, ...others];
}

function compareRequirement(before: string | undefined, after: string | undefined): PackChange[] {
  if (before === after) return [];
  const message = after === undefined ? 'it works with any packsmith' : `it needs packsmith ${after}`;
  return [{ part: 'requirement', change: 'changed', subject: 'packsmith', message, isBreaking: after !== undefined }];
}
