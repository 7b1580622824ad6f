import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeTar, makeTgz, type TarEntry } from '../../../../test/support/make-tar.ts';
import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import { makePack } from '../../../testing/pack-fixture.ts';
import { computeTreeIntegrity } from '../tree-integrity.ts';
import { packArchive } from './pack-archive.ts';
import { unpackArchive } from './unpack-archive.ts';

const MANIFEST: TarEntry = { path: 'package/pack.toml', content: 'format = 1\n' };

async function refusal(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<PacksmithError> {
  const error = await unpackArchive(bytes).then(
    (tree) => new Error(`accepted: ${[...tree.keys()].join(' ')}`),
    (thrown: unknown) => thrown,
  );
  if (error instanceof PacksmithError) return error;
  throw error;
}

describe('what an archive may hold', () => {
  it.each<[string, readonly TarEntry[], readonly string[]]>([
    ['the prefix of npm', [MANIFEST, { path: 'package/a/b.txt' }], ['pack.toml', 'a/b.txt']],
    ['another top directory', [{ path: 'web-1.0.0/', type: 'Directory' }, { path: 'web-1.0.0/pack.toml' }], ['pack.toml']],
    ['no top directory', [{ path: 'pack.toml' }, { path: 'templates/x' }], ['pack.toml', 'templates/x']],
    ['paths as `tar .` writes them', [{ path: './', type: 'Directory' }, { path: './pack.toml' }, { path: './a/x' }], ['pack.toml', 'a/x']],
    [
      'names of templates',
      [MANIFEST, { path: 'package/templates/{{ name | kebab_case }}.txt' }],
      ['pack.toml', 'templates/{{ name | kebab_case }}.txt'],
    ],
    [
      'long names',
      [MANIFEST, { path: `package/${'d'.repeat(120)}/${'f'.repeat(200)}`, isExtended: true }],
      ['pack.toml', `${'d'.repeat(120)}/${'f'.repeat(200)}`],
    ],
    ['letters that are not ASCII', [MANIFEST, { path: 'package/größe.md', isExtended: true }], ['pack.toml', 'größe.md']],
  ])('reads %s', async (_name, entries, paths) => {
    expect([...(await unpackArchive(makeTgz(entries))).keys()]).toEqual(paths);
    expect([...(await unpackArchive(makeTar(entries))).keys()]).toEqual(paths);
  });

  it('reduces modes to 0644 and 0755', async () => {
    const tree = await unpackArchive(
      makeTgz([
        { ...MANIFEST, mode: 0o600 },
        { path: 'package/run.sh', mode: 0o711 },
        { path: 'package/w', mode: 0o666 },
      ]),
    );
    expect([...tree.values()].map(({ mode }) => mode)).toEqual([0o644, 0o755, 0o644]);
  });

  it('reads a stream in chunks of any size', async () => {
    const bytes = makeTgz([MANIFEST, { path: 'package/big', content: 'x'.repeat(5_000) }]);
    for (const size of [1, 7, 511, 4_096]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
      const tree = await unpackArchive(Readable.from(chunks));
      expect([...tree.values()].map(({ content }) => content.byteLength)).toEqual([11, 5_000]);
    }
  });
});

describe('what makes an archive be refused as a whole', () => {
  it.each<[string, readonly TarEntry[], RegExp]>([
    ['a symbolic link', [{ path: 'package/l', type: 'SymbolicLink', linkpath: '/etc/passwd' }], /a symbolic link/],
    ['a hard link', [{ path: 'package/l', type: 'Link', linkpath: 'package/pack.toml' }], /a hard link/],
    ['a character device', [{ path: 'package/d', type: 'CharacterDevice' }], /a device/],
    ['a block device', [{ path: 'package/d', type: 'BlockDevice' }], /a device/],
    ['a pipe', [{ path: 'package/p', type: 'FIFO' }], /a pipe/],
    ['a contiguous file', [{ path: 'package/c', type: 'ContiguousFile' }], /neither a file nor a directory/],
    ['a setuid bit', [{ path: 'package/s', mode: 0o4755 }], /setuid/],
    ['a setgid bit', [{ path: 'package/s', mode: 0o2755 }], /setuid/],
    ['a sticky bit', [{ path: 'package/s', mode: 0o1755 }], /sticky/],
    ['an absolute path', [{ path: '/etc/cron.d/x' }], /it is absolute/],
    ['a path with ..', [{ path: 'package/../../x' }], /"\.\." segment/],
    ['a drive', [{ path: 'C:/x' }], /not portable/],
    ['a backslash', [{ path: 'package/a\\b', isExtended: true }], /not portable/],
    ['a control character', [{ path: 'package/a\nb', isExtended: true }], /does not say one path/],
    ['a tab', [{ path: 'package/a\tb' }], /control character/],
    ['a NUL', [{ path: 'package/a\0b', isExtended: true }], /does not say one path/],
    ['a name that Windows reserves', [{ path: 'package/aux.txt' }], /Windows reserves/],
    ['a trailing dot', [{ path: 'package/a.' }], /ends in a dot/],
    ['a duplicate', [{ path: 'package/a' }, { path: 'package/a' }], /is there twice/],
    ['two paths that differ in case', [{ path: 'package/README' }, { path: 'package/readme' }], /differ only in case/],
    ['two directories that differ in case', [{ path: 'package/Docs/a' }, { path: 'package/docs/b' }], /differ only in case/],
    ['two paths that differ in Unicode form', [{ path: 'package/ﬁle', isExtended: true }, { path: 'package/file' }], /Unicode form/],
    ['a decomposed letter', [{ path: 'package/u\u0308', isExtended: true }], /normalisation form C/],
    ['a file below a file', [{ path: 'package/a' }, { path: 'package/a/b' }], /a file and a directory/],
    ['a file where a directory is', [{ path: 'package/a/b' }, { path: 'package/a' }], /a file and a directory/],
    ['a file of 11 MiB', [{ path: 'package/a', content: Buffer.alloc(11 * 1024 * 1024) }], /the limit for a file/],
    ['a size that is claimed', [{ path: 'package/a', size: 8_000_000_000 }], /the limit for a file/],
    ['a size beyond the end', [{ path: 'package/a', size: 2_000_000 }], /damaged|ends in the middle/],
    ['a huge extended header', [{ path: `package/${'x'.repeat(100_000)}`, isExtended: true }], /extended header/],
  ])('%s', async (_name, entries, finding) => {
    for (const bytes of [makeTar([MANIFEST, ...entries]), makeTgz([MANIFEST, ...entries])]) {
      const error = await refusal(bytes);
      expect(error.code).toBe('ARCHIVE_REFUSED');
      expect(error.message).toMatch(finding);
    }
  });

  it('collects all findings', async () => {
    const error = await refusal(makeTgz([{ path: '/a' }, { path: 'b', type: 'SymbolicLink', linkpath: 'x' }, { path: 'c', mode: 0o4644 }]));
    expect(error.diagnostics).toHaveLength(3);
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['text', Buffer.from('<!doctype html><title>Not found</title>'.repeat(40))],
    ['no entries', makeTgz([])],
    ['only a directory', makeTgz([{ path: 'package', type: 'Directory' }])],
    ['half a gzip header', Uint8Array.of(0x1f)],
    ['half an archive', makeTgz([MANIFEST, { path: 'package/x', content: 'y'.repeat(9_000) }]).subarray(0, 150)],
    ['half a tar', makeTar([MANIFEST, { path: 'package/x', content: 'y'.repeat(9_000) }]).subarray(0, 5_000)],
    ['gzip in gzip', gzipSync(makeTgz([MANIFEST]))],
    ['zstd in gzip', gzipSync(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, ...Buffer.alloc(600)]))],
    ['a bad checksum', makeTar([MANIFEST]).fill(0x39, 148, 154)],
  ])('%s', async (_name, bytes) => expect((await refusal(bytes)).code).toBe('ARCHIVE_REFUSED'));

  it('more entries than allowed', async () => {
    const entries = Array.from({ length: 10_001 }, (_, index) => ({ path: `package/${index}` }));
    expect((await refusal(makeTgz(entries))).message).toMatch(/more than 10000 files/);
  });

  it('more directories than allowed', async () => {
    const entries = Array.from({ length: 20_001 }, (_, index): TarEntry => ({ path: `package/${index}`, type: 'Directory' }));
    expect((await refusal(makeTgz(entries))).code).toBe('ARCHIVE_REFUSED');
  });
});

describe('bombs', () => {
  it('stops reading one that never ends', async () => {
    let given = 0;
    const zeros = gzipSync(Buffer.alloc(16 * 1024 * 1024));
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield gzipSync(makeTar([{ path: 'package/a', content: 'x' }]).subarray(0, 1024));
      for (;;) {
        given += 1;
        yield zeros;
      }
    }
    expect((await refusal(endless())).code).toBe('ARCHIVE_REFUSED');
    expect(given).toBeLessThan(100);
  });

  it('refuses a ratio beyond reason', async () => {
    const zeros = Array.from({ length: 9 }, (_, index) => ({ path: `package/${index}`, content: Buffer.alloc(9 * 1024 * 1024) }));
    expect((await refusal(makeTgz(zeros))).message).toMatch(/100 times its size/);
  });

  it('does not hold more of an endless tar than a pack may have', async () => {
    const block = makeTar([{ path: 'package/x', content: Buffer.alloc(9 * 1024 * 1024) }]).subarray(0, -1024);
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        given += 1;
        const entry = Buffer.from(block);
        yield entry;
      }
    }
    expect((await refusal(endless())).code).toBe('ARCHIVE_REFUSED');
    expect(given).toBeLessThan(60);
  });
});

describe('packArchive', () => {
  const { files } = makePack({
    files: { 'templates/größe.j2': 'ü', [`${'d'.repeat(150)}/x`]: '', 'run.sh': '#!/bin/sh\n' },
    executable: ['run.sh'],
  });

  it('is undone by unpacking', async () => {
    for (const prefix of ['package', '', 'web-1.0.0']) {
      const tree = await unpackArchive(packArchive(files, { prefix }));
      expect(computeTreeIntegrity(tree)).toBe(computeTreeIntegrity(files));
    }
  });

  it('gives the same bytes for the same files in any order', () => {
    const reversed = new Map([...files].reverse().map(([path, { content, mode }]) => [path, { content, mode: mode | 0o022 }]));
    expect(Buffer.from(packArchive(reversed)).equals(packArchive(files))).toBe(true);
    expect([...packArchive(files).subarray(4, 10)]).toEqual([0, 0, 0, 0, 2, 255]);
  });
});

describe('any bytes', () => {
  const good = makeTar([
    MANIFEST,
    { path: 'package/a/b.txt', content: 'x'.repeat(700) },
    { path: 'package/ü', isExtended: true },
    { path: 'package/run.sh', mode: 0o755 },
  ]);
  const mutation = fc.record({ at: fc.nat(good.length - 1), bytes: fc.uint8Array({ minLength: 1, maxLength: 24 }) });

  async function endsWell(bytes: Uint8Array): Promise<void> {
    try {
      const tree = await unpackArchive(bytes);
      for (const [path, { mode }] of tree) {
        expect(path).not.toMatch(/^\/|(?:^|\/)\.\.?(?:\/|$)|\0/);
        expect([0o644, 0o755]).toContain(mode);
      }
    } catch (error) {
      expect(error).toBeInstanceOf(PacksmithError);
    }
  }

  it('mutated archives are read or refused, nothing else', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(mutation, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        fc.nat(good.length),
        async (mutations, isCut, end) => {
          const bytes = Buffer.from(good);
          for (const { at, bytes: changed } of mutations) bytes.set(changed.subarray(0, bytes.length - at), at);
          // A checksum that fits lets the rest of a changed header be reached.
          for (let block = 0; block + 512 <= bytes.length; block += 512) fixChecksum(bytes.subarray(block, block + 512));
          const shown = isCut ? bytes.subarray(0, end) : bytes;
          await endsWell(shown);
          await endsWell(gzipSync(shown));
        },
      ),
      { numRuns: 300 },
    ));

  it('mutated compression is read or refused, nothing else', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(200), fc.uint8Array({ minLength: 1, maxLength: 8 }), async (at, changed) => {
        const bytes = Buffer.from(gzipSync(good));
        bytes.set(changed.subarray(0, Math.max(0, bytes.length - at)), Math.min(at, bytes.length));
        await endsWell(bytes);
      }),
      { numRuns: 300 },
    ));

  it('noise is refused', () => fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 4_096 }), endsWell), { numRuns: 200 }));
});

function fixChecksum(block: Buffer): void {
  if (block.toString('latin1', 257, 262) !== 'ustar') return;
  block.fill(0x20, 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}
