import { fail } from '../fault.ts';
import type { CallBlockNode, ExpressionNode, IfNode, OutputNode, SetBlockNode, StatementNode, WithNode } from '../nodes.ts';
import { toText } from '../python-repr.ts';
import { escapeHtml } from '../text.ts';
import { type JinjaValue, Markup, truth } from '../values.ts';
import { assign } from './assign.ts';
import { callValue, evaluate, evaluateArguments, evaluateFilter } from './evaluate.ts';
import { type Completion, capture, type Frame, inScope, Scope } from './frame.ts';
import { makeMacro } from './make-macro.ts';
import { runFor } from './run-loop.ts';
import { runBlock, runExtends, runFromImport, runImport, runInclude } from './run-templates.ts';

/** Runs statements in order until one of them leaves the loop around them. */
export function execute(body: readonly StatementNode[], frame: Frame): Completion {
  const { budget } = frame.state;
  budget.enter();
  let completion: Completion = 'done';
  for (const node of body) {
    budget.step();
    completion = executeOne(node, frame);
    if (completion !== 'done') break;
  }
  budget.leave();
  return completion;
}

function executeOne(node: StatementNode, frame: Frame): Completion {
  switch (node.kind) {
    case 'text':
      frame.output.write(node.text);
      return 'done';
    case 'output':
      runOutput(node, frame);
      return 'done';
    case 'if':
      return runIf(node, frame);
    case 'break':
    case 'continue':
      return node.kind;
    case 'with':
      return runWith(node, frame);
    case 'autoescape':
      return runAutoescape(node.enabled, node.body, frame);
    default:
      frame.state.at = node;
      executeSimple(node, frame);
      return 'done';
  }
}

type SimpleNode = Exclude<StatementNode, { kind: 'text' | 'output' | 'if' | 'break' | 'continue' | 'with' | 'autoescape' }>;

function executeSimple(node: SimpleNode, frame: Frame): void {
  switch (node.kind) {
    case 'for':
      runFor(node, frame);
      return;
    case 'set':
      assign(node.target, evaluate(node.value, frame), frame);
      return;
    case 'set-block':
      runSetBlock(node, frame);
      return;
    case 'macro':
      frame.scope.variables.set(node.name, makeMacro(node.name, node, frame));
      return;
    case 'call-block':
      runCallBlock(node, frame);
      return;
    case 'filter-block': {
      const text = capture(frame, () => inScope(frame, new Scope(frame.scope), () => frame.state.execute(node.body, frame)));
      print(evaluateFilter(node.filter, frame, frame.state.autoescape ? new Markup(text) : text), frame);
      return;
    }
    case 'include':
      runInclude(node, frame);
      return;
    case 'import':
      runImport(node, frame);
      return;
    case 'from-import':
      runFromImport(node, frame);
      return;
    case 'extends':
      runExtends(node, frame);
      return;
    case 'block':
      runBlock(node, frame);
      return;
    case 'do':
      evaluate(node.expression, frame);
      return;
    default:
      node satisfies never;
      return;
  }
}

function runOutput(node: OutputNode, frame: Frame): void {
  if (frame.output.isMuted) return;
  const value = evaluate(node.expression, frame);
  frame.state.at = node.expression;
  print(value, frame);
}

function print(value: JinjaValue, frame: Frame): void {
  const { state, output } = frame;
  const isSafe = !state.autoescape || value instanceof Markup;
  const text = toText(value, state.budget);
  output.write(isSafe ? text : escapeHtml(text));
}

function runIf(node: IfNode, frame: Frame): Completion {
  const { state } = frame;
  for (const branch of node.branches) {
    const test = evaluate(branch.test, frame);
    state.at = branch.test;
    if (truth(test)) return state.execute(branch.body, frame);
  }
  return node.otherwise.length === 0 ? 'done' : state.execute(node.otherwise, frame);
}

/** As in Jinja2, the values of a `with` do not see the names that it binds. */
function runWith(node: WithNode, frame: Frame): Completion {
  const values = node.bindings.map((binding) => evaluate(binding.value, frame));
  return inScope(frame, new Scope(frame.scope), () => {
    for (const [index, binding] of node.bindings.entries()) assign(binding.target, values[index] ?? null, frame);
    return frame.state.execute(node.body, frame);
  });
}

function runAutoescape(enabled: ExpressionNode, body: readonly StatementNode[], frame: Frame): Completion {
  const { state } = frame;
  const outer = state.autoescape;
  state.autoescape = truth(evaluate(enabled, frame));
  const completion = inScope(frame, new Scope(frame.scope), () => state.execute(body, frame));
  state.autoescape = outer;
  return completion;
}

function runSetBlock(node: SetBlockNode, frame: Frame): void {
  const { state } = frame;
  const text = capture(frame, () => inScope(frame, new Scope(frame.scope), () => state.execute(node.body, frame)));
  let value: JinjaValue = state.autoescape ? new Markup(text) : text;
  if (node.filter !== undefined) value = evaluateFilter(node.filter, frame, value);
  assign(node.target, value, frame);
}

function runCallBlock(node: CallBlockNode, frame: Frame): void {
  const { state } = frame;
  if (frame.output.isMuted) return;
  const callee = evaluate(node.call.callee, frame);
  const args = evaluateArguments(node.call.arguments, frame);
  state.at = node;
  if (args.named.has('caller')) fail('a call block cannot be given another "caller"');
  const caller = makeMacro('caller', node, frame);
  print(callValue(callee, { positional: args.positional, named: new Map([...args.named, ['caller', caller]]) }), frame);
}
