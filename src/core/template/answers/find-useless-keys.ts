import type { Diagnostic, Severity } from '../../diagnostics/diagnostic.ts';
import { nearest } from '../../text/nearest.ts';
import { stripControlLine } from '../../text/strip-control.ts';
import { describeSource, seeVariables } from './answer-messages.ts';
import type { AnswerEntry, GivenSource, PackVariables } from './answer-types.ts';
import { addressOf, type GivenIndex, type GivenKey, knownKeys } from './given-index.ts';

/**
 * Keys that give a value to nothing: unknown names (errors by flag and file, else warnings), names of computed variables (errors), and
 * names of variables whose condition does not hold (errors by flag, else warnings). What an interview collected, what the files of a project gave, and what the user's settings
 * say for all projects, is left alone.
 */
export function findUselessKeys(packs: readonly PackVariables[], index: GivenIndex, entries: readonly AnswerEntry[]): Diagnostic[] {
  const known = knownKeys(packs);
  const useless = entries.filter(({ status, source }) => status === 'skipped' && (source === 'default' || source === 'none'));
  const skipped = new Map(useless.map((entry) => [addressOf(entry.pack, entry.name), entry]));
  return index.keys.flatMap((key) => {
    if (LEFT_ALONE.has(key.source)) return [];
    if (key.targets.length === 0) return [unknownKey(key, known, packs)];
    if (key.targets.every(({ definition }) => definition.computed !== undefined)) return [computedKey(key)];
    const conditions = key.targets.map(({ pack, definition }) => skipped.get(addressOf(pack, definition.name)));
    const [first] = conditions;
    return first !== undefined && conditions.every((entry) => entry !== undefined) ? [inapplicableKey(key, first)] : [];
  });
}

const LEFT_ALONE: ReadonlySet<GivenSource> = new Set<GivenSource>(['interactive', 'edited', 'inferred', 'settings']);

const UNKNOWN_SEVERITY: Readonly<Record<GivenSource, Severity>> = {
  edited: 'error',
  flag: 'error',
  file: 'error',
  environment: 'warning',
  project: 'warning',
  interactive: 'error',
  inferred: 'warning',
  settings: 'warning',
};

function unknownKey(key: GivenKey, known: readonly string[], packs: readonly PackVariables[]): Diagnostic {
  const wanted = key.source === 'environment' ? key.key.toLowerCase() : key.key;
  const similar = wanted.length > 100 ? [] : nearest(wanted, known);
  const names = packs.map(({ pack }) => pack).join(' or ');
  const advice = similar.length === 0 ? '' : `did you mean ${similar.map((name) => JSON.stringify(name)).join(' or ')}? `;
  const [first] = packs;
  return finding(key, {
    code: 'ANSWER_UNKNOWN',
    severity: UNKNOWN_SEVERITY[key.source],
    message: `${names === '' ? 'no pack' : names} has no variable ${clip(key.key)} (${describeSource(key.source, key.detail)})`,
    suggestion: `${advice}${first === undefined ? 'remove it' : seeVariables(first.pack)}`,
  });
}

function computedKey(key: GivenKey): Diagnostic {
  return finding(key, {
    code: 'ANSWER_NOT_ALLOWED',
    severity: 'error',
    message: `${clip(key.key)} (${describeSource(key.source, key.detail)}) is computed from other variables and takes no value`,
    suggestion: 'remove it',
  });
}

function inapplicableKey(key: GivenKey, entry: AnswerEntry): Diagnostic {
  return finding(key, {
    code: 'ANSWER_NOT_ALLOWED',
    severity: key.source === 'flag' ? 'error' : 'warning',
    message: `${clip(key.key)} (${describeSource(key.source, key.detail)}) has no meaning here: it applies only when ${entry.skippedBecause}`,
    suggestion: 'remove it, or change the answer that the condition depends on',
  });
}

function finding(key: GivenKey, diagnostic: Diagnostic): Diagnostic {
  const where = key.given.kind === 'value' ? key.given.where : undefined;
  const clean = { ...diagnostic, variable: clip(key.key), message: stripControlLine(diagnostic.message) };
  return where === undefined ? clean : { ...clean, where };
}

function clip(name: string): string {
  return name.length > 80 ? `${name.slice(0, 80)}…` : name;
}
