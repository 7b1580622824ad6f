import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { VariableDefinition } from '../../pack/pack-manifest.ts';
import type { PackName } from '../../pack/pack-name.ts';
import type { Value, ValueMap } from '../../pack/values.ts';
import { invalidAnswer, missingAnswer } from './answer-messages.ts';
import type {
  AnswerEntry,
  AnswerOutcome,
  AnswerRequest,
  AnswerSource,
  AnswerStatus,
  GivenSource,
  OwnEvaluation,
  PackVariables,
} from './answer-types.ts';
import { checkAnswer } from './check-answer.ts';
import { checkConstraints } from './check-constraints.ts';
import { emptyValue } from './empty-value.ts';
import {
  type DefinitionOutcome,
  evaluateComputed,
  evaluateDefault,
  evaluateWhen,
  findOwnProblem,
  refineDefinition,
  type Scope,
} from './evaluate-definition.ts';
import { findTypeConflicts } from './find-type-conflicts.ts';
import { findUselessKeys } from './find-useless-keys.ts';
import { addressOf, type Found, type GivenIndex, indexGiven } from './given-index.ts';

/**
 * Gives every variable of every pack its value, from the strongest source that has one, else from its default, and reports everything that
 * is wrong at once. Pure: the same request gives the same outcome.
 *
 * Packs that declare the same name with the same type share one value (`shared = false` and computed variables excepted, and those that a
 * source addresses as `pack.name`); the first pack to which the variable applies settles it, and every pack that shares it checks it.
 * What depends on a variable that has no valid value is not evaluated, so that each fault is reported once.
 *
 * @throws PacksmithError `LIMIT_EXCEEDED` when a default, a condition or an expression goes over the evaluator's budget.
 */
export function resolveAnswers(request: AnswerRequest): AnswerOutcome {
  const index = indexGiven(request);
  const walk: Walk = { request, index, shared: new Map(), entries: [], diagnostics: [] };
  const answers = new Map<PackName, ValueMap>();
  for (const pack of request.packs) answers.set(pack.pack, resolvePack(pack, walk));
  const entries = walk.entries.map(({ entry, packs }): AnswerEntry => ({ ...entry, packs }));
  return {
    answers,
    entries,
    diagnostics: [...findTypeConflicts(request.packs, index), ...walk.diagnostics, ...findUselessKeys(request.packs, index, entries)],
    missing: entries.filter((entry) => entry.status === 'missing'),
  };
}

interface Walk {
  readonly request: AnswerRequest;
  readonly index: GivenIndex;
  readonly shared: Map<string, Growing>;
  readonly entries: Growing[];
  readonly diagnostics: Diagnostic[];
}

/** An entry, and the packs that have come to share it. */
interface Growing {
  readonly entry: AnswerEntry;
  readonly packs: PackName[];
}

interface Step {
  readonly definition: VariableDefinition;
  readonly scope: Scope;
  readonly walk: Walk;
  readonly own: OwnEvaluation | undefined;
}

type Settled = Pick<AnswerEntry, 'status' | 'value' | 'source' | 'detail' | 'skippedBecause'>;

function resolvePack({ pack, variables, own }: PackVariables, walk: Walk): ValueMap {
  const answers = new Map<string, Value>();
  const { evaluator, context } = own ?? walk.request;
  const names = new Map(context);
  const whereIs = own?.whereIs ?? (() => ({ file: 'pack.toml' }));
  const scope: Scope = { pack, variables, names, unresolved: new Set(), evaluator, whereIs };
  for (const definition of variables) {
    const value = resolveVariable({ definition, scope, walk, own });
    if (value === undefined) {
      scope.unresolved.add(definition.name);
      continue;
    }
    answers.set(definition.name, value);
    names.set(definition.name, value);
  }
  return answers;
}

/** The value for this pack, or `undefined` where there is none. */
function resolveVariable(declared: Step): Value | undefined {
  const refined = refineDefinition(declared.definition, declared.scope, declared.own);
  if (refined.kind !== 'value') return record(declared, unevaluated(declared, refined)).entry.value;
  const step = { ...declared, definition: refined.value.definition ?? declared.definition };
  const known = refined.value.applies;
  const applies = known === undefined ? evaluateWhen(step.definition, step.scope) : ({ kind: 'value', value: known } as const);
  if (applies.kind === 'value' && applies.value === false) return record(step, skipped(step)).entry.value;
  if (applies.kind !== 'value') return record(step, unevaluated(step, applies)).entry.value;
  const sharingKey = sharingKeyOf(step);
  const shared = sharingKey === undefined ? undefined : step.walk.shared.get(sharingKey);
  if (shared !== undefined) return joinShared(step, shared);
  const growing = record(step, checkOwn(step, settle(step)));
  if (sharingKey !== undefined) step.walk.shared.set(sharingKey, growing);
  return growing.entry.value;
}

/** The key of what is shared; variables of two types with one name are a conflict that is reported elsewhere, and are resolved apart. */
function sharingKeyOf({ definition, scope, walk }: Step): string | undefined {
  const isApart = !definition.shared || definition.computed !== undefined || walk.index.isAddressed(scope.pack, definition.name);
  return isApart ? undefined : `${definition.type} ${definition.name}`;
}

function joinShared({ definition, scope, walk }: Step, shared: Growing): Value | undefined {
  shared.packs.push(scope.pack);
  const { value, source, detail } = shared.entry;
  if (value === undefined || source === undefined) return undefined;
  const isNone = source === 'none';
  if (isNone && !definition.required) return value;
  const checked = checkConstraints(value, definition);
  if (checked.kind === 'valid') return checked.value;
  const found: Found = {
    given: { kind: 'value', value },
    source: isGiven(source) ? source : 'project',
    detail: detail ?? `the ${source} of ${shared.entry.pack}`,
  };
  walk.diagnostics.push(
    invalidAnswer({ pack: scope.pack, definition }, found, { ...checked, problem: `${checked.problem} (${scope.pack} shares it)` }),
  );
  return undefined;
}

function isGiven(source: AnswerSource): source is Found['source'] {
  return source !== 'default' && source !== 'computed' && source !== 'none';
}

function settle(step: Step): Settled {
  const { definition, scope, walk } = step;
  if (definition.computed !== undefined) return fromDefinition(step, evaluateComputed(definition, scope), 'computed');
  const found = walk.index.find(scope.pack, definition.name);
  if (found !== undefined) return settleGiven(step, found);
  if (definition.default !== undefined) return fromDefinition(step, evaluateDefault(definition, scope), 'default');
  if (!definition.required) return outcome('settled', emptyValue(definition.type), 'none');
  walk.diagnostics.push(missingAnswer({ pack: scope.pack, definition }));
  return outcome('missing', undefined, undefined);
}

/** The pack's own rule has the last word about a value. */
function checkOwn(step: Step, settled: Settled): Settled {
  const { definition, scope, walk, own } = step;
  const { value, source, detail } = settled;
  if (own?.validate === undefined || settled.status !== 'settled' || value === undefined || source === undefined) return settled;
  const problem = findOwnProblem(definition, value, scope, own);
  if (problem === undefined) return settled;
  const found: Found = {
    given: { kind: 'value', value },
    source: isGiven(source) ? source : 'project',
    detail: isGiven(source) ? detail : (detail ?? 'the default'),
  };
  walk.diagnostics.push(invalidAnswer({ pack: scope.pack, definition }, found, { kind: 'invalid', problem }));
  return outcome('invalid', undefined, source, detail);
}

function settleGiven({ definition, scope, walk }: Step, found: Found): Settled {
  const checked = checkAnswer(found.given, definition);
  if (checked.kind === 'valid') return outcome('settled', checked.value, found.source, found.detail);
  walk.diagnostics.push(invalidAnswer({ pack: scope.pack, definition }, found, checked));
  return outcome('invalid', undefined, found.source, found.detail);
}

function fromDefinition(step: Step, result: DefinitionOutcome<Value>, source: AnswerSource): Settled {
  if (result.kind === 'value') return outcome('settled', result.value, source);
  if (result.kind === 'blocked') return outcome('blocked', undefined, source);
  step.walk.diagnostics.push(result.diagnostic);
  return outcome('invalid', undefined, source);
}

/** The condition cannot be evaluated: a value that was given is checked all the same, for its own faults. */
function unevaluated(step: Step, applies: Exclude<DefinitionOutcome<boolean>, { kind: 'value' }>): Settled {
  const found = step.walk.index.find(step.scope.pack, step.definition.name);
  const checked = found === undefined || step.definition.computed !== undefined ? undefined : settleGiven(step, found);
  if (applies.kind === 'blocked')
    return outcome(checked?.status === 'invalid' ? 'invalid' : 'blocked', undefined, checked?.source, checked?.detail);
  step.walk.diagnostics.push(applies.diagnostic);
  return outcome('invalid', undefined, undefined);
}

/**
 * A variable that does not apply has its default where that can be had, so that strict templates can name it; of a pack that takes answers to what
 * it does not ask, what is given now.
 */
function skipped(step: Step): Settled {
  const { definition, scope, own } = step;
  const found =
    own?.takesUnasked === true && definition.computed === undefined ? step.walk.index.find(scope.pack, definition.name) : undefined;
  if (found !== undefined && GIVEN_NOW.has(found.source)) {
    const settled = checkOwn(step, settleGiven(step, found));
    return settled.status === 'settled' ? { ...settled, status: 'skipped', skippedBecause: definition.when } : settled;
  }
  const fallback = definition.computed === undefined && definition.default !== undefined ? evaluateDefault(definition, scope) : undefined;
  const value = fallback?.kind === 'value' ? fallback.value : emptyValue(definition.type);
  return { ...outcome('skipped', value, fallback?.kind === 'value' ? 'default' : 'none'), skippedBecause: definition.when };
}

const GIVEN_NOW: ReadonlySet<GivenSource> = new Set<GivenSource>(['flag', 'file', 'environment']);

function outcome(status: AnswerStatus, value: Value | undefined, source: AnswerSource | undefined, detail?: string): Settled {
  return { status, value, source, detail, skippedBecause: undefined };
}

function record(step: Step, settled: Settled): Growing {
  const { definition, scope, walk } = step;
  const entry: AnswerEntry = {
    key: sharingKeyOf(step) === undefined ? addressOf(scope.pack, definition.name) : definition.name,
    pack: scope.pack,
    packs: [scope.pack],
    name: definition.name,
    definition,
    ...settled,
    isSecret: definition.type === 'secret',
    group: definition.group,
  };
  const growing: Growing = { entry, packs: [scope.pack] };
  walk.entries.push(growing);
  return growing;
}
