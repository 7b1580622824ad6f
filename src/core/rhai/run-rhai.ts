import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { Budget } from '../jinja/budget.ts';
import { TemplateFault } from '../jinja/fault.ts';
import { CALL_HANDLERS, type CallRun, callBuiltin, readProperty } from './calls.ts';
import { VALUE_HANDLERS } from './expressions.ts';
import { functionKey, type NodeOf, type RhaiFunctionDefinition, type RhaiNode, type RhaiPosition, type RhaiScript } from './nodes.ts';
import { detached, type Place } from './place.ts';
import { failScript, RhaiFault } from './rhai-fault.ts';
import type { RhaiHost } from './rhai-run.ts';
import { RhaiScope } from './rhai-scope.ts';
import { RhaiSignal } from './rhai-signal.ts';
import { STATEMENT_HANDLERS } from './statements.ts';
import { copyValue, type RhaiBox, type RhaiFunction, type RhaiValue } from './values.ts';

/**
 * Runs a script to its end and gives its value. It reaches nothing but its host, and takes no more than its budget.
 * @throws PacksmithError `TEMPLATE_FAILED` with the place, `LIMIT_EXCEEDED`; what the host throws besides passes through.
 */
export function runRhai(script: RhaiScript, host: RhaiHost, budget: Budget): RhaiValue {
  const interpreter = new Interpreter(script, host, budget);
  const depth = budget.currentDepth();
  try {
    return interpreter.runAll();
  } catch (error) {
    throw asPacksmithError(error, script.name, interpreter.at);
  } finally {
    budget.restoreDepth(depth);
  }
}

function asPacksmithError(error: unknown, file: string, at: RhaiPosition): unknown {
  if (error instanceof RhaiFault) return failed('TEMPLATE_FAILED', error.message, file, error.at ?? at);
  if (error instanceof RhaiSignal) return failed('TEMPLATE_FAILED', error.message, file, at);
  return error instanceof TemplateFault ? failed(error.code, error.message, file, at) : error;
}

function failed(
  code: 'TEMPLATE_FAILED' | 'TEMPLATE_UNDEFINED' | 'LIMIT_EXCEEDED',
  message: string,
  file: string,
  at: RhaiPosition,
): PacksmithError {
  return new PacksmithError(code, message, { where: { file, line: at.line, column: at.column } });
}

const HANDLERS = { ...VALUE_HANDLERS, ...STATEMENT_HANDLERS, ...CALL_HANDLERS };

type AnyHandler = (node: RhaiNode, scope: RhaiScope, run: CallRun) => RhaiValue;

class Interpreter implements CallRun {
  readonly budget: Budget;
  readonly host: RhaiHost;
  /** What is evaluated. */
  at: RhaiPosition = { line: 1, column: 1 };
  readonly top = new RhaiScope();
  private readonly script: RhaiScript;

  constructor(script: RhaiScript, host: RhaiHost, budget: Budget) {
    this.script = script;
    this.host = host;
    this.budget = budget;
  }

  runAll(): RhaiValue {
    let last: RhaiValue = null;
    try {
      for (const node of this.script.body) last = this.evaluate(node, this.top);
      return last;
    } catch (error) {
      if (error instanceof RhaiSignal && (error.how === 'return' || error.how === 'exit')) return error.given;
      throw error;
    }
  }

  evaluate(node: RhaiNode, scope: RhaiScope): RhaiValue {
    this.budget.step();
    this.budget.enter();
    this.at = node;
    try {
      return (HANDLERS[node.kind] as AnyHandler)(node, scope, this);
    } catch (error) {
      if (error instanceof RhaiFault) error.at ??= node;
      throw error;
    } finally {
      this.budget.leave();
    }
  }

  evaluateOwn(node: RhaiNode, scope: RhaiScope): RhaiValue {
    return copyValue(this.evaluate(node, scope), this.budget);
  }

  property(value: RhaiValue, node: NodeOf<'property'>): RhaiValue {
    try {
      return readProperty(value, node, this);
    } catch (error) {
      if (error instanceof RhaiFault) error.at ??= node;
      throw error;
    }
  }

  isDefined(name: string, parameters: number): boolean {
    return this.script.functions.has(functionKey(name, parameters));
  }

  callDefined(name: string, args: readonly RhaiValue[], self?: Place): RhaiValue {
    const definition = this.script.functions.get(functionKey(name, args.length));
    if (definition === undefined) return failScript(`there is no function named "${name}" of ${args.length} parameters`);
    return withSelf(self, (box) => this.callBody(definition, args, new RhaiScope(undefined, box)));
  }

  invoke({ name, curried, closure }: RhaiFunction, args: readonly RhaiValue[], self?: Place): RhaiValue {
    this.budget.spendSteps(curried.length);
    const given = [...curried, ...args];
    if (closure === undefined) return this.invokeNamed(name, given, self);
    if (closure.parameters !== given.length)
      return failScript(`a function of ${closure.parameters} parameters is called with ${given.length}`);
    return withSelf(self, (box) => closure.run(given, box));
  }

  private invokeNamed(name: string, given: readonly RhaiValue[], self?: Place): RhaiValue {
    if (this.isDefined(name, given.length)) return this.callDefined(name, given, self);
    const [value = null, ...args] = given;
    // What is called may be such a function itself.
    this.budget.enter();
    try {
      return callBuiltin(name, detached(value), { args, count: given.length }, this);
    } finally {
      this.budget.leave();
    }
  }

  missing({ name, curried, closure }: RhaiFunction, given: number): number {
    const known = curried.length + given;
    if (closure !== undefined) return closure.parameters - known;
    return [0, 1, 2].find((more) => this.isDefined(name, known + more)) ?? 1;
  }

  callBody(
    { parameters, body }: Pick<RhaiFunctionDefinition, 'parameters' | 'body'>,
    args: readonly RhaiValue[],
    scope: RhaiScope,
  ): RhaiValue {
    for (const [at, name] of parameters.entries()) scope.declare(name, args[at] ?? null);
    try {
      return this.evaluateOwn(body, scope);
    } catch (error) {
      if (error instanceof RhaiSignal && error.how === 'return') return error.given;
      throw error;
    }
  }
}

/** What is called as a method may put something else in the place of what it is called on. */
function withSelf(self: Place | undefined, call: (box: RhaiBox | undefined) => RhaiValue): RhaiValue {
  if (self === undefined) return call(undefined);
  const box: RhaiBox = { value: self.value, isConstant: self.constant !== undefined };
  const result = call(box);
  if (box.value !== self.value) self.set(box.value);
  return result;
}
