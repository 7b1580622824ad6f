import { isEqual } from '../compare.ts';
import { fail } from '../fault.ts';
import { toItems } from '../iterate.ts';
import type { ForNode } from '../nodes.ts';
import { type CallArguments, JinjaObject, JinjaUndefined, type JinjaValue, Markup, orElse, truth } from '../values.ts';
import { assign } from './assign.ts';
import { evaluate } from './evaluate.ts';
import { capture, type Frame, inScope, Scope } from './frame.ts';

/** Runs a `for` statement. */
export function runFor(node: ForNode, frame: Frame): void {
  const iterable = evaluate(node.iterable, frame);
  runLoop(node, iterable, frame, 0);
}

function runLoop(node: ForNode, iterable: JinjaValue, frame: Frame, depth: number): void {
  const { state, scope } = frame;
  state.at = node.iterable;
  const all = toItems(iterable, state.budget);
  const items = node.filter === undefined ? all : all.filter((item) => passes(node, item, frame));
  const otherwise = (): void => {
    if (node.otherwise.length > 0) inScope(frame, new Scope(scope), () => state.execute(node.otherwise, frame));
  };
  if (items.length === 0) {
    otherwise();
    return;
  }
  const progress = new LoopProgress(node, items, frame, depth);
  const outer = new Scope(scope);
  outer.variables.set('loop', progress.value);
  let hasEnded = false;
  for (let index = 0; index < items.length; index++) {
    state.budget.step();
    progress.index = index;
    frame.scope = new Scope(outer);
    assign(node.target, items[index] ?? null, frame);
    const completion = state.execute(node.body, frame);
    if (completion === 'break') break;
    hasEnded ||= completion !== 'continue';
  }
  frame.scope = scope;
  // Jinja2 counts a round only at its end: `else` also stands for a loop whose every round was left early.
  if (!hasEnded && state.isPython) otherwise();
}

function passes(node: ForNode, item: JinjaValue, frame: Frame): boolean {
  const { filter } = node;
  if (filter === undefined) return true;
  return inScope(frame, new Scope(frame.scope), () => {
    assign(node.target, item, frame);
    const result = evaluate(filter, frame);
    frame.state.at = filter;
    return truth(result);
  });
}

/** What `loop` tells of a running loop. */
class LoopProgress {
  readonly value: JinjaObject;
  index = 0;
  private readonly node: ForNode;
  private readonly items: readonly JinjaValue[];
  private readonly frame: Frame;
  private readonly depth: number;
  private lastChanged: readonly JinjaValue[] | undefined;

  constructor(node: ForNode, items: readonly JinjaValue[], frame: Frame, depth: number) {
    this.node = node;
    this.items = items;
    this.frame = frame;
    this.depth = depth;
    this.value = new JinjaObject('loop', {
      get: (name) => this.attribute(name),
      names: () => LOOP_NAMES,
      call: (args) => this.recurse(args),
      print: () => `<LoopContext ${this.index + 1}/${items.length}>`,
    });
  }

  private attribute(name: string): JinjaValue | undefined {
    const { index, items } = this;
    switch (name) {
      case 'index':
        return index + 1;
      case 'index0':
        return index;
      case 'revindex':
        return items.length - index;
      case 'revindex0':
        return items.length - index - 1;
      case 'first':
        return index === 0;
      case 'last':
        return index === items.length - 1;
      case 'length':
        return items.length;
      case 'depth':
        return this.depth + 1;
      case 'depth0':
        return this.depth;
      case 'previtem':
        return orElse(items[index - 1], () => this.absent('there is no previous item'));
      case 'nextitem':
        return orElse(items[index + 1], () => this.absent('there is no next item'));
      case 'cycle':
        return new JinjaObject('method', { call: (args) => this.cycle(args) });
      case 'changed':
        return new JinjaObject('method', { call: (args) => this.hasChanged(args.positional) });
      default:
        return undefined;
    }
  }

  private absent(message: string): JinjaValue {
    return new JinjaUndefined(message, this.frame.state.undefinedBehavior);
  }

  private cycle({ positional }: CallArguments): JinjaValue {
    if (positional.length === 0) fail('"loop.cycle" needs the values to cycle through');
    return positional[this.index % positional.length] ?? null;
  }

  private hasChanged(values: readonly JinjaValue[]): boolean {
    const { budget } = this.frame.state;
    const last = this.lastChanged;
    const isSame =
      last !== undefined && last.length === values.length && values.every((value, index) => isEqual(value, last[index] ?? null, budget));
    if (!isSame) this.lastChanged = values;
    return !isSame;
  }

  private recurse(args: CallArguments): JinjaValue {
    const { frame, node } = this;
    const [items] = args.positional;
    if (!node.recursive) fail('this loop is not recursive', 'add "recursive" at the end of its "for" statement');
    if (items === undefined || args.positional.length > 1 || args.named.size > 0) return fail('"loop" needs the items to loop over');
    const text = capture(frame, () => runLoop(node, items, frame, this.depth + 1));
    return frame.state.autoescape ? new Markup(text) : text;
  }
}

const LOOP_NAMES = [
  'changed',
  'cycle',
  'depth',
  'depth0',
  'first',
  'index',
  'index0',
  'last',
  'length',
  'nextitem',
  'previtem',
  'revindex',
  'revindex0',
];
