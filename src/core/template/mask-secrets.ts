import type { ValueMap } from '../pack/values.ts';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';

/** The values of secrets by variable name. */
export type Secrets = ReadonlyMap<string, string>;

/** What stands for a secret wherever bytes are stored. */
export function secretMask(name: string): string {
  return `\u27e6packsmith secret ${name}\u27e7`;
}

/** Collects the non-empty secrets among some answers. */
export function collectSecrets(answers: ValueMap, isSecret: (name: string) => boolean): Secrets {
  return new Map(
    [...answers].flatMap(([name, value]) => (isSecret(name) && typeof value === 'string' && value !== '' ? [[name, value]] : [])),
  );
}

/** Replaces every occurrence of a secret by its mask, longer secrets first; bytes without one are returned as they are. */
export function maskSecrets(content: Uint8Array, secrets: Secrets): Uint8Array {
  return replaceAll(
    content,
    [...secrets].map(([name, value]) => [value, secretMask(name)] as const),
  );
}

/** Puts secrets back where their masks stand. */
export function unmaskSecrets(content: Uint8Array, secrets: Secrets): Uint8Array {
  return replaceAll(
    content,
    [...secrets].map(([name, value]) => [secretMask(name), value] as const),
  );
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
