import { type CallArguments, JinjaTuple, type JinjaValue, orElse } from '../jinja/values.ts';
import type { Machine } from './machine.ts';
import type { Parameter, PythonExpression, Statement } from './nodes.ts';
import { raise } from './python-fault.ts';
import { Scope } from './scope.ts';
import { PythonFunction } from './values.ts';

interface FunctionParts {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** The statements of a function, or the expression of a lambda. */
  readonly body: readonly Statement[] | PythonExpression;
  /** Whether it is a generator, of which all items are made at once. */
  readonly isGenerator?: boolean;
  readonly line: number;
}

/** Makes a function that sees the names around it. Its defaults are values of the place where it stands. */
export function makeFunction(
  { name, parameters, body, isGenerator = false, line }: FunctionParts,
  scope: Scope,
  run: Machine,
): PythonFunction {
  run.runtime.budget.allocate(FUNCTION_BYTES);
  const { file } = run;
  const fallbacks = new Map(
    parameters.flatMap((each) => (each.fallback === undefined ? [] : [[each.name, run.evaluate(each.fallback, scope)] as const])),
  );
  const call = (args: CallArguments): JinjaValue => {
    run.runtime.budget.allocate(args.positional.length * 8 + args.named.size * 16);
    const inner = new Scope(scope);
    for (const [key, value] of bindParameters(name, parameters, fallbacks, args)) inner.names.set(key, value);
    if ('kind' in body) return run.evaluate(body, inner);
    if (isGenerator) inner.yielded = [];
    const before = { frame: run.frame, file: run.file, line: run.line };
    run.frame = { scope, first: args.positional[0] };
    run.file = file;
    const outcome = run.runBlock(body, inner);
    Object.assign(run, before);
    if (inner.yielded !== undefined) return inner.yielded;
    return typeof outcome === 'object' ? outcome.value : null;
  };
  const made = new PythonFunction(name, call);
  made.line = line;
  return made;
}

const FUNCTION_BYTES = 1024;

function bindParameters(
  owner: string,
  parameters: readonly Parameter[],
  fallbacks: ReadonlyMap<string, JinjaValue>,
  { positional, named }: CallArguments,
): Map<string, JinjaValue> {
  const bound = new Map<string, JinjaValue>();
  const rest = new Map(named);
  let at = 0;
  for (const { name, kind } of parameters) {
    if (kind === 'rest') {
      bound.set(name, new JinjaTuple(positional.slice(at)));
      at = positional.length;
    } else if (kind === 'restNamed') {
      bound.set(name, new Map<JinjaValue, JinjaValue>(rest));
      rest.clear();
    } else {
      const given = kind === 'plain' && at < positional.length ? positional[at++] : rest.get(name);
      rest.delete(name);
      bound.set(
        name,
        orElse(given, () => orElse(fallbacks.get(name), () => raise('TypeError', `${owner}() misses the argument '${name}'`))),
      );
    }
  }
  if (at < positional.length) raise('TypeError', `${owner}() is given ${positional.length} arguments`);
  const [unknown] = rest.keys();
  if (unknown !== undefined) raise('TypeError', `${owner}() got an unexpected keyword argument '${unknown}'`);
  return bound;
}
