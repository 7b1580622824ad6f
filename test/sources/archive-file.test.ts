import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArchiveFileSource } from '../../src/adapters/sources/archive/archive-file-source.ts';
import { packArchive } from '../../src/adapters/sources/archive/pack-archive.ts';
import { parsePackReference } from '../../src/core/pack/pack-reference.ts';
import { codeOf } from '../contracts/pack-source.ts';
import { makeTgz } from '../support/make-tar.ts';
import { makeDirectory, makePublishedPack, type TemporaryDirectory } from '../support/source-fixture.ts';

const ONLINE = { offline: false };
let directory: TemporaryDirectory;

beforeEach(() => {
  directory = makeDirectory();
});
afterEach(() => directory.remove());

describe('an archive on disk', () => {
  it.each<[string, (file: string) => void, string]>([
    ['a directory', (file) => mkdirSync(file), 'ARCHIVE_REFUSED'],
    ['nothing', (file) => writeFileSync(file, ''), 'ARCHIVE_REFUSED'],
    [
      'a link within',
      (file) => writeFileSync(file, makeTgz([{ path: 'pack.toml' }, { path: 'x', type: 'SymbolicLink', linkpath: 'y' }])),
      'ARCHIVE_REFUSED',
    ],
    ['no pack', (file) => writeFileSync(file, makeTgz([{ path: 'package/index.js' }])), 'MANIFEST_INVALID'],
    [
      'a manifest with errors',
      (file) => writeFileSync(file, makeTgz([{ path: 'package/pack.toml', content: 'format = 1\n' }])),
      'MANIFEST_INVALID',
    ],
    [
      'more bytes than a pack may have',
      (file) => {
        writeFileSync(file, '');
        truncateSync(file, 101 * 1024 * 1024);
      },
      'ARCHIVE_REFUSED',
    ],
  ])('that is %s is refused', async (_name, write, code) => {
    write(join(directory.path, 'pack.tgz'));
    const source = new ArchiveFileSource({ workingDirectory: directory.path });
    expect(await codeOf(source.listVersions(parsePackReference('pack.tgz'), ONLINE))).toBe(code);
  });

  it('that changes after it was chosen is refused', async () => {
    const file = join(directory.path, 'pack.tgz');
    const source = new ArchiveFileSource({ workingDirectory: directory.path });
    writeFileSync(file, packArchive(makePublishedPack('web', '1.0.0').files));
    const [version] = await source.listVersions(parsePackReference('./pack.tgz'), ONLINE);
    writeFileSync(file, packArchive(makePublishedPack('web', '1.0.0').files, { prefix: 'other' }));
    expect(await codeOf(source.fetch(version!, ONLINE))).toBe('INTEGRITY_MISMATCH');
  });
});
