import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parseFolderIndex } from '../../core/registry/folder-index.ts';
import type { Publication } from '../../ports/pack-publisher.ts';
import type { PackSource } from '../../ports/pack-source.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { FolderPublisher } from './folder-publisher.ts';
import { nodePackFiles } from './node-pack-files.ts';

const root = mkdtempSync(join(tmpdir(), 'packsmith registry ü-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;

/** Whoever publishes to a folder reads it by other code, which has its own tests. */
const source: PackSource = {
  kind: 'folder',
  accepts: () => true,
  listVersions: async () => [],
  fetch: () => Promise.reject(new Error('nothing is fetched here')),
};

const makePublisher = (directory = join(root, String(count++))) => new FolderPublisher({ name: 'local', directory, source });

function publicationOf(id: string, version: string, tag = 'latest'): Publication {
  const { manifest, files } = makePack({ id, version, manifest: '[dependencies]\ncore = "^1"' });
  return { manifest, archive: nodePackFiles.buildArchive(files, 'package'), tag, access: undefined, readme: '', otp: undefined };
}

const indexOf = ({ location }: FolderPublisher) => parseFolderIndex(readFileSync(join(location, 'index.json'), 'utf8'));

it('puts the archive beside an index that names it', async () => {
  const publisher = makePublisher();
  const publication = publicationOf('@acme/api', '1.0.0');
  await publisher.publish(publication);
  const version = indexOf(publisher)
    .packs.get('@acme/api' as never)!
    .versions.get('1.0.0')!;
  expect(version).toMatchObject({ archive: '@acme/api/1.0.0.tgz', integrity: publication.archive.integrity, status: 'available' });
  expect(new Uint8Array(readFileSync(join(publisher.location, version.archive)))).toEqual(publication.archive.bytes);
  expect(readdirSync(publisher.location).sort()).toEqual(['@acme', 'index.json']);
});

it('moves only the tag that is named', async () => {
  const publisher = makePublisher();
  await publisher.publish(publicationOf('api', '2.0.0'));
  await publisher.publish(publicationOf('api', '1.0.1', 'legacy'));
  expect(indexOf(publisher).packs.get('api' as never)!.tags).toEqual(
    new Map([
      ['latest', '2.0.0'],
      ['legacy', '1.0.1'],
    ]),
  );
});

it('loses nothing when many publish at once', async () => {
  const { location } = makePublisher();
  const versions = Array.from({ length: 8 }, (_, index) => `1.${index}.0`);
  await Promise.all(versions.map((version) => makePublisher(location).publish(publicationOf('api', version))));
  const known = [
    ...indexOf(makePublisher(location))
      .packs.get('api' as never)!
      .versions.keys(),
  ];
  expect(known.sort()).toEqual(versions);
});

it('lets one of two publish the same version', async () => {
  const { location } = makePublisher();
  const outcomes = await Promise.allSettled([1, 2].map(() => makePublisher(location).publish(publicationOf('api', '1.0.0'))));
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'VERSION_TAKEN' } });
});

it('marks a version and keeps its bytes', async () => {
  const publisher = makePublisher();
  const publication = publicationOf('api', '1.0.0');
  await publisher.publish(publication);
  const notice = { status: 'yanked', message: 'it loses data', replacement: 'api@^1.1' } as const;
  await publisher.mark({ id: 'api' as never, version: '1.0.0', notice });
  const version = indexOf(publisher)
    .packs.get('api' as never)!
    .versions.get('1.0.0')!;
  expect(version).toMatchObject({
    status: 'yanked',
    notice: 'it loses data; use api@^1.1 instead',
    integrity: publication.archive.integrity,
  });
  const other = publisher.mark({ id: 'api' as never, version: '3.0.0', notice });
  await expect(other).rejects.toMatchObject({ code: 'VERSION_NOT_PUBLISHED' });
});

it('does not replace an index that it cannot read', async () => {
  const publisher = makePublisher();
  await publisher.publish(publicationOf('api', '1.0.0'));
  writeFileSync(join(publisher.location, 'index.json'), '{"format":7}');
  await expect(publisher.publish(publicationOf('api', '1.1.0'))).rejects.toMatchObject({ code: 'SOURCE_RESPONSE_INVALID' });
  expect(readFileSync(join(publisher.location, 'index.json'), 'utf8')).toBe('{"format":7}');
});

it('is a registry without packs before anything is published', async () => {
  const publisher = makePublisher();
  expect(await publisher.source.listVersions({ kind: 'id', name: 'api' as never }, { offline: false })).toBeUndefined();
});
