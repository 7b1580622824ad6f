/** The way to a value in a document: keys of tables and indexes of arrays. */
export type KeyPath = readonly (string | number)[];

const MAX_SHOWN_CHARACTERS = 60;

/** Writes a path as people read it: `templates[2].output`, quoting keys that are not bare. The root is "the document". */
export function formatKeyPath(path: KeyPath): string {
  if (path.length === 0) return 'the document';
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else text += `${text === '' ? '' : '.'}${/^[\w-]{1,60}$/.test(segment) ? segment : quote(segment)}`;
  }
  return text;
}

/** Quotes text of unknown origin for a message: shortened, on one line, without control characters. */
export function quote(text: string): string {
  const shortened = text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS)}…` : text;
  return JSON.stringify(shortened.toWellFormed()).replace(/[\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
