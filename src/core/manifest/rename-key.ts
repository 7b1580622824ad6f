import { formatKeyPath } from './key-path.ts';
import { locateKeys } from './locate-keys.ts';

/** The text with another last key at a path, everything else, comments too, as it was; the same text where no plain key stands there. */
export function renameKey(text: string, path: readonly string[], to: string): string {
  const at = locateKeys(text).find(path, 'key');
  const last = path.at(-1) ?? '';
  const lines = text.split('\n');
  const line = lines[at.line - 1] ?? '';
  const form = [last, JSON.stringify(last), `'${last}'`].find((written) => line.startsWith(written, at.column - 1));
  if (form === undefined) return text;
  lines[at.line - 1] = `${line.slice(0, at.column - 1)}${formatKeyPath([to])}${line.slice(at.column - 1 + form.length)}`;
  return lines.join('\n');
}
