import type { Budget } from '../../jinja/budget.ts';
import type { ChangeContext } from '../../jinja/environment.ts';
import { TemplateFault } from '../../jinja/fault.ts';
import { copyValue } from '../../jinja/plain-values.ts';
import { isDict, isList, type JinjaValue } from '../../jinja/values.ts';
import type { Value, ValueMap } from '../../pack/values.ts';
import type { PythonRun } from '../../python/python-run.ts';
import { callMember, type PythonInstance } from '../../python/values.ts';

/** A hook of Copier that changes what templates see. */
export interface ContextHook {
  readonly file: string;
  readonly instance: PythonInstance;
  readonly run: PythonRun;
}

/** What hooks make of a context: run once for each state of it, when a template asks for a name that they may have changed. */
export function changeBy(hooks: readonly ContextHook[], words: ReadonlySet<string>): ChangeContext {
  const known = new WeakMap<ValueMap, { readonly state: string; readonly changed: ReadonlyMap<string, JinjaValue> }>();
  return (context, budget) => (name) => {
    // What the code never names it leaves as it is.
    if (context.has(name) && !words.has(name)) return undefined;
    const state = stateOf(context);
    const before = known.get(context);
    if (before?.state === state) return before.changed.get(name);
    const changed = runHooks(hooks, context, budget);
    known.set(context, { state, changed });
    return changed.get(name);
  };
}

/** A context grows while questions are answered, and so does its record of the answers. */
function stateOf(context: ValueMap): string {
  const record = context.get('_copier_answers');
  return `${context.size} ${record instanceof Map ? record.size : 0}`;
}

/** The names that hooks changed or added, and what they are now. */
function runHooks(hooks: readonly ContextHook[], context: ValueMap, budget: Budget): ReadonlyMap<string, JinjaValue> {
  const own = new Map<JinjaValue, JinjaValue>([...context].map(([name, value]) => [name, copyValue(value, budget)]));
  const before = new Map(own);
  for (const hook of hooks) runHook(hook, own, context, budget);
  const changed = new Map<string, JinjaValue>();
  for (const [name, value] of own) {
    if (typeof name !== 'string' || (before.get(name) === value && !mayBeOther(name, value))) continue;
    // A context that has itself in it is seen as it is in the end.
    changed.set(name, value === own ? new Map([...own].filter(([key]) => own.get(key) !== own)) : value);
  }
  return changed;
}

/** A list or a dict may be changed in its place. What Copier itself puts there is not. */
function mayBeOther(name: string, value: JinjaValue): boolean {
  return (isDict(value) || isList(value)) && !name.startsWith('_copier');
}

function runHook({ file, instance, run }: ContextHook, own: Map<JinjaValue, JinjaValue>, context: ValueMap, budget: Budget): void {
  try {
    const result = run.within(file, { budget }, () => callMember(instance, 'hook', [own]));
    if (result === undefined || !isDict(result) || instance.type.find('update') === false) return;
    for (const [name, value] of [...result]) own.set(name, value);
  } catch (error) {
    // Before everything is answered a hook may find nothing yet; in files what fails is an error, as in Copier.
    const phase = context.get('_copier_phase') as Value | undefined;
    if (!(error instanceof TemplateFault) || error.code === 'LIMIT_EXCEEDED' || phase === 'render') throw error;
  }
}
