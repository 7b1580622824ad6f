import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Pack } from '../../src/core/pack/pack.ts';
import { planAdoption } from '../../src/ops/adopt/adopt-project.ts';
import { applyGeneration } from '../../src/ops/project/apply-generation.ts';
import { checkProject } from '../../src/ops/project/check-project.ts';
import { planFolderMerge } from '../../src/ops/project/merge-folders.ts';
import { planUpdate } from '../../src/ops/project/update-project.ts';
import { MemoryProjectDir } from '../../src/testing/memory-project-dir.ts';
import { makePack } from '../../src/testing/pack-fixture.ts';
import { apply, OPTIONS, ownFiles, world } from '../support/memory-world.ts';

const PATHS = ['a.txt', 'b.txt', 'c/d.txt'] as const;
const LINES = Array.from({ length: 12 }, (_, index) => `line ${index}`);

/** A text whose line 2 is the version's, line 9 the user's where they edited, and that is told from others by its path. */
function textOf(path: string, { last, edited }: { readonly last: string; readonly edited: boolean }): string {
  const lines = LINES.map((line, index) => (index === 2 ? `${line} ${last}` : index === 9 && edited ? 'mine' : `${line} of ${path}`));
  return `${lines.join('\n')}\n`;
}

function textsOf(last: string, edited: ReadonlySet<string> = new Set()): Record<string, string> {
  return Object.fromEntries(PATHS.map((path) => [path, textOf(path, { last, edited: edited.has(path) })]));
}

function version(number: string, last: string): Pack {
  const files = Object.fromEntries(Object.entries(textsOf(last)).map(([path, text]) => [`templates/${path}`, text]));
  return makePack({ id: 'app', version: number, files });
}

const edits = fc.subarray([...PATHS]).map((paths) => new Set<string>(paths));

it('adopt changes no byte of the user, status then has exactly the edits, and an update gives the new version with them', async () => {
  await fc.assert(
    fc.asyncProperty(edits, fc.dictionary(fc.constantFrom('own.txt', 'c/own.txt'), fc.string()), async (edited, own) => {
      const before = { ...textsOf('old', edited), ...own };
      const ports = world([version('1.0.0', 'old')], before);
      const { preview } = await planAdoption({ ...OPTIONS, references: ['app'], versions: 5 }, ports);
      await apply(preview, ports);
      expect(ownFiles(ports)).toEqual(before);
      const { files } = await checkProject({}, ports);
      const edits = files.filter(({ state }) => state !== 'as-generated').map(({ path, state }) => [path, state]);
      expect(edits).toEqual([...edited].sort().map((path) => [path, 'edited']));
      const next = { ...ports, repository: world([version('1.1.0', 'new')]).repository };
      await apply(await planUpdate({ ...OPTIONS, ids: [], onConflict: 'markers' }, next), ports);
      expect(ownFiles(ports)).toEqual({ ...textsOf('new', edited), ...own });
    }),
    { numRuns: 60 },
  );
});

it('merge takes what changed from the base, and loses no line of the folder it goes into', async () => {
  await fc.assert(
    fc.asyncProperty(edits, fc.dictionary(fc.constantFrom('own.txt', 'c/own.txt'), fc.string()), async (edited, own) => {
      const ports = world([], { ...textsOf('old', edited), ...own });
      const folder = (last: string, root: string) => new MemoryProjectDir(textsOf(last), { root });
      const request = {
        source: folder('new', '/memory/next'),
        base: folder('old', '/memory/base'),
        names: { source: 'next', target: 'mine', base: 'base' },
        onConflict: 'markers',
      } as const;
      const plan = await planFolderMerge(request, ports);
      await applyGeneration({ plan, consentedHooks: [] }, ports);
      expect(ownFiles(ports)).toEqual({ ...textsOf('new', edited), ...own });
    }),
    { numRuns: 60 },
  );
});
