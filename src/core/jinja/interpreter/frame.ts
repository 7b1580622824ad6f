import type { Budget } from '../budget.ts';
import type { JinjaEnvironment } from '../environment.ts';
import { TEXT_ADVICE } from '../fault.ts';
import type { BlockNode, NodePosition, StatementNode, TemplateNode } from '../nodes.ts';
import { utf8Length } from '../text.ts';
import { JinjaUndefined, type JinjaValue, type Runtime, type UndefinedBehavior } from '../values.ts';

/** What the outermost scope of a render stands on. */
export interface ScopeContext {
  get(name: string): JinjaValue | undefined;
  keys(): Iterable<string>;
}

/** Names bound at one place of a template. Lookups go outwards; the outermost scope stands on the context. */
export class Scope {
  readonly variables = new Map<string, JinjaValue>();
  readonly parent: Scope | undefined;
  readonly context: ScopeContext | undefined;

  constructor(parent: Scope | undefined, context?: ScopeContext) {
    this.parent = parent;
    this.context = context;
  }

  lookup(name: string): JinjaValue | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const bound = scope.variables.get(name);
      if (bound !== undefined) return bound;
      const given = scope.context?.get(name);
      if (given !== undefined) return given;
    }
    return undefined;
  }

  /** Every name that can be seen from here. */
  *names(): Generator<string> {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      yield* scope.variables.keys();
      if (scope.context !== undefined) yield* scope.context.keys();
    }
  }
}

/** Where text is printed to: the result of the render, or a capture within it. */
export class Output {
  text = '';
  /** Set in a child template after `extends`: what stands outside blocks is not printed. */
  isMuted = false;
  private readonly budget: Budget;
  private readonly isResult: boolean;

  constructor(budget: Budget, isResult: boolean) {
    this.budget = budget;
    this.isResult = isResult;
  }

  write(text: string): void {
    if (this.isMuted) return;
    if (this.isResult) this.budget.spendOutput(utf8Length(text));
    else this.budget.allocate(text.length);
    this.text += text;
  }
}

/** A template that is being rendered, with those it extends: they share blocks and outermost scope. */
export interface Unit {
  readonly root: Scope;
  /** The definitions of each block, the most derived first. */
  readonly blocks: Map<string, { readonly node: BlockNode; readonly file: string }[]>;
  /** The template it turned out to extend. */
  parent: TemplateNode | undefined;
}

/** How a body ended. */
export type Completion = 'done' | 'break' | 'continue';

/** The state of one render, shared by all of its frames. */
export interface RenderState extends Runtime {
  readonly environment: JinjaEnvironment;
  readonly builtins: ReadonlyMap<string, JinjaValue>;
  readonly undefinedBehavior: UndefinedBehavior;
  /** The node that is being evaluated and its template, for messages. Left standing when something fails. */
  at: NodePosition;
  file: string;
  /** What led here: calls and includes, outermost first. */
  readonly trail: string[];
  readonly execute: (body: readonly StatementNode[], frame: Frame) => Completion;
}

/** One activation: of a template, a macro or a block. Scope and output change while statements run. */
export interface Frame {
  readonly state: RenderState;
  readonly unit: Unit;
  scope: Scope;
  output: Output;
}

/** Runs something in a new scope inside the present one. */
export function inScope<T>(frame: Frame, scope: Scope, run: () => T): T {
  const outer = frame.scope;
  frame.scope = scope;
  const result = run();
  frame.scope = outer;
  return result;
}

/** Runs something and returns what it printed. */
export function capture(frame: Frame, run: () => void): string {
  const outer = frame.output;
  const output = new Output(frame.state.budget, false);
  frame.output = output;
  run();
  frame.output = outer;
  return output.text;
}

/** Runs something of another template or macro, one level deeper, so that a failure in it says how it was reached. */
export function away<T>(state: RenderState, file: string, what: string, run: () => T): T {
  const { file: outerFile, at } = state;
  state.budget.enter();
  state.trail.push(`${what}, from ${outerFile}:${at.line}`);
  state.file = file;
  const result = run();
  state.file = outerFile;
  state.at = at;
  state.trail.pop();
  state.budget.leave();
  return result;
}

/** The undefined value that a missing name stands for. */
export function undefinedName(name: string, frame: Frame): JinjaUndefined {
  const { state, scope } = frame;
  const known = function* (): Generator<string> {
    yield* scope.names();
    yield* state.environment.globals.keys();
    yield* state.builtins.keys();
  };
  return new JinjaUndefined(`"${name}" is not defined`, state.undefinedBehavior, name, known, state.isPython ? TEXT_ADVICE : undefined);
}
