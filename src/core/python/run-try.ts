import { JinjaObject, JinjaTuple, type JinjaValue, truth } from '../jinja/values.ts';

import { bind } from './bind-target.ts';
import { caught } from './exceptions.ts';
import type { Machine, Outcome } from './machine.ts';
import type { Handler, Statement } from './nodes.ts';
import { raise } from './python-fault.ts';
import type { Scope } from './scope.ts';
import { PythonClass, type PythonInstance } from './values.ts';

type Node<Kind extends Statement['kind']> = Extract<Statement, { readonly kind: Kind }>;

/** `try`: what went wrong is handled, and what stands last always runs. */
export function runTry(node: Node<'try'>, scope: Scope, run: Machine): Outcome {
  const restore = savePlace(run);
  let outcome: Outcome;
  try {
    outcome = runGuarded(node, scope, run);
  } catch (error) {
    if (caught(error) === undefined) throw error;
    const place = savePlace(run);
    restore();
    const last = run.runBlock(node.last, scope);
    if (last !== undefined) return last;
    place();
    throw error;
  }
  return run.runBlock(node.last, scope) ?? outcome;
}

/** Where a run is: what fails leaves it elsewhere. */
function savePlace(run: Machine): () => void {
  const { frame, file, line, handled, guards } = run;
  const depth = run.runtime.budget.currentDepth();
  return () => {
    Object.assign(run, { frame, file, line, handled, guards });
    run.runtime.budget.restoreDepth(depth);
  };
}

/** What an exception takes with the place that it comes from. */
const EXCEPTION_BYTES = 1024;

function runGuarded({ body, handlers, otherwise }: Node<'try'>, scope: Scope, run: Machine): Outcome {
  const restore = savePlace(run);
  const { guards } = run;
  try {
    if (handlers.length > 0) run.guards++;
    const outcome = run.runBlock(body, scope);
    run.guards = guards;
    return outcome ?? run.runBlock(otherwise, scope);
  } catch (error) {
    const instance = caught(error);
    if (instance === undefined) throw error;
    run.runtime.budget.allocate(EXCEPTION_BYTES);
    const place = savePlace(run);
    restore();
    const handler = handlers.find((each) => takes(each, instance, scope, run));
    if (handler === undefined) {
      place();
      throw error;
    }
    if (handler.name !== undefined) scope.set(handler.name, instance);
    return runHandler(handler, error, scope, run);
  }
}

function runHandler(handler: Handler, error: unknown, scope: Scope, run: Machine): Outcome {
  const before = run.handled;
  run.handled = error;
  const outcome = run.runBlock(handler.body, scope);
  run.handled = before;
  return outcome;
}

function takes({ types }: Handler, instance: PythonInstance, scope: Scope, run: Machine): boolean {
  if (types === undefined) return true;
  const named = run.evaluate(types, scope);
  const classes = named instanceof JinjaTuple ? named.items : [named];
  run.runtime.budget.spendSteps(classes.length);
  return classes.some((each) => each instanceof PythonClass && instance.type.lineage.includes(each));
}

/** `with`: what it is entered with is left again, however its block ends. */
export function runWith({ items: [item, ...rest], body, line }: Node<'with'>, scope: Scope, run: Machine): Outcome {
  if (item === undefined) return run.runBlock(body, scope);
  const manager = run.evaluate(item.manager, scope);
  const method = (name: string): JinjaValue =>
    (manager instanceof JinjaObject ? manager.parts.get?.(name) : undefined) ?? raise('TypeError', 'it cannot be used with "with"');
  const leave = method('__exit__');
  const entered = run.call(method('__enter__'), { positional: [], named: new Map() });
  if (item.target !== undefined) bind(item.target, entered, scope, run);
  const restore = savePlace(run);
  let outcome: Outcome;
  try {
    run.runtime.budget.enter();
    outcome = runWith({ kind: 'with', items: rest, body, line }, scope, run);
    run.runtime.budget.leave();
  } catch (error) {
    const instance = caught(error);
    if (instance === undefined) throw error;
    const place = savePlace(run);
    restore();
    if (truth(run.call(leave, { positional: [instance.type, instance, null], named: new Map() }))) return undefined;
    place();
    throw error;
  }
  run.call(leave, { positional: [null, null, null], named: new Map() });
  return outcome;
}
