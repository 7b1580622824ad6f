import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { readYaml } from '../../jinja/python-data/read-yaml.ts';
import type { Value, ValueMap } from '../../pack/values.ts';
import { positionAt } from '../../text/position-at.ts';
import { invalid } from './ggen-finding.ts';

/** A template of ggen: what stands at its head, and where. */
export interface GgenTemplate {
  readonly file: string;
  readonly head: ValueMap;
  /** The line of a key of the head. */
  readonly lineOf: (key: string) => number;
  readonly body: string;
  /** The line of the file that the body begins on. */
  readonly bodyLine: number;
}

/** Splits a template; `undefined` where it has no head, so that ggen makes no file of it by itself. */
export function readTemplate(file: string, text: string): GgenTemplate | Diagnostic | undefined {
  const opening = /^\uFEFF?---[ \t]*\r?\n/.exec(text)?.[0];
  if (opening === undefined) return undefined;
  const closing = /^---[ \t]*(?:\r?\n|$)/m.exec(text.slice(opening.length));
  if (closing === null) return invalid(file, 1, 'the head has no end', 'end it with a line of ---');
  const head = text.slice(opening.length, opening.length + closing.index);
  const end = opening.length + closing.index + closing[0].length;
  const outcome = readYaml(head, { hasTextKeys: true });
  if (outcome.kind === 'problem') {
    const { line } = positionAt(text, opening.length + outcome.offset);
    return invalid(file, line, outcome.problem, 'write the head as YAML; put texts with {{ into quotes');
  }
  const [value = null] = outcome.values;
  if (value !== null && !(value instanceof Map)) return invalid(file, 2, 'the head is no map', 'write it as `key: value`');
  return {
    file,
    head: value ?? new Map<string, Value>(),
    lineOf: (key) => positionAt(text, opening.length + (outcome.offsets.get(key) ?? 0)).line,
    body: text.slice(end),
    bodyLine: positionAt(text, end).line,
  };
}

/** The text of a key. */
export function textAt(head: ValueMap, key: string): string | undefined {
  const value = head.get(key);
  return typeof value === 'string' ? value : undefined;
}

/** The texts of a key that is one text or a list of them. */
export function textsAt(head: ValueMap, key: string): string[] {
  const value = head.get(key);
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

/** The named queries of a head: one text is `default`, those of a list are `query_0` and on. */
export function queriesOf(head: ValueMap): Map<string, string> {
  const value = head.get('sparql');
  if (typeof value === 'string') return new Map([['default', value]]);
  if (Array.isArray(value)) return new Map(textsAt(head, 'sparql').map((text, index) => [`query_${index}`, text]));
  if (!(value instanceof Map)) return new Map();
  return new Map([...value].flatMap(([name, text]): [string, string][] => (typeof text === 'string' ? [[String(name), text]] : [])));
}
