import { gunzipSync } from 'node:zlib';
import { unpackArchive } from '../../../src/adapters/sources/archive/unpack-archive.ts';
import { findPackPathProblem } from '../../../src/core/tree/project-path.ts';
import { attemptAsync, type FuzzTarget, hold } from '../fuzz-target.ts';

const BLOCK = 512;
/** As much as a ZIP may grow by. */
const MAX_RATIO = 100;
const RATIO_FREE_BYTES = 8 * 1024 * 1024;

/** Makes the checksum of every header right, so that what else is in it is looked at. */
function repairTar(input: Uint8Array): Uint8Array {
  if (input[0] === 0x1f || input[0] === 0x50) return input;
  const bytes = Uint8Array.from(input);
  for (let at = 0; at + BLOCK <= bytes.length; at += BLOCK) {
    const isHeader = String.fromCharCode(...bytes.subarray(at + 257, at + 262)) === 'ustar';
    if (!isHeader) continue;
    bytes.fill(0x20, at + 148, at + 156);
    const sum = bytes.subarray(at, at + BLOCK).reduce((total, byte) => total + byte, 0);
    const digits = `${sum.toString(8).padStart(6, '0')}\0 `;
    for (let index = 0; index < digits.length; index++) bytes[at + 148 + index] = digits.charCodeAt(index);
  }
  return bytes;
}

export const archive: FuzzTarget = {
  name: 'archive',
  subject: 'the reader of archives: tar, compressed and not, and ZIP',
  laws: ['a tree, or refused', 'no path leads out, none stands twice', 'modes are 0644 or 0755', 'no larger than what was there to unpack'],
  words: [
    '../',
    '/etc/x',
    'package/',
    './',
    'ustar\0',
    'ustar  \0',
    '0000644\0',
    '0004755\0',
    '00000000010\0',
    '77777777777\0',
    '\0',
    '0',
    '1',
    '2',
    '3',
    '5',
    'L',
    'x',
    'g',
    '20 path=../x\n',
    '12 path=a/b\n',
    '\xff\xff\xff\xff',
    '30 GNU.sparse.name=x\n',
    'con.txt',
    'a\\b',
    '\x1f\x8b',
    'PK\x01\x02',
    'PK\x03\x04',
    'PK\x05\x06',
  ],
  maxBytes: 8192,
  repair: repairTar,
  run: async (input) => {
    const unpacked = await attemptAsync(['ARCHIVE_REFUSED', 'PACK_TOO_LARGE'], () => unpackArchive(input));
    if ('code' in unpacked) return unpacked.code;
    // Links of a template share the bytes of what they lead to.
    const contents = new Set([...unpacked.value.values()].map(({ content }) => content));
    const total = [...contents].reduce((sum, { length }) => sum + length, 0);
    for (const [path, { mode }] of unpacked.value) {
      hold(findPackPathProblem(path) === undefined, 'no path leads out', () => JSON.stringify(path));
      hold(mode === 0o644 || mode === 0o755, 'modes are 0644 or 0755', () => mode);
    }
    const most =
      input[0] === 0x50 ? MAX_RATIO * input.length + RATIO_FREE_BYTES : input[0] === 0x1f ? gunzipSync(input).length : input.length;
    hold(total <= most, 'no larger than what was there', () => `${total} ${most}`);
    return `files ${Math.min(4, unpacked.value.size)}`;
  },
};
