import { type KeyPath, quote } from '../manifest/key-path.ts';
import type { Problems } from '../manifest/problems.ts';
import { readKey, readString, readTables, type Table } from '../manifest/table.ts';
import { findPackPathProblem, findPathProblem } from '../tree/project-path.ts';
import type { CaseEdit, EditAction } from './pack-case.ts';

/** Whose files are edited: those of a pack may have names that are templates. */
interface EditContext {
  readonly of: 'pack' | 'project';
  readonly problems: Problems;
}

const ACTIONS = ['write', 'append', 'prepend', 'replace', 'delete', 'move'] as const;

/** Reads the edits at the last key of a path: each has a safe path and does exactly one thing. */
export function readEdits(table: Table, path: KeyPath, context: EditContext): CaseEdit[] {
  return readTables(table, String(path.at(-1))).flatMap(({ index, entry }) => readEdit(entry, [...path, index], context) ?? []);
}

function readEdit(entry: Table, at: KeyPath, { of, problems }: EditContext): CaseEdit | undefined {
  const findProblem = of === 'pack' ? findPackPathProblem : findPathProblem;
  for (const key of ['path', 'move']) {
    const text = readString(entry, key);
    const reason = text === undefined ? undefined : findProblem(text);
    if (text !== undefined && reason !== undefined) problems.unsafePath([...at, key], text, reason);
  }
  const given = ACTIONS.filter((key) => readKey(entry, key) !== undefined);
  const hasWith = readKey(entry, 'with') !== undefined;
  if (given.length !== 1) {
    const found = given.length === 0 ? 'nothing' : given.map(quote).join(' and ');
    problems.conflict(at, `an edit does exactly one thing, and this one does ${found}`, `give one of ${ACTIONS.join(', ')}`);
    return undefined;
  }
  if (given.includes('replace') !== hasWith) {
    problems.conflict(at, '`replace` and `with` go together', hasWith ? 'say what is replaced' : 'add with = "" to take the text away');
    return undefined;
  }
  const action = readAction(entry);
  return action === undefined ? undefined : { path: readString(entry, 'path') ?? '', action };
}

function readAction(entry: Table): EditAction | undefined {
  for (const kind of ['write', 'append', 'prepend'] as const) {
    const text = readString(entry, kind);
    if (text !== undefined) return { kind, text };
  }
  const old = readString(entry, 'replace');
  if (old !== undefined) return { kind: 'replace', old, text: readString(entry, 'with') ?? '' };
  const to = readString(entry, 'move');
  if (to !== undefined) return { kind: 'move', to };
  return readKey(entry, 'delete') === true ? { kind: 'delete' } : undefined;
}
