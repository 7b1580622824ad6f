/** The deepest nesting of brackets and braces outside of text in double quotes; a quick look before a parser that recurses. */
export function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '"') at = endOfQuoted(text, at);
    else if (char === '[' || char === '{') deepest = Math.max(deepest, ++depth);
    else if (char === ']' || char === '}') depth = Math.max(0, depth - 1);
  }
  return deepest;
}

/** The closing quote, or the end of the line when there is none on it. */
function endOfQuoted(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"' && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
  return at;
}

/** The deepest nesting by indentation, in which every `- `, `? ` and `: ` that opens a line counts as a level. */
export function indentationDepth(text: string): number {
  let deepest = 0;
  const open: number[] = [];
  for (const [line] of text.matchAll(/^[ \t]*(?:[-?:][ \t]+)*[-?:]?(?=\S|$)/gm)) {
    const column = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    while (open.length > 0 && (open.at(-1) ?? 0) >= column) open.pop();
    open.push(column);
    for (const sign of line.matchAll(/[-?:]/g)) open.push(sign.index + 1);
    deepest = Math.max(deepest, open.length);
  }
  return deepest;
}
