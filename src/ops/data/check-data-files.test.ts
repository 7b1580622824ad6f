import { describe, expect, it } from 'vitest';
import { nativeHash } from '../../adapters/hash.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { LockedData, Lockfile } from '../../core/lockfile/lockfile.ts';
import { MemoryDataFiles } from '../../testing/memory-data-files.ts';
import { MemoryProjectDir } from '../../testing/memory-project-dir.ts';
import { checkDataFiles } from './check-data-files.ts';

const locked = (path: string, place: LockedData['place'], text = 'data\n'): LockedData =>
  ({ pack: 'web', name: path, path, place, sha256: nativeHash(text) }) as LockedData;

async function states(
  data: readonly LockedData[] | undefined,
  more: { readonly failure?: Error; readonly named?: readonly string[] } = {},
) {
  const project = new MemoryProjectDir({ 'same.json': 'data\n', 'other.json': 'changed\n' });
  const dataFiles = new MemoryDataFiles({ '/data.json': 'data\n' });
  dataFiles.rememberNamed((more.named ?? []).map((path) => ({ project: project.root, path })));
  if (more.failure !== undefined) project.readFile = () => Promise.reject(more.failure);
  const checked = await checkDataFiles({ data } as unknown as Lockfile, { project, dataFiles, hash: nativeHash });
  return checked.map(({ name, state }) => `${name} ${state}`);
}

describe('the data of the last generation', () => {
  it('is compared with what is there; that of the packs is left out', async () => {
    const data = [
      locked('same.json', 'project'),
      locked('other.json', 'project'),
      locked('gone.json', 'project'),
      locked('own.json', 'pack'),
    ];
    expect(await states(data)).toEqual(['same.json as-read', 'other.json changed', 'gone.json missing']);
    expect(await states(undefined)).toEqual([]);
  });

  it('is looked at outside the project only where the user named it here', async () => {
    const data = [locked('/data.json', 'outside'), locked('/gone.json', 'outside')];
    expect(await states(data)).toEqual(['/data.json unknown', '/gone.json unknown']);
    expect(await states(data, { named: ['/data.json', '/gone.json'] })).toEqual(['/data.json as-read', '/gone.json missing']);
  });

  it.each(['PATH_BLOCKED', 'FILE_UNREADABLE', 'LIMIT_EXCEEDED'] as const)(
    'has changed where it cannot be read any more: %s',
    async (code) => {
      expect(await states([locked('same.json', 'project')], { failure: new PacksmithError(code, 'no') })).toEqual(['same.json changed']);
    },
  );

  it.each([new PacksmithError('INTERRUPTED', 'interrupted'), new TypeError('a bug')])(
    'is not judged where something else fails',
    async (failure) => {
      await expect(states([locked('same.json', 'project')], { failure })).rejects.toBe(failure);
    },
  );
});
