import type { Diagnostic, SourcePosition } from '../../diagnostics/diagnostic.ts';
import { unlessItFails } from '../../diagnostics/unless-it-fails.ts';
import type { VariableDefinition } from '../../pack/pack-manifest.ts';
import type { PackName } from '../../pack/pack-name.ts';
import type { Value } from '../../pack/values.ts';
import { definitionFault } from './answer-messages.ts';
import type { OwnEvaluation, RefinedVariable } from './answer-types.ts';
import { checkAnswer } from './check-answer.ts';
import { isTemplate, laterNames, namesIn, templatesIn } from './definition-sources.ts';
import type { Evaluator } from './evaluator.ts';
import { SECRET_MASK } from './format-answer.ts';

/** What one pack's definitions are evaluated in. `names` and `unresolved` grow as the variables are settled in order. */
export interface Scope {
  readonly pack: PackName;
  readonly variables: readonly VariableDefinition[];
  /** The context and the variables that have a value. */
  readonly names: Map<string, Value>;
  /** The variables before this one that have none. */
  readonly unresolved: Set<string>;
  readonly evaluator: Evaluator;
  readonly whereIs: (variable: string) => SourcePosition;
}

/** A value; or nothing, because an earlier variable has none; or the pack's own fault. */
export type DefinitionOutcome<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'fault'; readonly diagnostic: Diagnostic };

/** A definition as the pack's own rules have it now, and whether it applies where they say so. */
export function refineDefinition(
  definition: VariableDefinition,
  scope: Scope,
  own: OwnEvaluation | undefined,
): DefinitionOutcome<Partial<RefinedVariable>> {
  return unlessItFails<DefinitionOutcome<Partial<RefinedVariable>>, DefinitionOutcome<never>>(
    () => {
      const refined = own?.refine?.(definition, scope.names, scope.unresolved);
      return refined === 'blocked' ? { kind: 'blocked' } : { kind: 'value', value: refined ?? { definition } };
    },
    ({ message }) => fault({ definition, scope, part: 'definition' }, message),
  );
}

/** What the pack's own rule says of a value that is otherwise good. */
export function findOwnProblem(
  definition: VariableDefinition,
  value: Value,
  { names }: { readonly names: ReadonlyMap<string, Value> },
  own: OwnEvaluation | undefined,
): string | undefined {
  return unlessItFails(
    () => own?.validate?.(definition, value, names),
    ({ message }) => message,
  );
}

/** Whether a variable applies: it has no condition, or the condition is true. */
export function evaluateWhen(definition: VariableDefinition, scope: Scope): DefinitionOutcome<boolean> {
  const { when } = definition;
  if (when === undefined) return { kind: 'value', value: true };
  return evaluate({ definition, scope, part: 'condition', sources: [when] }, (name) =>
    scope.evaluator.isTruthy(scope.evaluator.expression(when, scope.names, name)),
  );
}

/** The default with its templates rendered, coerced from text where it is a text for another type, and checked as every value is. */
export function evaluateDefault(definition: VariableDefinition, scope: Scope): DefinitionOutcome<Value> {
  const fallback = definition.default ?? null;
  const rendered = evaluate({ definition, scope, part: 'default', sources: templatesIn(fallback) }, (name) =>
    renderTexts(fallback, scope, name),
  );
  if (rendered.kind !== 'value') return rendered;
  const { value } = rendered;
  const isText = typeof value === 'string' && (definition.default !== value || definition.type !== 'choice');
  return checked({ definition, scope, part: 'default' }, isText ? { kind: 'text', text: value } : { kind: 'value', value });
}

/** The value of the `computed` expression, which must have the variable's type. */
export function evaluateComputed(definition: VariableDefinition, scope: Scope): DefinitionOutcome<Value> {
  const source = definition.computed ?? '';
  const result = evaluate({ definition, scope, part: 'computed value', sources: [source] }, (name) =>
    scope.evaluator.expression(source, scope.names, name),
  );
  return result.kind === 'value' ? checked({ definition, scope, part: 'computed value' }, { kind: 'value', value: result.value }) : result;
}

interface Part {
  readonly definition: VariableDefinition;
  readonly scope: Scope;
  readonly part: string;
}

function evaluate<T>(
  { definition, scope, part, sources }: Part & { readonly sources: readonly string[] },
  run: (name: string) => T,
): DefinitionOutcome<T> {
  if (sources.some((source) => namesIn(source, scope.unresolved, scope.evaluator.wordsIn).length > 0)) return { kind: 'blocked' };
  return unlessItFails<DefinitionOutcome<T>, DefinitionOutcome<never>>(
    () => ({ kind: 'value', value: run(`${scope.pack} ${scope.whereIs(definition.name).file} variables.${definition.name} ${part}`) }),
    ({ message, hint }) => {
      const problem = maskSecrets(hint === undefined ? message : `${message} (${hint})`, scope);
      const advice = orderAdvice({ definition, scope, part }, sources);
      return fault({ definition, scope, part }, problem, advice);
    },
  );
}

function checked({ definition, scope, part }: Part, given: Parameters<typeof checkAnswer>[0]): DefinitionOutcome<Value> {
  const result = checkAnswer(given, definition);
  if (result.kind === 'valid') return { kind: 'value', value: result.value };
  return fault({ definition, scope, part }, maskSecrets(result.problem, scope));
}

function fault({ definition, scope, part }: Part, problem: string, advice?: string): DefinitionOutcome<never> {
  const subject = { pack: scope.pack, definition, part, where: scope.whereIs(definition.name) };
  return { kind: 'fault', diagnostic: definitionFault(subject, problem, advice) };
}

function renderTexts(value: Value, scope: Scope, name: string): Value {
  if (typeof value === 'string')
    return (scope.evaluator.isTemplate?.(value) ?? isTemplate(value)) ? scope.evaluator.template(value, scope.names, name) : value;
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [renderKey(key, scope, name), renderTexts(item, scope, name)]));
  return Array.isArray(value) ? (value as readonly Value[]).map((item) => renderTexts(item, scope, name)) : value;
}

/** Keys are templates only where another tool has them so. */
function renderKey(key: string, { evaluator, names }: Scope, name: string): string {
  return evaluator.isTemplate?.(key) === true ? evaluator.template(key, names, name) : key;
}

/** A name that is declared later (or is the variable itself) is the likely reason of a failure. */
function orderAdvice({ definition, scope, part }: Part, sources: readonly string[]): string | undefined {
  const later = laterNames(scope.variables, definition.name);
  const used = [...new Set(sources.flatMap((source) => namesIn(source, later, scope.evaluator.wordsIn)))];
  if (used.length === 0) return undefined;
  const names = used.map((name) => `"${name}"`).join(', ');
  return `the ${part} of "${definition.name}" can use only variables declared before it; ${names} is declared later or is the variable itself`;
}

function maskSecrets(message: string, { variables, names }: Scope): string {
  let masked = message;
  for (const { name, type } of variables) {
    const secret = type === 'secret' ? names.get(name) : undefined;
    if (typeof secret === 'string' && secret.length > 0) masked = masked.replaceAll(secret, SECRET_MASK);
  }
  return masked;
}
