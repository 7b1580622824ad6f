/** How much of a file decides. */
const LOOKED_AT = 1024;

/**
 * Whether cookiecutter takes a file for binary, and so copies it: the rule of binaryornot, by control characters, high bytes and NUL in the
 * first kilobyte. In the place of its guess of an encoding stands whether the bytes are UTF-8 with several letters beyond ASCII.
 */
export function isBinary(content: Uint8Array): boolean {
  const chunk = content.subarray(0, LOOKED_AT);
  if (chunk.length === 0) return false;
  let printable = 0;
  let high = 0;
  // By index, which is faster than an iterator as long as this is not compiled, and it is called for each file.
  for (let at = 0; at < chunk.length; at++) {
    const byte = chunk[at] ?? 0;
    if (byte >= 127) high++;
    else if (byte >= 32 || (byte >= 8 && byte <= 10) || byte === 12 || byte === 13) printable++;
  }
  const notPrintable = (chunk.length - printable) / chunk.length;
  const notHigh = (chunk.length - high) / chunk.length;
  const isLikely = (notPrintable > 0.3 && notHigh < 0.05) || (notPrintable > 0.8 && notHigh > 0.8);
  if (!isLikely && !chunk.includes(0) && !chunk.includes(0xff)) return false;
  return !isClearlyUtf8(chunk);
}

/** The share of characters that must be beyond ASCII is what makes a guess sure. */
const SURE_CHARACTERS = 4;

function isClearlyUtf8(chunk: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(chunk);
    return (text.match(/[^\0-\x7f]/gu)?.length ?? 0) >= SURE_CHARACTERS;
  } catch {
    return false;
  }
}
