import { dictDelete } from '../jinja/compare.ts';
import { applyBinary } from '../jinja/operators.ts';
import { toText } from '../jinja/python-repr.ts';
import { isDict, isList, type JinjaValue, truth } from '../jinja/values.ts';
import { callPython, itemsOf } from './access.ts';
import { bind } from './bind-target.ts';
import { toError } from './exceptions.ts';
import { makeFunction } from './functions.ts';
import type { Machine, Outcome } from './machine.ts';
import type { ClassNode, PythonExpression, Statement } from './nodes.ts';
import { PythonError, raise } from './python-fault.ts';
import { evaluate } from './run-expression.ts';
import { runMatch } from './run-match.ts';
import { runTry, runWith } from './run-try.ts';
import { Scope } from './scope.ts';
import { PythonClass } from './values.ts';

type Node<Kind extends Statement['kind']> = Extract<Statement, { readonly kind: Kind }>;

/** Runs the statements of a block. */
export function runBlock(body: readonly Statement[], scope: Scope, run: Machine): Outcome {
  const { budget } = run.runtime;
  let outcome: Outcome;
  budget.enter();
  for (const statement of body) {
    budget.step();
    run.line = statement.line;
    outcome = runStatement(statement, scope, run);
    if (outcome !== undefined) break;
  }
  budget.leave();
  return outcome;
}

function runStatement(node: Statement, scope: Scope, run: Machine): Outcome {
  switch (node.kind) {
    case 'if':
      return runBlock(truth(evaluate(node.test, scope, run)) ? node.body : node.otherwise, scope, run);
    case 'for':
      return runFor(node, scope, run);
    case 'while':
      return runWhile(node, scope, run);
    case 'try':
      return runTry(node, scope, run);
    case 'with':
      return runWith(node, scope, run);
    case 'match':
      return runMatch(node, scope, run);
    case 'return':
      return { value: node.value === undefined ? null : evaluate(node.value, scope, run) };
    case 'break':
    case 'continue':
      return node.kind;
    default:
      runPlain(node, scope, run);
      return undefined;
  }
}

type Plain = Exclude<Statement, { readonly kind: 'if' | 'for' | 'while' | 'try' | 'with' | 'match' | 'return' }>;

function runPlain(node: Plain, scope: Scope, run: Machine): void {
  switch (node.kind) {
    case 'expression':
      evaluate(node.value, scope, run);
      break;
    case 'assign': {
      const value = evaluate(node.value, scope, run);
      for (const target of node.targets) bind(target, value, scope, run);
      break;
    }
    case 'change':
      change(node, scope, run);
      break;
    case 'delete':
      for (const target of node.targets) remove(target, scope, run);
      break;
    case 'annotate':
      run.classOf.get(scope)?.fields.add(node.name);
      break;
    case 'raise':
    case 'assert':
      runRaise(node, scope, run);
      break;
    case 'function':
    case 'class':
    case 'import':
    case 'from':
    case 'scope':
      runDefinition(node, scope, run);
  }
}

function runDefinition(node: Node<'function' | 'class' | 'import' | 'from' | 'scope'>, scope: Scope, run: Machine): void {
  switch (node.kind) {
    case 'function':
      scope.set(node.name, decorate(makeFunction(node, scope, run), node.decorators, scope, run));
      break;
    case 'class':
      scope.set(node.name, decorate(makeClass(node, scope, run), node.decorators, scope, run));
      break;
    case 'import': {
      const [first = ''] = node.module.split('.');
      scope.set(node.as ?? first, node.as === undefined ? run.outermost(node.module) : run.modules(node.module));
      break;
    }
    case 'from':
      for (const [name, as] of node.names ?? run.names(node.module).map((each) => [each, each] as const)) {
        run.runtime.budget.step();
        scope.set(as, run.member(node.module, name));
      }
      break;
    default:
      for (const name of node.names) scope.belongsAround(name, node.isGlobal);
  }
}

function runRaise(node: Node<'raise' | 'assert'>, scope: Scope, run: Machine): void {
  if (node.kind === 'raise') {
    if (node.value !== undefined) throw toError(evaluate(node.value, scope, run), run.runtime.budget);
    throw run.handled ?? new PythonError('RuntimeError', 'no exception to raise again');
  }
  if (truth(evaluate(node.test, scope, run))) return;
  raise('AssertionError', node.message === undefined ? '' : toText(evaluate(node.message, scope, run), run.runtime.budget));
}

function change({ target, operator, value }: Node<'change'>, scope: Scope, run: Machine): void {
  const { budget } = run.runtime;
  const before = evaluate(target, scope, run);
  const more = evaluate(value, scope, run);
  // A list is made longer in its place.
  if (operator === '+' && isList(before)) {
    for (const item of itemsOf(more, run)) {
      budget.allocate(8);
      (before as JinjaValue[]).push(item);
    }
    return;
  }
  const after =
    operator === '|'
      ? evaluate(
          {
            kind: 'merge',
            left: { kind: 'constant', value: before, line: run.line },
            right: { kind: 'constant', value: more, line: run.line },
            line: run.line,
          },
          scope,
          run,
        )
      : applyBinary(operator, before, more, budget);
  bind(target, after, scope, run);
}

function remove(target: PythonExpression, scope: Scope, run: Machine): void {
  if (target.kind === 'name') {
    scope.remove(target.name);
    return;
  }
  if (target.kind !== 'item') raise('SyntaxError', 'cannot delete this');
  const object = evaluate(target.object, scope, run);
  const index = evaluate(target.index, scope, run);
  if (isDict(object)) {
    const { budget } = run.runtime;
    if (!dictDelete(object as Map<JinjaValue, JinjaValue>, index, budget)) raise('KeyError', toText(index, budget));
  } else if (isList(object) && Number.isInteger(index)) {
    run.runtime.budget.spendSteps(object.length >> 4);
    (object as JinjaValue[]).splice(Number(index), 1);
  } else raise('TypeError', "the object doesn't support item deletion");
}

function decorate(value: JinjaValue, decorators: readonly PythonExpression[], scope: Scope, run: Machine): JinjaValue {
  return decorators.reduceRight(
    (made, decorator) => callPython(evaluate(decorator, scope, run), { positional: [made], named: new Map() }, run),
    value,
  );
}

const CLASS_BYTES = 1024;

function makeClass(node: ClassNode, scope: Scope, run: Machine): PythonClass {
  const bases = node.bases.map((base) => evaluate(base, scope, run)).filter((base) => base instanceof PythonClass);
  run.runtime.budget.allocate(CLASS_BYTES);
  const inner = new Scope(scope, true);
  const made = new PythonClass(node.name, bases, inner.names);
  made.isOpen = true;
  run.classOf.set(inner, made);
  runBlock(node.body, inner, run);
  for (const base of bases) {
    const init = base.find('__init_subclass__');
    if (init !== undefined) callPython(init, { positional: [made], named: new Map() }, run);
  }
  return made;
}

function runFor(node: Node<'for'>, scope: Scope, run: Machine): Outcome {
  for (const item of itemsOf(evaluate(node.items, scope, run), run)) {
    bind(node.target, item, scope, run);
    const outcome = runBlock(node.body, scope, run);
    if (outcome === 'break') return undefined;
    if (typeof outcome === 'object') return outcome;
  }
  return runBlock(node.otherwise, scope, run);
}

function runWhile(node: Node<'while'>, scope: Scope, run: Machine): Outcome {
  while (truth(evaluate(node.test, scope, run))) {
    run.runtime.budget.step();
    const outcome = runBlock(node.body, scope, run);
    if (outcome === 'break') return undefined;
    if (typeof outcome === 'object') return outcome;
  }
  return runBlock(node.otherwise, scope, run);
}
