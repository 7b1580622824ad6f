import { describe, expect, it } from 'vitest';
import type { Lockfile } from '../../core/lockfile/lockfile.ts';
import { editProjectManifest } from '../../core/manifest/edit-project-manifest.ts';
import { parseProjectManifest } from '../../core/manifest/parse-project-manifest.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { MemoryPackRepository } from '../../testing/memory-pack-repository.ts';
import { MemoryPackSource } from '../../testing/memory-pack-source.ts';
import { MemoryPackStore } from '../../testing/memory-pack-store.ts';
import { MemoryProjectDir } from '../../testing/memory-project-dir.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { RecordingReporter } from '../../testing/recording-reporter.ts';
import type { LoadedPack } from './loaded-pack.ts';
import { type MoveSourceRequest, moveSource } from './move-source.ts';
import type { GenerationPorts } from './plan-wanted.ts';

const placed = (id: string, location: string, version = '2.0.0'): Pack => ({
  ...makePack({ id, version }),
  provenance: { kind: 'local', location },
});
const KIT = placed('kit', '/kit');
const OWN = placed('web', '/web');

function stateOf(text: string): MoveSourceRequest['state'] {
  const { manifest, diagnostics } = parseProjectManifest(text);
  if (manifest === undefined) throw new Error(JSON.stringify(diagnostics));
  const packs = manifest.packs.map(({ id }) => ({ id, version: '1.0.0', source: `${id}@1.0.0`, integrity: 'sha512-x', dependencies: {} }));
  const lockfile = { format: 1, now: '', packs, files: [], injections: [] } as unknown as Lockfile;
  return { manifest, manifestText: text, lockfile, pending: undefined, generated: new Map() };
}

/** Moves, and applies what packsmith.toml becomes. */
async function move(text: string, request: Partial<MoveSourceRequest>) {
  const source = MemoryPackSource.of(makePack({ id: 'tool', version: '1.5.0' }), makePack({ id: 'tool', version: '3.0.0' }));
  const ports = {
    repository: MemoryPackRepository.of(KIT, OWN),
    places: { sources: [], registries: [{ name: 'main', scopes: [], source }] },
    store: new MemoryPackStore(),
    project: new MemoryProjectDir(),
    reporter: new RecordingReporter(),
  } as unknown as GenerationPorts;
  const moved = await moveSource(
    { state: stateOf(text), source: '/kit', ids: ['web'], workingDirectory: '/', signal: new AbortController().signal, ...request },
    ports,
  );
  const write = (loaded: Partial<LoadedPack>) => {
    const entry: LoadedPack = { pack: placed(moved.id, '/kit'), source: '/kit', because: 'asked for', isFoundById: false, ...loaded };
    return editProjectManifest(moved.edited.manifestText ?? '', moved.edits([entry]));
  };
  return { ...moved, write };
}

const HEAD = 'format = 1\n\n[project]\nname = "site"\n\n';
const LISTED = `${HEAD}[packs]\nweb = "^1.0.0" # ours\n`;

describe('a pack that moved', () => {
  it('is renamed wherever the project names it, comments kept', async () => {
    const text = `${LISTED}ops = "^1.0.0"\n\n[variables]\nport = 1\n"web.size" = 3\n\n[variables.web]\nkey = 2\n\n[overrides]\nweb = "^1"\nops = "^1"\n\n[[merge.rules]]\npath = "a.txt"\naction = "overwrite"\nprefer = "web"\n\n[[merge.rules]]\npath = "b.txt"\naction = "keep"\n`;
    const { id, state, write } = await move(text, {});
    expect([id, state.lockfile.packs.map((pack) => pack.id)]).toEqual(['kit', ['kit', 'ops']]);
    expect([...state.manifest.variables.keys()]).toEqual(['port', 'kit.size', 'kit']);
    expect([...state.manifest.overrides.keys()]).toEqual(['kit', 'ops']);
    const written = write({});
    expect(written).toContain('# ours');
    expect(written).toMatch(/prefer = "kit"/);
    expect(written).toMatch(/^"kit\.size" = 3$/m);
    expect(written).toMatch(/^\[variables\.kit\]\nkey = 2$/m);
    expect(written).not.toMatch(/\bweb\b/);
  });

  it('leaves an answer to a variable that is called like the pack', async () => {
    const { state, write } = await move(`${LISTED}\n[variables]\nweb = "x"\n`, {});
    expect([[...state.manifest.variables.keys()], write({})]).toEqual([['web'], expect.stringMatching(/^web = "x"$/m)]);
  });

  it.each<[what: string, before: string, loaded: Partial<LoadedPack>, line: RegExp]>([
    ['a range, found by its id', 'web = "^1.0.0"', { isFoundById: true }, /^kit = "\^2.0.0"$/m],
    ['a range, and is in a folder now', 'web = "^1.0.0"', {}, /^kit = \{ source = "\/kit" \}$/m],
    ['a folder, and is found by its id now', 'web = { source = "/old" }', { isFoundById: true }, /^kit = "\^2.0.0"$/m],
    ['a folder, and is in another one now', 'web = { source = "/old" }', {}, /^kit = \{ source = "\/kit" \}$/m],
    ['answers of its own', 'web = { version = "^1.0.0", variables = { port = 1 } }', {}, /^kit = \{.*source = "\/kit".*\}$/m],
    [
      'a range, and is a package now',
      'web = "^1.0.0"',
      { source: 'npm:kit@2.0.0' },
      /^kit = \{ version = "\^2.0.0", source = "npm:kit" \}$/m,
    ],
  ])('is listed as it is found now where it was listed with %s', async (_, before, loaded, line) => {
    const { write } = await move(`${HEAD}[packs]\n${before}\n`, {});
    expect(write(loaded)).toMatch(line);
  });

  it('is the pack of the same id, or the only one, where none is named', async () => {
    expect((await move(`${LISTED}ops = "^1.0.0"\n`, { ids: [], source: '/web' })).id).toBe('web');
    const only = await move(LISTED, { ids: [] });
    expect([only.id, only.write({ isFoundById: true })]).toEqual(['kit', expect.stringContaining('kit = "^2.0.0" # ours')]);
  });

  it('keeps its text where only its place is another one', async () => {
    const { edited, edits } = await move(LISTED, { source: '/web' });
    expect([edited.manifestText, edits([])]).toEqual([LISTED, []]);
  });

  it('may go to a version, of those that its place has', async () => {
    const { id, demand } = await move(LISTED, { source: 'tool', to: '1.5.0' });
    expect([id, demand.reference]).toEqual(['tool', 'tool@1.5.0']);
    await expect(move(LISTED, { source: 'tool', to: '9.0.0' })).rejects.toMatchObject({ code: 'NO_SOLUTION' });
  });
});

describe('a move is refused', () => {
  it.each<[what: string, text: string, request: Partial<MoveSourceRequest>, code: string, says: string]>([
    ['of two packs', `${LISTED}ops = "^1.0.0"\n`, { ids: ['web', 'ops'] }, 'INVALID_ARGUMENTS', 'web, ops'],
    ['of one that is not there', LISTED, { ids: ['ops'] }, 'INVALID_ARGUMENTS', 'of web'],
    ['of one of several', `${LISTED}ops = "^1.0.0"\n`, { ids: [] }, 'INVALID_ARGUMENTS', 'name it'],
    ['to one that is there', `${LISTED}kit = "^1.0.0"\n`, {}, 'PACK_ALREADY_THERE', 'kit cannot take the place of web'],
    ['to a version of a folder', LISTED, { to: '2.0.0' }, 'INVALID_ARGUMENTS', '/kit names one already'],
    ['to a version behind another one', LISTED, { source: 'kit@3.0.0', to: '1.5.0' }, 'INVALID_ARGUMENTS', 'kit@3.0.0 names one already'],
    [
      'to a version of a package behind another one',
      LISTED,
      { source: 'npm:kit@3.0.0', to: '1.5.0' },
      'INVALID_ARGUMENTS',
      'names one already',
    ],
    ['to a package that nobody reads', LISTED, { source: 'npm:kit', to: '1.5.0' }, 'SOURCE_UNSUPPORTED', 'npm:kit@1.5.0'],
  ])('%s', async (_, text, request, code, says) => {
    await expect(move(text, request)).rejects.toMatchObject({ code, message: expect.stringContaining(says) });
  });
});
