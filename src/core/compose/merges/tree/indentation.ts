/** The white space that the line of an offset begins with. */
export function indentAt(source: string, offset: number): string {
  const start = source.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(source.slice(start, Math.max(start, offset)))?.[0] ?? '';
}

/** The column of an offset, in code units. */
export function columnAt(source: string, offset: number): number {
  return offset - (source.lastIndexOf('\n', offset - 1) + 1);
}

/** One level of indentation: the white space of the first indented line; two spaces when there is none. */
export function indentUnit(source: string): string {
  return /^([ \t]+)\S/m.exec(source)?.[1] ?? '  ';
}

/** Moves every line but the first from one indentation to another, translating deeper levels from one unit to the other. */
export function reindent(text: string, from: { indent: string; unit: string }, to: { indent: string; unit: string }): string {
  if (from.indent === to.indent && from.unit === to.unit) return text;
  return text.replace(/\n([ \t]+)/g, (_, white: string) => {
    const deeper = white.startsWith(from.indent) ? white.slice(from.indent.length) : '';
    const levels = Math.floor(deeper.length / from.unit.length);
    return `\n${to.indent}${to.unit.repeat(levels)}${deeper.slice(levels * from.unit.length)}`;
  });
}
