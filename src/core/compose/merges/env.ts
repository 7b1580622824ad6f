import { type FlatEntry, mergeFlat, twoValues } from './flat-merge.ts';
import { withoutKnownComments } from './lines.ts';
import type { MergeDriver } from './merge-driver.ts';
import { plainSides } from './plain-sides.ts';
import { mergeSimple } from './tree/merge-trees.ts';

/** Merges `.env` files variable by variable, with the comments above each; a line that assigns nothing, a variable twice, or a quote that nothing closes is unparsable. */
export const mergeEnv: MergeDriver = (input) => {
  const plain = plainSides(input);
  const simple = mergeSimple(input, plain);
  if (simple !== undefined) return simple;
  const ours = parseEnv(plain.ours);
  const theirs = parseEnv(plain.theirs);
  const base = plain.base === undefined ? undefined : parseEnv(plain.base);
  for (const [side, entries] of [
    ['ours', ours],
    ['theirs', theirs],
    ['base', base],
  ] as const) {
    if (typeof entries === 'string') return { kind: 'unparsable', reason: `${input.labels[side] ?? side}: ${entries}` };
  }
  if (typeof ours === 'string' || typeof theirs === 'string' || typeof base === 'string')
    return { kind: 'unparsable', reason: 'not assignments' };
  return mergeFlat({ base, ours, theirs }, input, {
    mergeBodies: (sides) => (assignedValue(sides.ours) === assignedValue(sides.theirs) ? { text: sides.ours } : twoValues(sides)),
    adopt: withoutKnownComments(ours),
    addsLast: true,
  });
};

const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*=(.*)$/;

function parseEnv(text: string): FlatEntry[] | string {
  const entries = new Map<string, FlatEntry>();
  const lines = text.split('\n').slice(0, -1);
  let lead = '';
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (/^\s*(?:#|$)/.test(line)) {
      lead += `${line}\n`;
      continue;
    }
    const [, key, value = ''] = ASSIGNMENT.exec(line) ?? [];
    if (key === undefined) return `line ${index + 1} assigns nothing`;
    if (entries.has(key)) return `${key} is assigned twice`;
    const end = endOfValue(lines, index, value);
    if (end === undefined) return `line ${index + 1} opens a quote that nothing closes`;
    entries.set(key, { key, title: key, lead, body: `${lines.slice(index, end + 1).join('\n')}\n` });
    lead = '';
    index = end;
  }
  return lead.trim() === ''
    ? [...entries.values()]
    : [...entries.values(), { key: `#${lead.trim()}`, title: lead.trim(), lead: '', body: lead }];
}

/** The line on which a value ends: another one when a quote is still open, and none when it stays open: what is added below would be in it. */
function endOfValue(lines: readonly string[], index: number, value: string): number | undefined {
  const quote = value.trimStart()[0];
  if (quote !== '"' && quote !== "'") return index;
  const closes = (text: string): boolean => new RegExp(quote === '"' ? '^(?:[^"\\\\]|\\\\.)*"' : "^[^']*'").test(text);
  if (closes(value.trimStart().slice(1))) return index;
  for (let at = index + 1; at < lines.length; at++) if (closes(lines[at] ?? '')) return at;
  return undefined;
}

/** What a line assigns, without the quotes, white space and comment around it. */
function assignedValue(body: string): string {
  const value = body.slice(body.indexOf('=') + 1).trim();
  const quoted = /^(["'])([\s\S]*)\1$/.exec(value);
  return quoted?.[2] ?? value.replace(/\s+#.*$/, '');
}
