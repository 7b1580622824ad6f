import type { PackName } from '../pack/pack-name.ts';
import type { LockedFile, Lockfile } from './lockfile.ts';

/** The same lockfile as if a pack had had another id, and no registry of its own, when the project was generated. */
export function renamePack(lockfile: Lockfile, from: PackName, to: PackName): Lockfile {
  const rename = (id: string): string => (id === from ? to : id);
  return {
    ...lockfile,
    packs: lockfile.packs.map((pack) => {
      if (pack.id !== from) return pack;
      const { registry: _registry, ...rest } = pack;
      return { ...rest, id: to };
    }),
    files: lockfile.files.map((file) => renameInFile(file, rename)),
    injections: lockfile.injections.map((injection) => ({ ...injection, pack: rename(injection.pack) })),
    ...(lockfile.data === undefined ? {} : { data: lockfile.data.map((data) => ({ ...data, pack: rename(data.pack) })) }),
  };
}

function renameInFile(file: LockedFile, rename: (id: string) => string): LockedFile {
  const { parts, decision } = file;
  return {
    ...file,
    packs: file.packs.map(rename),
    ...(parts === undefined ? {} : { parts: Object.fromEntries(Object.entries(parts).map(([at, packs]) => [at, packs.map(rename)])) }),
    ...(decision === undefined ? {} : { decision: { ...decision, among: decision.among.map(rename) } }),
  };
}
