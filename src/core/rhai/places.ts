import { characters } from '../jinja/text.ts';
import type { NodeOf, RhaiNode } from './nodes.ts';
import { failScript } from './rhai-fault.ts';
import type { RhaiRun } from './rhai-run.ts';
import type { RhaiBox, RhaiScope } from './rhai-scope.ts';
import { plainText, RhaiArray, RhaiChar, RhaiMap, RhaiRange, type RhaiValue, typeOf } from './values.ts';

/** Where a value stands: it can be read and replaced there. */
export interface Place {
  readonly value: RhaiValue;
  readonly set: (value: RhaiValue) => void;
}

/** The place of an expression; one that has none stands for itself. */
export function findPlace(node: RhaiNode, scope: RhaiScope, run: RhaiRun): Place {
  run.budget.enter();
  try {
    return placeOf(node, scope, run);
  } finally {
    run.budget.leave();
  }
}

function placeOf(node: RhaiNode, scope: RhaiScope, run: RhaiRun): Place {
  switch (node.kind) {
    case 'name': {
      const box = node.name === 'this' ? scope.self : scope.find(node.name);
      return box === undefined ? { value: run.evaluate(node, scope), set: () => undefined } : boxPlace(box, node.name);
    }
    case 'index':
      return indexPlace(node, scope, run);
    case 'property':
      return propertyPlace(node, scope, run);
    default:
      return { value: run.evaluate(node, scope), set: () => undefined };
  }
}

function boxPlace(box: RhaiBox, name: string): Place {
  return {
    value: box.value,
    set: (value) => {
      if (box.isConstant) failScript(`"${name}" is a constant`);
      box.value = value;
    },
  };
}

function indexPlace(node: NodeOf<'index'>, scope: RhaiScope, run: RhaiRun): Place {
  const target = findPlace(node.target, scope, run);
  if (node.isOptional && target.value === null) return { value: null, set: () => undefined };
  const index = run.evaluate(node.index, scope);
  const { value } = target;
  if (value instanceof RhaiMap) return entryPlace(value, plainText(index) ?? failScript('a map has names, which are text'), run);
  if (value instanceof RhaiArray) {
    const at = positionIn(index, value.items.length);
    return { value: value.items[at] ?? null, set: (item) => (value.items[at] = item) };
  }
  if (typeof value === 'string') return characterPlace(value, index, target, run);
  return failScript(`${typeOf(value)} has no index`);
}

function characterPlace(text: string, index: RhaiValue, target: Place, run: RhaiRun): Place {
  run.budget.spendSteps(text.length >> 3);
  const all = [...characters(text)];
  if (index instanceof RhaiRange)
    return { value: all.slice(clamped(index.start, all.length), clamped(index.end, all.length)).join(''), set: () => undefined };
  const at = positionIn(index, all.length);
  return {
    value: new RhaiChar(all[at] ?? ''),
    set: (value) => {
      const character = plainText(value) ?? failScript('a character is expected');
      run.budget.allocate(text.length);
      target.set([...all.slice(0, at), character, ...all.slice(at + 1)].join(''));
    },
  };
}

/** The position that an index names; from the end where it is negative. */
export function positionIn(index: RhaiValue, length: number): number {
  if (typeof index !== 'bigint') return failScript(`an index is a whole number, not ${typeOf(index)}`);
  const at = index < 0n ? index + BigInt(length) : index;
  return at < 0n || at >= BigInt(length) ? failScript(`there is no position ${index} among ${length}`) : Number(at);
}

/** A position that may lie outside, as the nearest one inside. */
export function clamped(index: bigint, length: number): number {
  const at = index < 0n ? index + BigInt(length) : index;
  return at < 0n ? 0 : at > BigInt(length) ? length : Number(at);
}

function propertyPlace(node: NodeOf<'property'>, scope: RhaiScope, run: RhaiRun): Place {
  const target = findPlace(node.target, scope, run);
  if (node.isOptional && target.value === null) return { value: null, set: () => undefined };
  if (target.value instanceof RhaiMap) return entryPlace(target.value, node.name, run);
  return {
    value: run.property(target.value, node),
    set: () => failScript(`${typeOf(target.value)} has no property "${node.name}" to be set`),
  };
}

function entryPlace({ entries }: RhaiMap, name: string, { budget }: RhaiRun): Place {
  budget.spendSteps(name.length >> 3);
  return {
    value: entries.get(name) ?? null,
    set: (value) => {
      budget.allocate(name.length + 32);
      entries.set(name, value);
    },
  };
}
