import type { Value, ValueMap } from '../pack/values.ts';
import { toPlainValue } from '../plan/generation-plan.ts';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import type { AnswerOutcome } from './answers/answer-types.ts';

/** The values of secrets by variable name; a form other than the plain one has its name behind it. */
export type Secrets = ReadonlyMap<string, string>;

/** What stands for a secret wherever bytes are stored. */
export function secretMask(name: string): string {
  return `${MASK} ${name}\u27e7`;
}

const MASK = '\u27e6packsmith secret';

/** Tells whether an answer is one in which a mask stands for a secret. */
export function holdsMask(answer: Value): boolean {
  return Array.isArray(answer) ? answer.some(holdsMask) : typeof answer === 'string' && answer.includes(MASK);
}

/** Collects the non-empty secrets among some answers, and the forms in which filters write them: escaped for JSON, quoted for YAML or a shell, encoded for an address. */
export function collectSecrets(answers: ValueMap, isSecret: (name: string) => boolean): Secrets {
  const secrets = new Map<string, string>();
  for (const [name, value] of answers) {
    if (!isSecret(name) || typeof value !== 'string' || value === '') continue;
    for (const [form, text] of formsOf(value)) if (form === '' || text !== value) secrets.set(`${name}${form}`, text);
  }
  return secrets;
}

function formsOf(value: string): readonly (readonly [form: string, text: string])[] {
  return [
    ['', value],
    [' as JSON', JSON.stringify(value).slice(1, -1)],
    [' in single quotes', value.replaceAll("'", "''")],
    [' for a shell', value.replaceAll("'", `'"'"'`)],
    [' in an address', encodeAddress(value)],
  ];
}

function encodeAddress(value: string): string {
  return value.isWellFormed() ? encodeURIComponent(value) : value;
}

/** The secrets among all answers of a project. */
export function secretsAmong({ entries, answers }: AnswerOutcome): Secrets {
  const names = new Set(entries.filter(({ isSecret }) => isSecret).map(({ name }) => name));
  return new Map([...answers.values()].flatMap((values) => [...collectSecrets(values, (name) => names.has(name))]));
}

/** The answers with the mask of each non-empty secret in its place, also within answers that were made from it; `undefined` where there is none. */
export function withMasks(outcome: AnswerOutcome): AnswerOutcome | undefined {
  const secrets = secretsAmong(outcome);
  if (secrets.size === 0) return undefined;
  const masked = (values: ValueMap): ValueMap => new Map([...values].map(([name, value]) => [name, maskValue(value, secrets)]));
  return { ...outcome, answers: new Map([...outcome.answers].map(([pack, values]) => [pack, masked(values)])) };
}

function maskValue(value: Value, secrets: Secrets): Value {
  if (typeof value === 'string') return maskText(value, secrets);
  if (Array.isArray(value)) return value.map((item) => maskValue(item, secrets));
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, maskValue(item, secrets)]));
  return value;
}

/** Tells whether a value holds one of the secrets. */
export function holdsSecret(value: Value, secrets: Secrets): boolean {
  return secrets.size > 0 && JSON.stringify(toPlainValue(maskValue(value, secrets))) !== JSON.stringify(toPlainValue(value));
}

/** Replaces every occurrence of a secret by its mask, longer secrets first; bytes without one are returned as they are. */
export function maskSecrets(content: Uint8Array, secrets: Secrets): Uint8Array {
  return replaceAll(
    content,
    [...secrets].map(([name, value]) => [value, secretMask(name)] as const),
  );
}

/** Replaces every occurrence of a secret in text that is shown. */
export function maskText(text: string, secrets: Secrets): string {
  return decodeUtf8(maskSecrets(encodeUtf8(text), secrets)) ?? text;
}

/** Puts secrets back where their masks stand. */
export function unmaskSecrets(content: Uint8Array, secrets: Secrets): Uint8Array {
  return replaceAll(
    content,
    [...secrets].map(([name, value]) => [secretMask(name), value] as const),
  );
}

/**
 * Tells whether bytes are others with something in the place of each mask, and the same in the place of the same mask. What stands there is
 * taken to end where the text behind the mask begins; where that says no, the answer is no.
 */
export function fitsMasks(content: Uint8Array, masked: Uint8Array): boolean {
  const [text, form] = [decodeUtf8(content), decodeUtf8(masked)];
  if (text === undefined || form === undefined) return false;
  // Literals and masks in turn, a literal first and last.
  const [first = '', ...parts] = form.split(/(\u27e6packsmith secret [^\u27e6\u27e7]+\u27e7)/u);
  if (!text.startsWith(first)) return false;
  const values = new Map<string, string>();
  let at = first.length;
  for (let index = 0; index < parts.length; index += 2) {
    const [mask = '', literal = ''] = parts.slice(index, index + 2);
    const isLast = index + 2 === parts.length;
    const end = isLast && text.endsWith(literal) ? text.length - literal.length : text.indexOf(literal, at + 1);
    const value = text.slice(at, end);
    if (end <= at || (values.get(mask) ?? value) !== value) return false;
    values.set(mask, value);
    at = end + literal.length;
  }
  return at === text.length;
}

function replaceAll(content: Uint8Array, pairs: readonly (readonly [from: string, to: string])[]): Uint8Array {
  if (pairs.length === 0) return content;
  const text = decodeUtf8(content);
  if (text === undefined) return content;
  const ordered = [...pairs].sort(([a], [b]) => b.length - a.length);
  const replacements = new Map(ordered);
  const pattern = new RegExp(ordered.map(([from]) => from.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'), 'gu');
  const replaced = text.replace(pattern, (found) => replacements.get(found) ?? found);
  return replaced === text ? content : encodeUtf8(replaced);
}
