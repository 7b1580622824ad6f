import { describe, expect, it } from 'vitest';
import type { Pack } from '../../core/pack/pack.ts';
import type { PackProvenance } from '../../core/pack/pack-manifest.ts';
import { MemoryPackRepository } from '../../testing/memory-pack-repository.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { type ListRequest, listPacks } from './list-packs.ts';

function entry(
  id: string,
  kind: PackProvenance['kind'],
  about: { readonly category?: string; readonly keywords?: readonly string[] } = {},
): Pack {
  const pack = makePack({ id });
  const { category, keywords = [] } = about;
  return {
    ...pack,
    manifest: { ...pack.manifest, category, keywords } as Pack['manifest'],
    provenance: { kind, location: `/${kind}/${id}` },
  };
}

const repository = MemoryPackRepository.of(
  entry('web', 'project', { category: 'web', keywords: ['http', 'node'] }),
  entry('web', 'builtin', { category: 'web', keywords: ['http'] }),
  entry('ops', 'installed', { category: 'deploy', keywords: ['docker'] }),
  entry('api', 'builtin', { category: 'web', keywords: ['http'] }),
  entry('bare', 'builtin'),
);
const list = async (request: ListRequest) =>
  (await listPacks(request, { repository })).packs.map(({ id, provenance }) => `${id} ${provenance.kind}`);

describe('the list of packs', () => {
  it.each<[what: string, request: ListRequest, expected: readonly string[]]>([
    ['all by their names', {}, ['api builtin', 'bare builtin', 'ops installed', 'web project', 'web builtin']],
    ['those of a category', { category: 'web' }, ['api builtin', 'web project', 'web builtin']],
    ['those with all tags', { tags: ['http', 'node'] }, ['web project']],
    ['those of a source', { source: 'builtin' }, ['api builtin', 'bare builtin', 'web builtin']],
    ['those that are installed', { installed: true }, ['ops installed']],
    ['all by their categories', { sort: 'category' }, ['bare builtin', 'ops installed', 'api builtin', 'web project', 'web builtin']],
    ['all by their sources', { sort: 'source' }, ['api builtin', 'bare builtin', 'web builtin', 'ops installed', 'web project']],
    ['the first of them', { limit: 2 }, ['api builtin', 'bare builtin']],
  ])('has %s', async (_, request, expected) => {
    expect(await list(request)).toEqual(expected);
  });

  it('says how many there are, and counts what is not hidden by category', async () => {
    const { total, categories } = await listPacks({ limit: 1, source: 'builtin' }, { repository });
    expect(total).toBe(3);
    expect(categories).toEqual([
      { name: 'deploy', count: 1 },
      { name: 'web', count: 2 },
    ]);
  });
});
