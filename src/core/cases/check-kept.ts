import { quote } from '../manifest/key-path.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import type { FileTree } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import type { CaseProblem } from './case-problem.ts';
import type { CaseEdit } from './pack-case.ts';

export interface KeptRequest {
  readonly edits: readonly CaseEdit[];
  /** The project as it was generated, as it was edited, and as the update left it. */
  readonly generated: FileTree;
  readonly edited: FileTree;
  readonly updated: FileTree;
  /** Where files went that the new pack has under another path. */
  readonly renamed: ReadonlyMap<string, string>;
}

/**
 * Whether an update kept every edit: each line that somebody added is still there, what was deleted stays deleted, and what was moved is where
 * it was moved to. A comma at the end of a line may come or go, as lists get longer.
 */
export function checkKept({ edits, generated, edited, updated, renamed }: KeptRequest): CaseProblem[] {
  const moves = new Map(edits.flatMap(({ path, action }) => (action.kind === 'move' ? [[path, action.to] as const] : [])));
  const deleted = new Set(edits.flatMap(({ path, action }) => (action.kind === 'delete' ? [path] : [])));
  return edits.flatMap(({ path, action }, index): CaseProblem[] => {
    const at = ['update', 'edits', index];
    if (action.kind === 'delete') {
      return updated.has(path as ProjectPath) && !edited.has(path as ProjectPath)
        ? [{ at, path, message: `${path} was deleted, and the update brought it back` }]
        : [];
    }
    const place = moves.get(path) ?? path;
    if (deleted.has(place)) return [];
    const after = [place, renamed.get(place) ?? place].find((candidate) => updated.has(candidate as ProjectPath));
    if (after === undefined) return [{ at, path, message: `${place} was edited, and the update deleted it` }];
    if (action.kind === 'move') return [];
    const lost = findLostLines({ before: textAt(generated, path), edited: textAt(edited, place), after: textAt(updated, after) });
    return lost.map((line) => ({ at, path, message: `the update lost a line that was put into ${place}: ${quote(line)}` }));
  });
}

interface Versions {
  readonly before: string;
  readonly edited: string;
  readonly after: string;
}

/** Lines that the edited text has more often than the generated one, and of which the updated one has fewer. */
function findLostLines({ before, edited, after }: Versions): string[] {
  const [old, own, left] = [countLines(before), countLines(edited), countLines(after)];
  return [...own].flatMap(([line, count]) => {
    const added = count - (old.get(line) ?? 0);
    return added > 0 && (left.get(line) ?? 0) < added ? [line] : [];
  });
}

function countLines(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const whole of text.split('\n')) {
    const line = whole.trim().replace(/,$/, '');
    if (line !== '') counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return counts;
}

function textAt(tree: FileTree, path: string): string {
  const content = tree.get(path as ProjectPath)?.content;
  return (content === undefined ? undefined : decodeUtf8(content)) ?? '';
}
