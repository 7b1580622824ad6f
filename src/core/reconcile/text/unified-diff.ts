import { diffSequences } from './diff-sequences.ts';
import type { Hunk } from './hunk.ts';
import { internAll } from './intern.ts';
import { splitLines } from './text-lines.ts';

/** One side of a file diff: its bytes as text, or that it is binary; and its mode (`100644`, `100755`, `120000`). */
export interface DiffSide {
  readonly text?: string;
  readonly mode?: string;
}

export interface FileDiffInput {
  /** Path in the old tree; also in the new one unless `newPath` says otherwise. */
  readonly path: string;
  readonly newPath?: string;
  /** Absent: the file is new. A side without `text` is binary. */
  readonly before?: DiffSide;
  /** Absent: the file is deleted. */
  readonly after?: DiffSide;
  /** Lines shown around a change; 3 when not given. */
  readonly context?: number;
}

/**
 * The difference of two texts as unified hunks with `---` and `+++` lines, as `git diff` and `patch` read it; the empty text when they are equal.
 * Lines are compared with their line ends, and a missing final newline is told.
 */
export function formatUnifiedDiff(a: string, b: string, options: { path: string; newPath?: string; context?: number }): string {
  const hunks = formatHunks(a, b, options.context ?? 3);
  if (hunks.length === 0) return '';
  return [`--- ${quotePath(`a/${options.path}`)}`, `+++ ${quotePath(`b/${options.newPath ?? options.path}`)}`, ...hunks, ''].join('\n');
}

/** The difference of one file with git's header: new, deleted, renamed, mode changed, binary. The empty text when nothing differs. */
export function formatFileDiff(input: FileDiffInput): string {
  const { before, after } = input;
  const newPath = input.newPath ?? input.path;
  const header = [
    `diff --git ${quotePath(`a/${input.path}`)} ${quotePath(`b/${newPath}`)}`,
    ...modeLines(before, after),
    ...renameLines(input.path, newPath),
  ];
  const isBinary = [before, after].some((side) => side !== undefined && side.text === undefined);
  const oldName = before === undefined ? '/dev/null' : quotePath(`a/${input.path}`);
  const newName = after === undefined ? '/dev/null' : quotePath(`b/${newPath}`);
  if (isBinary) return [...header, `Binary files ${oldName} and ${newName} differ`, ''].join('\n');
  const hunks = formatHunks(before?.text ?? '', after?.text ?? '', input.context ?? 3);
  if (hunks.length > 0) return [...header, `--- ${oldName}`, `+++ ${newName}`, ...hunks, ''].join('\n');
  return header.length === 1 ? '' : [...header, ''].join('\n');
}

const REGULAR = '100644';

function modeLines(before: DiffSide | undefined, after: DiffSide | undefined): string[] {
  if (before === undefined) return [`new file mode ${after?.mode ?? REGULAR}`];
  if (after === undefined) return [`deleted file mode ${before.mode ?? REGULAR}`];
  const modes = [before.mode ?? REGULAR, after.mode ?? REGULAR];
  return modes[0] === modes[1] ? [] : [`old mode ${modes[0]}`, `new mode ${modes[1]}`];
}

const renameLines = (from: string, to: string): string[] =>
  from === to ? [] : [`rename from ${quotePath(from)}`, `rename to ${quotePath(to)}`];

function formatHunks(a: string, b: string, context: number): string[] {
  const before = wholeLines(a);
  const after = wholeLines(b);
  const [aIds = new Int32Array(), bIds = new Int32Array()] = internAll(before, after);
  return groupHunks(diffSequences(aIds, bIds), context).flatMap((group) => formatGroup(group, before, after, context));
}

/** Lines with their ends, so that a changed end or a missing final newline is a change. */
function wholeLines(text: string): string[] {
  const lines = splitLines(text);
  return lines.contents.map((content, index) => (index === 0 ? lines.mark : '') + content + lines.ends[index]);
}

function groupHunks(hunks: readonly Hunk[], context: number): Hunk[][] {
  const groups: Hunk[][] = [];
  for (const hunk of hunks) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && hunk.aStart - last.aEnd <= 2 * context) group.push(hunk);
    else groups.push([hunk]);
  }
  return groups;
}

function formatGroup(group: readonly Hunk[], before: readonly string[], after: readonly string[], context: number): string[] {
  const first = group[0];
  const last = group.at(-1);
  if (first === undefined || last === undefined) return [];
  const lead = Math.min(context, first.aStart);
  const trail = Math.min(context, before.length - last.aEnd);
  const lines: string[] = [];
  let at = first.aStart - lead;
  for (const hunk of group) {
    lines.push(...before.slice(at, hunk.aStart).map((line) => ` ${line}`));
    lines.push(...before.slice(hunk.aStart, hunk.aEnd).map((line) => `-${line}`));
    lines.push(...after.slice(hunk.bStart, hunk.bEnd).map((line) => `+${line}`));
    at = hunk.aEnd;
  }
  lines.push(...before.slice(at, last.aEnd + trail).map((line) => ` ${line}`));
  const aRange = formatRange(first.aStart - lead, last.aEnd + trail);
  const bRange = formatRange(first.bStart - lead, last.bEnd + trail);
  return [`@@ -${aRange} +${bRange} @@`, ...lines.map(withoutNewline)];
}

function withoutNewline(line: string): string {
  return line.endsWith('\n') ? line.slice(0, -1) : `${line}\n\\ No newline at end of file`;
}

/** An empty range names the line before it, as the format wants. */
function formatRange(start: number, end: number): string {
  const length = end - start;
  if (length === 1) return String(start + 1);
  return `${length === 0 ? start : start + 1},${length}`;
}

const ESCAPES = new Map([
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['"', '\\"'],
  ['\\', '\\\\'],
]);

/** Puts a path with control characters or quotes in quotes, as git does; other characters stay readable. */
function quotePath(path: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be found
  const special = /["\\\u0000-\u001F\u007F]/g;
  if (!special.test(path)) return path;
  const octal = (char: string): string => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`;
  return `"${path.replace(special, (char) => ESCAPES.get(char) ?? octal(char))}"`;
}
