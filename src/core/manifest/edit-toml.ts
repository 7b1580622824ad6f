import { parse, patch } from '@decimalturn/toml-patch';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ErrorCode } from '../diagnostics/error-codes.ts';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { Value } from '../pack/values.ts';
import { formatKeyPath } from './key-path.ts';
import { LIMITS } from './limits.ts';
import { readToml } from './read-toml.ts';
import { isTable } from './table.ts';

/** One change to a document; tables on the way are made, or removed when nothing is left in them. */
export type DocumentEdit =
  | { readonly kind: 'set'; readonly path: readonly string[]; readonly value: Value }
  | { readonly kind: 'unset'; readonly path: readonly string[] };

export interface EditContext {
  readonly file: string;
  /** The code of the failure when the text, or what it would become, is not valid. */
  readonly code: ErrorCode;
  /** All findings about a text; an edit must not add an error to them. */
  readonly check: (text: string, file: string) => readonly Diagnostic[];
}

/**
 * Edits TOML that people wrote, keeping their comments, order and spacing. The result is read back and compared with what was meant before it is
 * given out. Editing needs a large library: import this module only where a file is edited.
 *
 * @throws PacksmithError with the code of the context when the text is not TOML, when the edit would make it invalid, or when it cannot be made.
 */
export function editToml(text: string, edits: readonly DocumentEdit[], context: EditContext): string {
  const read = readToml(text, context.file);
  if (read.table === undefined) throw fail(context, `${context.file} cannot be edited: ${read.diagnostic.message}`, [read.diagnostic]);
  if (isDeeperThan(read.table, LIMITS.manifestDepth.maximum)) throw fail(context, `${context.file} is nested too deeply to be edited`);
  const meant = applyEdits(read.table, edits);
  const edited = deepEquals(meant, read.table) ? text : patchText(text, edits, context);
  const after = readToml(edited, context.file);
  if (after.table === undefined || !deepEquals(after.table, meant)) throw refuse(edits, context);
  const before = new Set(context.check(text, context.file).map(identify));
  const added = context.check(edited, context.file).filter((found) => found.severity === 'error' && !before.has(identify(found)));
  if (added.length > 0) throw fail(context, `the change would make ${context.file} invalid: ${added[0]?.message}`, added);
  return edited;
}

function identify(diagnostic: Diagnostic): string {
  return `${diagnostic.code} ${diagnostic.message}`;
}

function patchText(text: string, edits: readonly DocumentEdit[], context: EditContext): string {
  try {
    return restoreHeaders(text, patch(text, applyEdits(parse(text, { integersAsBigInt: 'asNeeded' }), edits)));
  } catch (cause) {
    throw refuse(edits, context, cause);
  }
}

/** The library moves the comment that stands behind the header of a table it edits; the header is put back as it was. */
function restoreHeaders(before: string, after: string): string {
  const headers = new Map<string, string>();
  for (const line of before.split('\n')) {
    if (line.startsWith('[')) headers.set(closeUp(line), line);
  }
  return after
    .split('\n')
    .map((line) => (line.startsWith('[') ? (headers.get(closeUp(line)) ?? line) : line))
    .join('\n');
}

function closeUp(header: string): string {
  return header.replace(/[ \t]+/g, ' ');
}

function refuse(edits: readonly DocumentEdit[], context: EditContext, cause?: unknown): PacksmithError {
  const keys = edits.map((edit) => formatKeyPath(edit.path)).join(', ');
  return new PacksmithError(context.code, `${context.file} cannot be edited without changing other parts of it`, {
    hint: `change it by hand: ${keys}`,
    cause,
  });
}

function fail(context: EditContext, message: string, diagnostics: readonly Diagnostic[] = []): PacksmithError {
  return new PacksmithError(context.code, message, { diagnostics });
}

type Node = Record<string, unknown>;

function applyEdits(document: unknown, edits: readonly DocumentEdit[]): Node {
  const edited = copy(document) as Node;
  for (const edit of edits) {
    const key = edit.path.at(-1);
    if (key === undefined) continue;
    if (edit.kind === 'set') makeTable(edited, edit.path.slice(0, -1))[key] = toPlain(edit.value);
    else unset(edited, edit.path);
  }
  return edited;
}

function makeTable(root: Node, path: readonly string[]): Node {
  let table = root;
  for (const key of path) {
    const next = Object.hasOwn(table, key) ? table[key] : undefined;
    const made: Node = isTable(next) ? (next as Node) : Object.create(null);
    table[key] = made;
    table = made;
  }
  return table;
}

function unset(root: Node, path: readonly string[]): void {
  const [key, ...rest] = path;
  if (key === undefined || !Object.hasOwn(root, key)) return;
  const child = root[key];
  if (rest.length === 0) delete root[key];
  else if (isTable(child)) {
    unset(child as Node, rest);
    if (Object.keys(child).length === 0) delete root[key];
  }
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (!isTable(value)) return value;
  const table: Node = Object.create(null);
  for (const [key, entry] of Object.entries(value)) table[key] = copy(entry);
  return table;
}

function toPlain(value: Value): unknown {
  if (Array.isArray(value)) return value.map(toPlain);
  if (!(value instanceof Map)) return value;
  const table: Node = Object.create(null);
  for (const [key, entry] of value) table[key] = toPlain(entry);
  return table;
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((entry) => isDeeperThan(entry, depth - 1));
}

function deepEquals(a: unknown, b: unknown): boolean {
  if (isTable(a) && isTable(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && deepEquals(a[key], b[key]));
  }
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => deepEquals(item, b[index]));
  return Object.is(a, b) || (isDate(a) && isDate(b) && String(a) === String(b));
}

function isDate(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !isTable(value) && !Array.isArray(value);
}
