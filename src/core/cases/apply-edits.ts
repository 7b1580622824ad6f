import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import { DEFAULT_MODE, type FileEntry, type FileTree } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import type { CaseEdit } from './pack-case.ts';

export type EditedTree =
  | { readonly kind: 'edited'; readonly tree: FileTree }
  /** An edit that cannot be made, by its number. */
  | { readonly kind: 'problem'; readonly index: number; readonly problem: string };

/** Makes edits one after the other, as a person would. Line ends are those of the file. */
export function applyEdits(tree: FileTree, edits: readonly CaseEdit[]): EditedTree {
  const files = new Map(tree);
  for (const [index, edit] of edits.entries()) {
    const problem = applyEdit(files, edit);
    if (problem !== undefined) return { kind: 'problem', index, problem };
  }
  return { kind: 'edited', tree: files };
}

/** Changes the tree, or says why it cannot be done. */
function applyEdit(files: Map<ProjectPath, FileEntry>, { path, action }: CaseEdit): string | undefined {
  const at = path as ProjectPath;
  const entry = files.get(at);
  if (action.kind === 'write') {
    files.set(at, { content: encodeUtf8(action.text), mode: entry?.mode ?? DEFAULT_MODE });
    return undefined;
  }
  if (entry === undefined) return `there is no ${path}`;
  if (action.kind === 'delete') {
    files.delete(at);
    return undefined;
  }
  if (action.kind === 'move') {
    if (files.has(action.to as ProjectPath)) return `there is ${action.to} already`;
    files.delete(at);
    files.set(action.to as ProjectPath, entry);
    return undefined;
  }
  const text = decodeUtf8(entry.content);
  if (text === undefined) return `${path} is no text in UTF-8`;
  const edited = editText(text, action);
  if (typeof edited !== 'string') return `${path} has ${edited.count === 0 ? 'no' : `${edited.count} times`} ${JSON.stringify(edited.old)}`;
  files.set(at, { ...entry, content: encodeUtf8(edited) });
  return undefined;
}

type TextAction = Exclude<CaseEdit['action'], { kind: 'write' | 'delete' | 'move' }>;

function editText(text: string, action: TextAction): string | { readonly old: string; readonly count: number } {
  const like = (part: string): string => (text.includes('\r\n') ? part.replaceAll(/\r?\n/g, '\r\n') : part);
  if (action.kind === 'append') return text + like(action.text);
  if (action.kind === 'prepend') return like(action.text) + text;
  const old = like(action.old);
  const count = text.split(old).length - 1;
  // A function, since a text may have `$&` in it.
  return count === 1 ? text.replace(old, () => like(action.text)) : { old: action.old, count };
}
