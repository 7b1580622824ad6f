/** A run of changed elements; empty between two unchanged neighbours. */
interface Group {
  start: number;
  end: number;
}

/**
 * Moves every run of changed elements of one side that could as well stand elsewhere: joined with its neighbours where they can meet,
 * then as low as it goes, or level with the lowest change of the other side it can be level with. `flags` is changed in place.
 */
export function slideGroups(ids: Int32Array, flags: Uint8Array, otherFlags: Uint8Array): void {
  const group = firstGroup(flags);
  const other = firstGroup(otherFlags);
  do {
    if (group.end > group.start) settle(ids, flags, group, { flags: otherFlags, group: other });
    nextGroup(otherFlags, other);
  } while (nextGroup(flags, group));
}

interface OtherSide {
  readonly flags: Uint8Array;
  readonly group: Group;
}

function settle(ids: Int32Array, flags: Uint8Array, group: Group, other: OtherSide): void {
  let size: number;
  let highestEnd: number;
  let levelEnd: number;
  do {
    size = group.end - group.start;
    levelEnd = -1;
    while (slideUp(ids, flags, group)) previousGroup(other.flags, other.group);
    highestEnd = group.end;
    if (other.group.end > other.group.start) levelEnd = group.end;
    while (slideDown(ids, flags, group)) {
      nextGroup(other.flags, other.group);
      if (other.group.end > other.group.start) levelEnd = group.end;
    }
  } while (size !== group.end - group.start);
  if (group.end === highestEnd || levelEnd === -1) return;
  while (other.group.end === other.group.start) {
    slideUp(ids, flags, group);
    previousGroup(other.flags, other.group);
  }
}

function firstGroup(flags: Uint8Array): Group {
  let end = 0;
  while (flags[end] === 1) end++;
  return { start: 0, end };
}

function nextGroup(flags: Uint8Array, group: Group): boolean {
  if (group.end >= flags.length) return false;
  group.start = group.end + 1;
  group.end = group.start;
  while (flags[group.end] === 1) group.end++;
  return true;
}

function previousGroup(flags: Uint8Array, group: Group): boolean {
  if (group.start === 0) return false;
  group.end = group.start - 1;
  group.start = group.end;
  while (group.start > 0 && flags[group.start - 1] === 1) group.start--;
  return true;
}

function slideDown(ids: Int32Array, flags: Uint8Array, group: Group): boolean {
  if (group.end >= flags.length || ids[group.start] !== ids[group.end]) return false;
  flags[group.start++] = 0;
  flags[group.end++] = 1;
  while (flags[group.end] === 1) group.end++;
  return true;
}

function slideUp(ids: Int32Array, flags: Uint8Array, group: Group): boolean {
  if (group.start === 0 || ids[group.start - 1] !== ids[group.end - 1]) return false;
  flags[--group.start] = 1;
  flags[--group.end] = 0;
  while (group.start > 0 && flags[group.start - 1] === 1) group.start--;
  return true;
}
