/** How many bytes Python reads at a time to find the end of a first line. */
const READ_AT_ONCE = 8192;

const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;

/**
 * The line end that cookiecutter gives a generated file, where it is another than the usual one: the one that Python tells of a file whose first
 * line was read. Of several kinds in the part that Python reads for that, it names a lone carriage return before a line feed before both together.
 */
export function newLinesOf(content: Uint8Array): string | undefined {
  const seen = new Set<string>();
  // A carriage return at the end of what was read belongs to what is read next.
  for (let start = 0, end = READ_AT_ONCE; start < content.length && seen.size === 0; end += READ_AT_ONCE) {
    const next = end < content.length && content[end - 1] === CARRIAGE_RETURN ? end - 1 : Math.min(end, content.length);
    addLineEnds(content.subarray(start, next), seen);
    start = next;
  }
  if (seen.has('\r')) return '\r';
  return seen.has('\n') || seen.size === 0 ? undefined : '\r\n';
}

function addLineEnds(bytes: Uint8Array, seen: Set<string>): void {
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === LINE_FEED) seen.add('\n');
    if (bytes[at] !== CARRIAGE_RETURN) continue;
    const isPair = bytes[at + 1] === LINE_FEED;
    seen.add(isPair ? '\r\n' : '\r');
    if (isPair) at++;
  }
}
