import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { Value, ValueMap } from '../pack/values.ts';
import { type Budget, createBudget, DEFAULT_LIMITS } from './budget.ts';
import type { JinjaEnvironment } from './environment.ts';
import { TemplateFault } from './fault.ts';
import { createBuiltins } from './globals.ts';
import { evaluate } from './interpreter/evaluate.ts';
import { execute } from './interpreter/execute.ts';
import { Output, type RenderState, Scope, type ScopeContext } from './interpreter/frame.ts';
import { runTemplate } from './interpreter/run-templates.ts';
import { isPlainText } from './lexer/lexer-rules.ts';
import type { NodePosition, TemplateNode } from './nodes.ts';
import { parseLoneExpression, parseTemplate } from './parse-template.ts';
import { copyValue, keptValue, toPlainValue } from './plain-values.ts';
import { type JinjaValue, type Rendered, truth, type UndefinedBehavior } from './values.ts';

export interface RenderOptions {
  /** The name of the template in messages. */
  readonly name: string;
  readonly context: ValueMap;
  readonly environment: JinjaEnvironment;
  /** Shared by several renders, it bounds them all; without it each has the default limits. */
  readonly budget?: Budget;
}

/** Renders a template that may change its values, and gives these as they are afterwards. @throws PacksmithError as `renderTemplate`. */
export function renderChanging(template: string, options: RenderOptions): { readonly text: string; readonly context: ValueMap } {
  const tree = parseTemplate(template, options.name, options.environment.settings);
  return guarded(options, (state) => {
    const output = new Output(state.budget, true);
    const own = new Map([...options.context].map(([name, value]) => [name, copyValue(value, state.budget)]));
    runTemplate(tree, state.rootOf(own), output, state);
    return { text: output.text, context: new Map([...own].map(([name, value]) => [name, keptValue(value, state.budget)])) };
  });
}

/**
 * Renders a template, given as its tree or its source.
 * @throws PacksmithError TEMPLATE_SYNTAX, TEMPLATE_UNDEFINED, TEMPLATE_FAILED or LIMIT_EXCEEDED with file, line and column; for what happens in an
 * included template or a macro the hint says how it was reached. Nothing else is thrown, whatever the template.
 */
export function renderTemplate(template: TemplateNode | string, options: RenderOptions): string {
  const isPlain = typeof template === 'string' && isPlainText(template, options.environment.settings);
  const tree = typeof template !== 'string' ? template : isPlain ? undefined : parseSource(template, options);
  return guarded(options, (state) => {
    const output = new Output(state.budget, true);
    if (tree === undefined) output.write(template as string);
    else runTemplate(tree, state.rootOf(contextOf(options, state)), output, state);
    return output.text;
  });
}

function parseSource(source: string, { name, environment }: RenderOptions): TemplateNode {
  return environment.parse?.(source, name) ?? parseTemplate(source, name, environment.settings);
}

/**
 * Evaluates a lone expression, written without delimiters, to plain data.
 * @throws PacksmithError as `renderTemplate`; an undefined result is TEMPLATE_UNDEFINED.
 */
export function evaluateExpression(source: string, options: RenderOptions): Value {
  const expression = parseLoneExpression(source, options.name);
  return guarded(options, (state) => {
    const scope = state.rootOf(contextOf(options, state));
    const unit = { root: scope, blocks: new Map(), parent: undefined };
    const value = evaluate(expression, { state, unit, scope, output: new Output(state.budget, true) });
    state.at = expression;
    return toPlainValue(value, state.budget);
  });
}

/** Python's truth of plain data: none, false, 0, and empty strings, lists and maps are false. */
export function isTruthy(value: Value): boolean {
  return truth(value as JinjaValue);
}

/** Where values can be changed, each render has its own. */
function contextOf({ context, environment }: RenderOptions, { isPython, budget }: RenderState): ScopeContext {
  return isPython ? new OwnContext(context, budget, environment.changeContext?.(context, budget)) : context;
}

/** A context whose values are copied when a template first asks for them. */
class OwnContext implements ScopeContext {
  private readonly context: ValueMap;
  private readonly budget: Budget;
  private readonly changed: ((name: string) => JinjaValue | undefined) | undefined;
  private readonly own = new Map<string, JinjaValue>();

  constructor(context: ValueMap, budget: Budget, changed?: (name: string) => JinjaValue | undefined) {
    this.context = context;
    this.budget = budget;
    this.changed = changed;
  }

  get(name: string): JinjaValue | undefined {
    const known = this.own.get(name);
    if (known !== undefined) return known;
    const changed = this.changed?.(name) as Value | undefined;
    const given = changed === undefined ? this.context.get(name) : changed;
    if (given === undefined) return undefined;
    const copy = copyValue(given, this.budget);
    this.own.set(name, copy);
    return copy;
  }

  keys(): Iterable<string> {
    return this.context.keys();
  }
}

function guarded<T>(options: RenderOptions, run: (state: FreshState) => T): T {
  const budget = options.budget ?? createBudget(DEFAULT_LIMITS);
  const state = new FreshState(options, budget);
  const depth = budget.currentDepth();
  try {
    return run(state);
  } catch (error) {
    throw located(error, state);
  } finally {
    budget.restoreDepth(depth);
  }
}

class FreshState implements RenderState {
  readonly environment: JinjaEnvironment;
  readonly budget: Budget;
  readonly undefinedBehavior: UndefinedBehavior;
  readonly paths: readonly string[];
  readonly isPython: boolean;
  readonly trail: string[] = [];
  readonly execute = execute;
  autoescape: boolean;
  at: NodePosition = START;
  file: string;
  render: Rendered | undefined;
  private ownBuiltins: ReadonlyMap<string, JinjaValue> | undefined;

  constructor({ environment, name }: RenderOptions, budget: Budget) {
    this.environment = environment;
    this.budget = budget;
    this.undefinedBehavior = environment.settings.undefinedBehavior ?? 'strict';
    this.paths = environment.settings.paths ?? [];
    this.isPython = environment.settings.python ?? false;
    this.autoescape = environment.settings.autoescape ?? false;
    this.file = name;
  }

  /** The outermost scope, which functions that ask for it see too. */
  rootOf(context: ScopeContext): Scope {
    const root = new Scope(undefined, context);
    const find = (name: string): JinjaValue | undefined => {
      const seen = root.lookup(name);
      return seen === undefined ? this.builtins.get(name) : seen;
    };
    this.render = { template: this.file, find };
    return root;
  }

  get filters(): RenderState['filters'] {
    return this.environment.filters;
  }

  get missingFilter(): RenderState['missingFilter'] {
    return this.environment.missingFilter;
  }

  get tests(): RenderState['tests'] {
    return this.environment.tests;
  }

  get hash(): RenderState['hash'] {
    return this.environment.hash;
  }

  /** Made when a template first asks for one of them. */
  get builtins(): ReadonlyMap<string, JinjaValue> {
    this.ownBuiltins ??= this.makeBuiltins();
    return this.ownBuiltins;
  }

  private makeBuiltins(): ReadonlyMap<string, JinjaValue> {
    const builtins = this.environment.parse === undefined ? createBuiltins(this) : NO_BUILTINS;
    const more = this.environment.functions?.(this, this.file);
    return more === undefined ? builtins : new Map([...builtins, ...more]);
  }
}

const NO_BUILTINS: ReadonlyMap<string, JinjaValue> = new Map();

const START: NodePosition = { line: 1, column: 1 };

/** The error for people: a fault gets its position; running out of the host's stack is a limit too. */
function located(error: unknown, state: RenderState): unknown {
  const fault = error instanceof RangeError ? new TemplateFault('LIMIT_EXCEEDED', 'rendering nests deeper than the stack allows') : error;
  if (!(fault instanceof TemplateFault)) return error;
  const trail = state.trail.slice(-MAX_TRAIL).reverse();
  const hint = [fault.hint, ...trail].filter((part) => part !== undefined).join('\n');
  return new PacksmithError(fault.code, fault.message, {
    where: { file: state.file, line: state.at.line, column: state.at.column },
    ...(hint === '' ? {} : { hint }),
    suggestions: fault.suggestions,
  });
}

const MAX_TRAIL = 8;
