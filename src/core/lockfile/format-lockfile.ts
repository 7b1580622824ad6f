import type { FileMode } from '../tree/file-tree.ts';
import type { LockedData, LockedDecision, LockedFile, LockedInjection, LockedPack, Lockfile } from './lockfile.ts';

/** The one text of a lockfile: JSON with an entry a line, so that version control merges and shows it well. */
export function formatLockfile(lockfile: Lockfile): string {
  return [
    '{',
    `  "format": ${lockfile.format},`,
    `  "now": ${JSON.stringify(lockfile.now)},`,
    `  "answers": ${JSON.stringify(lockfile.answers)},`,
    `  "baseline": ${JSON.stringify(lockfile.baseline)},`,
    `  "packs": ${formatEntries(lockfile.packs.map(packEntry))},`,
    `  "files": ${formatEntries(lockfile.files.map(fileEntry))},`,
    `  "injections": ${formatEntries(lockfile.injections.map(injectionEntry))}${lockfile.data === undefined ? '' : ','}`,
    ...(lockfile.data === undefined ? [] : [`  "data": ${formatEntries(lockfile.data.map(dataEntry))}`]),
    '}',
    '',
  ].join('\n');
}

/** A mode as four octal digits. */
export function formatMode(mode: FileMode): string {
  return mode.toString(8).padStart(4, '0');
}

function formatEntries(entries: readonly object[]): string {
  if (entries.length === 0) return '[]';
  return `[\n${entries.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n')}\n  ]`;
}

function packEntry({ id, version, source, registry, requested, revision, override, integrity, dependencies }: LockedPack): object {
  const origin = {
    ...(registry === undefined ? {} : { registry }),
    ...(requested === undefined ? {} : { requested }),
    ...(revision === undefined ? {} : { revision }),
    ...(override === undefined ? {} : { override }),
  };
  return { id, version, source, ...origin, integrity, dependencies };
}

function fileEntry({ path, sha256, mode, packs, template, masked, output, wasThere, parts, decision }: LockedFile): object {
  const moved = { ...(output === undefined ? {} : { output }), ...(wasThere === undefined ? {} : { wasThere }) };
  const optional = { ...(masked === undefined ? {} : { masked }), ...moved, ...(parts === undefined ? {} : { parts }) };
  const settled = decision === undefined ? {} : { decision: decisionEntry(decision) };
  // The digest of a file with a short secret could be used to guess it, so that only that of the masked bytes is written.
  return { path, sha256: masked ?? sha256, mode: formatMode(mode), packs, template, ...optional, ...settled };
}

function decisionEntry({ how, driver, by, among }: LockedDecision): object {
  return { how, ...(driver === undefined ? {} : { driver }), by, among };
}

function injectionEntry({ path, pack, template, sha256 }: LockedInjection): object {
  return { path, pack, template, sha256 };
}

function dataEntry({ pack, name, from, place, path, sha256 }: LockedData): object {
  return { pack, name, from, place, path, sha256 };
}
