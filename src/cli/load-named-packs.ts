import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import { LOCKFILE_PATH, MANIFEST_PATH } from '../core/lockfile/lockfile.ts';
import { parseLockfile } from '../core/lockfile/parse-lockfile.ts';
import { parseProjectManifest } from '../core/manifest/parse-project-manifest.ts';
import type { Pack } from '../core/pack/pack.ts';
import { decodeUtf8 } from '../core/text/utf8.ts';
import { loadNamedPack } from '../ops/packs/load-named-pack.ts';
import { loadLockedPacks } from '../ops/project/load-locked-packs.ts';
import type { CommandContext } from './command.ts';

/** Those of the packs that are on this machine; of the project here where none of the references is one. Nothing is fetched. */
export async function loadNamedPacks(references: readonly string[], context: CommandContext): Promise<readonly Pack[]> {
  const { workingDirectory, signal } = context;
  const ports = await context.openPorts();
  const found = await Promise.all(
    references.map((text) => attempt(async () => (await loadNamedPack(text, { workingDirectory, offline: true, signal }, ports)).pack)),
  );
  const named = found.flatMap((pack) => pack ?? []);
  return named.length > 0 ? named : ((await attempt(() => loadOfProject(context))) ?? []);
}

async function loadOfProject({ openProject, signal }: CommandContext): Promise<readonly Pack[]> {
  const { ports, project } = await openProject();
  // Not by `loadProject`, which finishes what was interrupted: whoever only completes a line changes nothing.
  const [locked, asked] = await Promise.all([project.readFile(LOCKFILE_PATH), project.readFile(MANIFEST_PATH)]);
  if (locked === undefined || asked === undefined) return [];
  const { manifest } = parseProjectManifest(decodeUtf8(asked) ?? '', MANIFEST_PATH);
  if (manifest === undefined) return [];
  const lockfile = parseLockfile(decodeUtf8(locked) ?? '');
  const { packs } = await loadLockedPacks({ lockfile, manifest, offline: true, signal }, { ...ports, project });
  return packs.map(({ pack }) => pack);
}

async function attempt<Result>(load: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof PacksmithError) return undefined;
    throw error;
  }
}
