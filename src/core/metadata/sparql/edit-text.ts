/** Text that is put in, and the number of characters after `at` whose place it takes. */
export interface TextEdit {
  readonly at: number;
  readonly remove?: number;
  readonly insert: string;
}

export interface EditedText {
  readonly text: string;
  /** Leads an offset in `text` back to one before the edits; what was put in leads to where it was put. */
  toOriginal(offset: number): number;
}

/** @param edits In any order; those at one place keep theirs. None overlap. */
export function editText(original: string, edits: readonly TextEdit[]): EditedText {
  const sorted = [...edits].sort((a, b) => a.at - b.at);
  const parts: string[] = [];
  let end = 0;
  for (const { at, remove = 0, insert } of sorted) {
    parts.push(original.slice(end, at), insert);
    end = at + remove;
  }
  parts.push(original.slice(end));
  return {
    text: parts.join(''),
    toOriginal: (offset) => {
      let shift = 0;
      for (const { at, remove = 0, insert } of sorted) {
        if (offset - shift < at) break;
        if (offset - shift < at + insert.length) return at;
        shift += insert.length - remove;
      }
      return offset - shift;
    },
  };
}
