const PAGE_BYTES = 65_536;
const MEMORY_SECTION = 5;
const HEADER_BYTES = 8;

/**
 * Gives the one memory of a WebAssembly module a maximum, by writing its memory section anew (WebAssembly core specification, 5.5.8). Growing beyond
 * it fails within the module, and ends it.
 *
 * @param maximum In bytes; it is rounded down to whole pages of 64 KB.
 */
export function limitMemory(module: Uint8Array, maximum: number): Uint8Array<ArrayBuffer> {
  const section = findSection(module, MEMORY_SECTION);
  const [memories, flagsAt] = readUnsigned(module, section.start);
  const [minimum] = readUnsigned(module, flagsAt + 1);
  if (memories !== 1) throw new Error('the engine has not exactly one memory');
  const limits = [1, 1, ...writeUnsigned(minimum), ...writeUnsigned(Math.max(minimum, Math.floor(maximum / PAGE_BYTES)))];
  const written = [MEMORY_SECTION, ...writeUnsigned(limits.length), ...limits];
  const result = new Uint8Array(module.length - (section.end - section.head) + written.length);
  result.set(module.subarray(0, section.head));
  result.set(written, section.head);
  result.set(module.subarray(section.end), section.head + written.length);
  return result;
}

/** Where a section's head, its content and what follows it begin. */
function findSection(module: Uint8Array, wanted: number): { readonly head: number; readonly start: number; readonly end: number } {
  for (let head = HEADER_BYTES; head < module.length; ) {
    const [length, start] = readUnsigned(module, head + 1);
    const end = start + length;
    if (module[head] === wanted) return { head, start, end };
    head = end;
  }
  throw new Error('the engine has no memory of its own');
}

/** Reads an unsigned LEB128 number; gives it and where it ends. */
function readUnsigned(bytes: Uint8Array, at: number): readonly [value: number, end: number] {
  let value = 0;
  for (let shift = 1, index = at; ; shift *= 128, index++) {
    const byte = bytes[index] ?? 0;
    value += (byte % 128) * shift;
    if (byte < 128) return [value, index + 1];
  }
}

function writeUnsigned(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...writeUnsigned(Math.floor(value / 128))];
}
