import { JinjaObject, type JinjaValue, orElse, type Runtime, textOf, typeName } from '../../jinja/values.ts';
import { PASSES } from '../../python/extension-module.ts';
import { raise } from '../../python/python-fault.ts';
import type { PythonRun } from '../../python/python-run.ts';
import { PythonClass, PythonFunction, PythonInstance } from '../../python/values.ts';

/** Where an extension stands, what runs it, and the environment that it changes. */
export interface ExtensionOwner {
  readonly file: string;
  readonly run: PythonRun;
  readonly environment: PythonInstance;
}

/** What a function of an extension is given before its own arguments, as `pass_context` and the like ask for it. */
export function passedArguments(value: JinjaValue, runtime: Runtime, { environment }: ExtensionOwner): JinjaValue[] {
  const passes = value instanceof JinjaObject ? value.parts.get?.(PASSES) : undefined;
  if (passes === 'context') return [contextOf(runtime, environment)];
  if (passes === 'environment') return [environment];
  return passes === 'eval_context' ? [new PythonInstance(EVAL_CONTEXT, new Map([['autoescape', runtime.autoescape]]))] : [];
}

const EVAL_CONTEXT = new PythonClass('EvalContext', [], new Map());

/** What a template sees, as `jinja2.runtime.Context`. */
function contextOf({ render }: Runtime, environment: PythonInstance): PythonInstance {
  const find = (key: JinjaValue | undefined): JinjaValue | undefined => (typeof key === 'string' ? render?.find(key) : undefined);
  const method = (name: string, call: (args: readonly JinjaValue[]) => JinjaValue): [string, JinjaValue] => [
    name,
    new PythonFunction(name, ({ positional: [, ...args] }) => call(args)),
  ];
  const entry = ([key = null]: readonly JinjaValue[]): JinjaValue =>
    orElse(find(key), () => raise('KeyError', `'${textOf(key) ?? typeName(key)}'`));
  const members = [
    method('get', ([key, fallback = null]) => orElse(find(key), () => fallback)),
    method('resolve', entry),
    method('__getitem__', entry),
    method('__contains__', ([key]) => find(key) !== undefined),
  ];
  const attributes: [string, JinjaValue][] = [
    ['name', render?.template ?? null],
    ['environment', environment],
  ];
  return new PythonInstance(new PythonClass('Context', [], new Map(members)), new Map(attributes));
}
