import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeTar } from '../../../../test/support/make-tar.ts';
import { makeZip, type ZipEntry } from '../../../../test/support/make-zip.ts';
import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import { unpackArchive } from './unpack-archive.ts';

const MANIFEST: ZipEntry = { path: 'thing-main/pack.toml', content: 'format = 1\n' };
const LINK = 0o120_777;

async function refusal(bytes: Uint8Array): Promise<string> {
  const error: unknown = await unpackArchive(bytes).then(
    (tree) => new Error(`accepted: ${[...tree.keys()].join(' ')}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PacksmithError)) throw error;
  expect(error.code).toBe('ARCHIVE_REFUSED');
  return error.message;
}

describe('a ZIP archive', () => {
  it('gives the files below its one directory, with their bytes and execute bits, however it comes', async () => {
    const bytes = makeZip([
      { path: 'thing-main/', mode: 0o040_755 },
      MANIFEST,
      { path: 'thing-main/run.sh', content: 'x\n', mode: 0o100_755 },
      { path: 'thing-main/{{cookiecutter.slug}}/größe.md', content: 'long '.repeat(1_000), mode: 0o100_600 },
      { path: 'thing-main/stored.bin', content: new Uint8Array([0, 1, 255]), isStored: true },
    ]);
    for (const size of [1, 3, 4_096]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
      const tree = await unpackArchive(Readable.from(chunks));
      expect([...tree].map(([path, { content, mode }]) => [path, content.byteLength, mode.toString(8)])).toEqual([
        ['pack.toml', 11, '644'],
        ['run.sh', 2, '755'],
        ['{{cookiecutter.slug}}/größe.md', 5_000, '644'],
        ['stored.bin', 3, '644'],
      ]);
    }
  });

  it('is not what a tar is whose first name begins as one', async () => {
    expect([...(await unpackArchive(makeTar([{ path: 'PK/pack.toml' }]))).keys()]).toEqual(['pack.toml']);
  });

  it.each<[string, readonly ZipEntry[], RegExp]>([
    ['a path that climbs out', [MANIFEST, { path: '../../etc/x' }], /\.\.\/\.\.\/etc\/x/],
    ['an absolute path', [MANIFEST, { path: '/etc/x' }], /\/etc\/x/],
    ['a path with backslashes', [MANIFEST, { path: '..\\x' }], /\.\./],
    ['a drive', [MANIFEST, { path: 'C:/x' }], /C:\/x/],
    ['a control character', [MANIFEST, { path: 'thing-main/a\u0001b' }], /refused/],
    ['a symbolic link', [MANIFEST, { path: 'thing-main/l', content: '/etc/passwd', mode: LINK }], /a symbolic link/],
    ['a device', [MANIFEST, { path: 'thing-main/d', mode: 0o060_644 }], /neither a file nor a directory/],
    ['setuid', [MANIFEST, { path: 'thing-main/s', mode: 0o104_755 }], /setuid/],
    ['the same path twice', [MANIFEST, MANIFEST], /there twice/],
    ['paths that differ in case', [MANIFEST, { path: 'thing-main/PACK.toml' }], /only in case/],
    ['a file that is a directory', [MANIFEST, { path: 'thing-main/pack.toml/x' }], /a file and a directory/],
    ['a file of two names', [{ ...MANIFEST, says: { path: 'thing-main/pack.tom!' } }], /two names/],
    ['more than the list says', [{ ...MANIFEST, says: { size: 3 } }], /damaged/],
    ['less than the list says', [{ ...MANIFEST, says: { size: 300 } }], /damaged/],
    ['another checksum', [{ ...MANIFEST, says: { crc: 7 } }], /damaged/],
    ['encryption', [{ ...MANIFEST, says: { flags: 0x801 } }], /encrypted/],
    ['another compression', [{ ...MANIFEST, says: { method: 93 } }], /not supported/],
    ['nothing', [], /no files/],
    ['a file that is too large', [{ ...MANIFEST, says: { size: 0xf000_0000 } }], /the limit for a file/],
    [
      'a bomb',
      Array.from({ length: 4 }, (_, index) => ({ path: `thing-main/${index}`, content: new Uint8Array(4 * 1024 * 1024) })),
      /more than 100 times its size/,
    ],
  ])('with %s is refused as a whole', async (_name, entries, reason) => {
    expect(await refusal(makeZip(entries))).toMatch(reason);
  });

  it('that is cut off or changed anywhere is refused, or gives what it gave', async () => {
    const bytes = makeZip([MANIFEST, { path: 'thing-main/a', content: 'a'.repeat(500) }]);
    const whole = await unpackArchive(bytes);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), async (at, value, isCut) => {
        const changed = isCut ? bytes.slice(0, at) : bytes.map((byte, index) => (index === at ? value : byte));
        const found = await unpackArchive(changed).catch((error: unknown) => error);
        if (found instanceof PacksmithError) {
          expect(found.code).toBe('ARCHIVE_REFUSED');
          return;
        }
        const contents = [...(found as typeof whole).values()].map(({ content }) => Buffer.from(content).toString('latin1'));
        for (const content of contents)
          expect([...whole.values()].map((entry) => Buffer.from(entry.content).toString('latin1'))).toContain(content);
      }),
      { numRuns: 300 },
    );
  });
});
