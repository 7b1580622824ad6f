import { characters } from '../jinja/text.ts';
import type { NodeOf, RhaiNode } from './nodes.ts';
import { detached, type Place } from './place.ts';
import { failScript } from './rhai-fault.ts';
import type { RhaiRun } from './rhai-run.ts';
import type { RhaiScope } from './rhai-scope.ts';
import { plainText, RhaiArray, type RhaiBox, RhaiChar, RhaiMap, RhaiRange, type RhaiValue, typeOf } from './values.ts';

const ENDED: Place = { ...detached(null), isEnded: true };

export function failConstant(name: string): never {
  return failScript(`"${name}" is a constant`);
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
      return box === undefined ? detached(run.evaluate(node, scope)) : boxPlace(box, node.name);
    }
    case 'index':
      return indexPlace(node, scope, run);
    case 'property':
      return propertyPlace(node, scope, run);
    default:
      return detached(run.evaluate(node, scope));
  }
}

function boxPlace(box: RhaiBox, name: string): Place {
  return {
    value: box.value,
    set: (value) => {
      if (box.isConstant) failConstant(name);
      box.value = value;
    },
    constant: box.isConstant ? name : undefined,
  };
}

/** What is part of a constant is one. */
function part({ constant }: Place, value: RhaiValue, set: Place['set']): Place {
  return { value, set: constant === undefined ? set : () => failConstant(constant), constant };
}

function indexPlace(node: NodeOf<'index'>, scope: RhaiScope, run: RhaiRun): Place {
  const target = findPlace(node.target, scope, run);
  if (target.isEnded === true || (node.isOptional && target.value === null)) return ENDED;
  const index = run.evaluate(node.index, scope);
  const { value } = target;
  if (value instanceof RhaiMap) return entryPlace(target, value, plainText(index) ?? failScript('a map has names, which are text'), run);
  if (value instanceof RhaiArray) {
    const at = positionIn(index, value.items.length);
    return part(target, value.items[at] ?? null, (item) => {
      value.items[positionIn(index, value.items.length)] = item;
    });
  }
  if (typeof value === 'string') return characterPlace(value, index, target, run);
  return failScript(`${typeOf(value)} has no index`);
}

function characterPlace(text: string, index: RhaiValue, target: Place, run: RhaiRun): Place {
  run.budget.spendSteps(text.length >> 3);
  const all = [...characters(text)];
  const put = (start: number, end: number, given: string): void => {
    run.budget.spendSteps(text.length);
    run.budget.allocate(text.length + given.length);
    target.set([...all.slice(0, start), given, ...all.slice(end)].join(''));
  };
  if (index instanceof RhaiRange) {
    const [start, end] = sectionOf(index, all.length);
    return { value: all.slice(start, end).join(''), set: (value) => put(start, end, plainText(value) ?? failScript('a text is expected')) };
  }
  const at = positionIn(index, all.length);
  return {
    value: new RhaiChar(all[at] ?? ''),
    set: (value) => put(at, at + 1, plainText(value) ?? failScript('a character is expected')),
  };
}

/** The part of a text that a range names; where it is negative, from the end. One that ends where it begins has nothing, even with `..=`. */
function sectionOf({ start, last, isInclusive }: RhaiRange, length: number): readonly [start: number, end: number] {
  if (start < -BigInt(length) && length > 0) return failScript(`there is no position ${start} among ${length}`);
  const [from, to] = [clamped(start, length), clamped(last, length)];
  return [from, to <= from ? from : Math.min(length, isInclusive ? to + 1 : to)];
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
  if (target.isEnded === true || (node.isOptional && target.value === null)) return ENDED;
  if (target.value instanceof RhaiMap) return entryPlace(target, target.value, node.name, run);
  return {
    value: run.property(target.value, node),
    set: () => failScript(`${typeOf(target.value)} has no property "${node.name}" to be set`),
  };
}

function entryPlace(map: Place, { entries }: RhaiMap, name: string, { budget }: RhaiRun): Place {
  budget.spendSteps(name.length >> 3);
  return part(map, entries.get(name) ?? null, (value) => {
    budget.allocate(name.length + 32);
    entries.set(name, value);
  });
}
