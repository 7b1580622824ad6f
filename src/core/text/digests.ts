/** Digests that formats of other tools are written with; nothing here that has to be safe is told apart by them. RFC 1321, FIPS 180-4. */

export type DigestName = 'md5' | 'sha1' | 'sha384' | 'sha512';

/** The digest of bytes in hexadecimal. Its time is proportional to their number. */
export function digestOf(name: DigestName, bytes: Uint8Array): string {
  switch (name) {
    case 'md5':
      return md5(bytes);
    case 'sha1':
      return sha1(bytes);
    default:
      return sha2(bytes, name === 'sha384' ? { from: 8, words: 6 } : { from: 0, words: 8 });
  }
}

/** A bit of one, zeros, and the number of bits, to whole blocks. */
function pad(bytes: Uint8Array, block: number, isLittle: boolean): DataView {
  const lengthBytes = block / 8;
  const padded = new Uint8Array(Math.ceil((bytes.length + 1 + lengthBytes) / block) * block);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  const bits = BigInt(bytes.length) * 8n;
  view.setBigUint64(isLittle ? padded.length - lengthBytes : padded.length - 8, bits, isLittle);
  return view;
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function hexOf(words: readonly number[], isLittle: boolean): string {
  const view = new DataView(new ArrayBuffer(4));
  return words
    .map((word) => {
      view.setInt32(0, word, isLittle);
      return view.getUint32(0).toString(16).padStart(8, '0');
    })
    .join('');
}

const MD5_SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;
const MD5_SINES = Array.from({ length: 64 }, (_, step) => Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32) | 0);

function md5(bytes: Uint8Array): string {
  const view = pad(bytes, 64, true);
  let state: readonly [number, number, number, number] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
  for (let at = 0; at < view.byteLength; at += 64) {
    let [a, b, c, d] = state;
    for (let step = 0; step < 64; step++) {
      const [mixed, word] = md5Step(step, b, c, d);
      const sum = (a + mixed + (MD5_SINES[step] ?? 0) + view.getInt32(at + word * 4, true)) | 0;
      const shift = MD5_SHIFTS[step >> 4]?.[step & 3] ?? 0;
      [a, d, c, b] = [d, c, b, (b + rotate(sum, shift)) | 0];
    }
    state = [(state[0] + a) | 0, (state[1] + b) | 0, (state[2] + c) | 0, (state[3] + d) | 0];
  }
  return hexOf(state, true);
}

/** What a step mixes, and which word of the block it takes. */
function md5Step(step: number, b: number, c: number, d: number): readonly [mixed: number, word: number] {
  if (step < 16) return [(b & c) | (~b & d), step];
  if (step < 32) return [(d & b) | (~d & c), (5 * step + 1) % 16];
  if (step < 48) return [b ^ c ^ d, (3 * step + 5) % 16];
  return [c ^ (b | ~d), (7 * step) % 16];
}

function sha1(bytes: Uint8Array): string {
  const view = pad(bytes, 64, false);
  const schedule = new Int32Array(80);
  let state: readonly [number, number, number, number, number] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0];
  const word = (index: number): number => schedule[index] ?? 0;
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let step = 0; step < 80; step++) {
      const mixed = word(step - 3) ^ word(step - 8) ^ word(step - 14) ^ word(step - 16);
      schedule[step] = step < 16 ? view.getInt32(at + step * 4) : rotate(mixed, 1);
    }
    let [a, b, c, d, e] = state;
    for (let step = 0; step < 80; step++) {
      const [mixed, constant] = sha1Step(step, b, c, d);
      const sum = (rotate(a, 5) + mixed + e + constant + word(step)) | 0;
      [e, d, c, b, a] = [d, c, rotate(b, 30), a, sum];
    }
    state = [(state[0] + a) | 0, (state[1] + b) | 0, (state[2] + c) | 0, (state[3] + d) | 0, (state[4] + e) | 0];
  }
  return hexOf(state, false);
}

function sha1Step(step: number, b: number, c: number, d: number): readonly [mixed: number, constant: number] {
  if (step < 20) return [(b & c) | (~b & d), 0x5a827999];
  if (step < 40) return [b ^ c ^ d, 0x6ed9eba1];
  if (step < 60) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc | 0];
  return [b ^ c ^ d, 0xca62c1d6 | 0];
}

const WORD = 1n << 64n;

/** The first 80 primes, whose roots the constants of SHA-2 are taken from. */
const PRIMES: readonly bigint[] = [...Array(410).keys()]
  .filter((number) => number > 1 && Array.from({ length: number - 2 }, (_, at) => at + 2).every((factor) => number % factor !== 0))
  .slice(0, 80)
  .map(BigInt);

/** The first 64 bits behind the point of a root. */
function rootBits(prime: bigint, degree: 2n | 3n): bigint {
  const scaled = prime << (64n * degree);
  let [low, high] = [0n, 1n << 72n];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= scaled) low = middle;
    else high = middle;
  }
  return low % WORD;
}

function turn(word: bigint, by: bigint): bigint {
  return ((word >> by) | (word << (64n - by))) % WORD;
}

/** SHA-512, or SHA-384: from other primes, and of fewer words. */
function sha2(bytes: Uint8Array, { from, words }: { readonly from: number; readonly words: number }): string {
  const view = pad(bytes, 128, false);
  const constants = PRIMES.map((prime) => rootBits(prime, 3n));
  let state = PRIMES.slice(from, from + 8).map((prime) => rootBits(prime, 2n));
  for (let at = 0; at < view.byteLength; at += 128) {
    const schedule = scheduleOf(view, at);
    let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
    for (let step = 0; step < 80; step++) {
      const first = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n);
      const choice = (e & f) ^ ((WORD - 1n - e) & g);
      const sum = h + first + choice + (constants[step] ?? 0n) + (schedule[step] ?? 0n);
      const second = (turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + sum) % WORD, c, b, a, (sum + second) % WORD];
    }
    const mixed = [a, b, c, d, e, f, g, h];
    state = state.map((word, index) => (word + (mixed[index] ?? 0n)) % WORD);
  }
  return state
    .slice(0, words)
    .map((word) => word.toString(16).padStart(16, '0'))
    .join('');
}

function scheduleOf(view: DataView, at: number): readonly bigint[] {
  const schedule: bigint[] = [];
  const word = (index: number): bigint => schedule[index] ?? 0n;
  for (let step = 0; step < 80; step++) {
    if (step < 16) {
      schedule.push(view.getBigUint64(at + step * 8));
      continue;
    }
    const near = turn(word(step - 2), 19n) ^ turn(word(step - 2), 61n) ^ (word(step - 2) >> 6n);
    const far = turn(word(step - 15), 1n) ^ turn(word(step - 15), 8n) ^ (word(step - 15) >> 7n);
    schedule.push((near + word(step - 7) + far + word(step - 16)) % WORD);
  }
  return schedule;
}
