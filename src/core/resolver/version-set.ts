/**
 * An exact set over the versions of one pack that exist, plus the possibility that the pack is absent.
 * Bit 0 stands for "absent"; bit `i + 1` for the version at position `i` of the pack's ascending versions. Sets of one pack have equal length.
 */
export type VersionSet = Uint32Array;

export const ABSENT = 0;

/** Makes the empty set for `size` bits. */
export function emptySet(size: number): VersionSet {
  return new Uint32Array((size + 31) >>> 5);
}

/** Makes the set of all bits below `size`. */
export function fullSet(size: number): VersionSet {
  const set = emptySet(size).fill(0xffffffff);
  const rest = size & 31;
  if (rest !== 0) set[set.length - 1] = 2 ** rest - 1;
  return set;
}

/** Makes the set for `size` bits that holds one bit. */
export function singleton(size: number, bit: number): VersionSet {
  const set = emptySet(size);
  addBit(set, bit);
  return set;
}

/** Adds a bit in place; only for a set that nobody else holds yet. */
export function addBit(set: VersionSet, bit: number): void {
  set[bit >>> 5] = word(set, bit >>> 5) | (1 << (bit & 31));
}

export function hasBit(set: VersionSet, bit: number): boolean {
  return (word(set, bit >>> 5) & (1 << (bit & 31))) !== 0;
}

export function intersection(a: VersionSet, b: VersionSet): VersionSet {
  const result = new Uint32Array(a.length);
  for (let index = 0; index < a.length; index++) result[index] = word(a, index) & word(b, index);
  return result;
}

export function union(a: VersionSet, b: VersionSet): VersionSet {
  const result = new Uint32Array(a.length);
  for (let index = 0; index < a.length; index++) result[index] = word(a, index) | word(b, index);
  return result;
}

/** The members of `a` that `b` lacks. */
export function difference(a: VersionSet, b: VersionSet): VersionSet {
  const result = new Uint32Array(a.length);
  for (let index = 0; index < a.length; index++) result[index] = word(a, index) & ~word(b, index);
  return result;
}

export function isSubset(a: VersionSet, b: VersionSet): boolean {
  for (let index = 0; index < a.length; index++) if ((word(a, index) & ~word(b, index)) !== 0) return false;
  return true;
}

/** Tells whether the members that `a` and `within` share all lie in `b`. */
export function isSubsetWithin(a: VersionSet, within: VersionSet, b: VersionSet): boolean {
  for (let index = 0; index < a.length; index++) if ((word(a, index) & word(within, index) & ~word(b, index)) !== 0) return false;
  return true;
}

export function isDisjoint(a: VersionSet, b: VersionSet): boolean {
  for (let index = 0; index < a.length; index++) if ((word(a, index) & word(b, index)) !== 0) return false;
  return true;
}

export function isEmpty(set: VersionSet): boolean {
  return set.every((bits) => bits === 0);
}

export function isEqual(a: VersionSet, b: VersionSet): boolean {
  return a.length === b.length && a.every((bits, index) => bits === b[index]);
}

/** Counts the members. */
export function countBits(set: VersionSet): number {
  let count = 0;
  for (let index = 0; index < set.length; index++) {
    for (let bits = word(set, index); bits !== 0; bits &= bits - 1) count++;
  }
  return count;
}

/** The greatest member, or -1 of the empty set. */
export function highestBit(set: VersionSet): number {
  for (let index = set.length - 1; index >= 0; index--) {
    const bits = word(set, index);
    if (bits !== 0) return index * 32 + 31 - Math.clz32(bits);
  }
  return -1;
}

/** The members, ascending. */
export function bitsOf(set: VersionSet): number[] {
  const found: number[] = [];
  for (let index = 0; index < set.length; index++) {
    for (let bits = word(set, index); bits !== 0; bits &= bits - 1) found.push(index * 32 + 31 - Math.clz32(bits & -bits));
  }
  return found;
}

function word(set: VersionSet, index: number): number {
  return set[index] ?? 0;
}
