import type { Decision } from '../reconcile/decision-table.ts';
import type { DiskEntry } from '../tree/disk-entry.ts';

/** Something at a path that is no file, or that the path leads through. */
export type Obstacle = Exclude<DiskEntry, { kind: 'file' }>;

/** The decision about a path with an obstacle, for people. */
export function describeObstacle(entry: Obstacle, { class: pathClass, reason }: Decision): string {
  return pathClass === 'replaced' ? `${reason}: ${nameObstacle(entry)}` : inTheWay(entry);
}

function inTheWay(entry: Obstacle): string {
  return entry.kind === 'blocked' ? nameObstacle(entry) : `${nameObstacle(entry)} is in the way`;
}

function nameObstacle(entry: Obstacle): string {
  switch (entry.kind) {
    case 'directory':
      return 'a directory';
    case 'link':
      return entry.leadsOut ? 'a link out of the project' : 'a link';
    case 'blocked':
      return `${entry.by} is ${entry.isLink ? 'a link' : 'a file'}, so that nothing can be written below it`;
    case 'other':
      return 'something that is no file';
    default:
      return entry satisfies never;
  }
}
