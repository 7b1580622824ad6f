import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { BUNDLE_FILE, type Bundle, formatBundle, parseBundle } from './bundle.ts';

const INTEGRITY = `sha512-${'A'.repeat(86)}==`;

function bundleOf(...ids: readonly string[]): Bundle {
  const packs = ids.map((id) => {
    const { manifest, files } = makePack({ id, files: { 'templates/a b/{{ x }}.txt': id } });
    return { pack: { id: manifest.id, version: manifest.version, integrity: INTEGRITY, source: undefined, registry: undefined }, files };
  });
  return { roots: [packs[0]!.pack.id], packs };
}

const replaceIndex = (index: unknown) =>
  new Map(formatBundle(bundleOf('a', 'b'))).set(BUNDLE_FILE, {
    content: encodeUtf8(typeof index === 'string' ? index : JSON.stringify(index)),
    mode: 0o644,
  });

describe('bundles', () => {
  it('are read as they were written, in whatever order', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', '@s/a', '@s/b', 'a.b', 'a-b'), { minLength: 1 });
    fc.assert(
      fc.property(ids, (chosen) => {
        const bundle = bundleOf(...chosen);
        const read = parseBundle(formatBundle(bundle));
        const byId = (packs: Bundle['packs']) => new Map(packs.map((entry) => [entry.pack.id, entry]));
        expect(byId(read.packs)).toEqual(byId(bundle.packs));
        expect(read.roots).toEqual(bundle.roots);
        const reversed = { ...bundle, packs: [...bundle.packs].reverse() };
        expect([...formatBundle(reversed)]).toEqual([...formatBundle(bundle)]);
      }),
    );
  });

  const entry = { id: 'a', version: '1.0.0', integrity: INTEGRITY };
  it.each([
    ['no JSON', '{'],
    ['no table', '[]'],
    ['another format', { format: 2, roots: ['a'], packs: [entry] }],
    ['no packs', { format: 1, roots: ['a'], packs: [] }],
    ['no id', { format: 1, roots: ['a'], packs: [{ ...entry, id: '../a' }] }],
    ['no version', { format: 1, roots: ['a'], packs: [{ ...entry, version: 'one' }] }],
    ['a weak integrity', { format: 1, roots: ['a'], packs: [{ ...entry, integrity: 'sha1-abc' }] }],
    ['a pack twice', { format: 1, roots: ['a'], packs: [entry, entry] }],
    ['a root that is not there', { format: 1, roots: ['c'], packs: [entry, { ...entry, id: 'b' }] }],
    ['files of a pack that is not listed', { format: 1, roots: ['a'], packs: [entry] }],
    [
      'a malformed source',
      {
        format: 1,
        roots: ['a'],
        packs: [
          { ...entry, source: 7 },
          { ...entry, id: 'b' },
        ],
      },
    ],
  ])('are refused with %s', (_name, index) => {
    expect(() => parseBundle(replaceIndex(index))).toThrow(expect.objectContaining({ code: 'BUNDLE_INVALID' }));
  });

  it('are refused with a file outside every pack', () => {
    const tree = new Map(formatBundle(bundleOf('a'))).set('other.txt' as ProjectPath, { content: encodeUtf8('x'), mode: 0o644 });
    expect(() => parseBundle(tree)).toThrow('other.txt belongs to no pack');
  });
});
