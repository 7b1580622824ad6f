import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { MarkedPlace } from '../reconcile/text/markers.ts';
import { decodeBase64, encodeBase64 } from '../text/base64.ts';
import { type ProjectPath, parseProjectPath } from '../tree/project-path.ts';
import { BASELINE_PATH, LOCKFILE_PATH, MANIFEST_PATH } from './lockfile.ts';

/**
 * A change that left conflicts for a person to settle. The records that it would have written are kept here, so that the lockfile
 * advances only when the last conflict is settled.
 */
export interface Pending {
  readonly format: 1;
  readonly operation: string;
  /** Packs as `id version`, for people. */
  readonly packs: readonly string[];
  readonly conflicts: readonly PendingConflict[];
  /** The bytes of packsmith.toml, the baseline and the lockfile, in this order. */
  readonly records: readonly { readonly path: ProjectPath; readonly content: Uint8Array }[];
  /** The bytes of packsmith.toml that the new ones were made from, so that what the user edits meanwhile can be told; absent where there was none. */
  readonly manifest?: Uint8Array;
}

/** A file with conflict markers; or one of the user's, beside which the pack's version stands. */
export interface PendingConflict {
  readonly path: ProjectPath;
  readonly beside?: ProjectPath;
  /** Where the file has its markers; absent where it has none. */
  readonly markers?: MarkedPlace;
}

export const PENDING_PATH = '.packsmith/pending.json' as ProjectPath;

/** The text of a pending change: JSON with an entry a line. */
export function formatPending({ operation, packs, conflicts, records, manifest }: Pending): string {
  const list = (entries: readonly object[]): string => `[\n${entries.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n')}\n  ]`;
  return [
    '{',
    '  "format": 1,',
    `  "operation": ${JSON.stringify(operation)},`,
    `  "packs": ${JSON.stringify(packs)},`,
    `  "conflicts": ${list(conflicts)},`,
    ...(manifest === undefined ? [] : [`  "manifest": "${encodeBase64(manifest)}",`]),
    `  "records": ${list(records.map(({ path, content }) => ({ path, base64: encodeBase64(content) })))}`,
    '}',
    '',
  ].join('\n');
}

/** Parses a pending change strictly. @throws PacksmithError `LOCKFILE_INVALID`, `PATH_ESCAPES_PROJECT`. */
export function parsePending(text: string): Pending {
  const root = asRecord(parseJson(text));
  if (root['format'] !== 1) throw invalid('its format is not known to this version of packsmith');
  const records = asList(root['records'])
    .map(asRecord)
    .map(({ path, base64 }) => ({ path: parseProjectPath(asText(path)), content: asBytes(base64) }));
  const order: readonly string[] = [MANIFEST_PATH, BASELINE_PATH, LOCKFILE_PATH];
  if (records.length !== order.length || records.some(({ path }, index) => path !== order[index]))
    throw invalid('it does not hold the three records');
  const conflicts = asList(root['conflicts'])
    .map(asRecord)
    .map(({ path, beside, markers }) => ({
      path: parseProjectPath(asText(path)),
      ...(beside === undefined ? {} : { beside: parseProjectPath(asText(beside)) }),
      ...(markers === undefined ? {} : { markers: asPlace(asRecord(markers)) }),
    }));
  const manifest = root['manifest'] === undefined ? {} : { manifest: asBytes(root['manifest']) };
  return { format: 1, operation: asText(root['operation']), packs: asList(root['packs']).map(asText), conflicts, records, ...manifest };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('it is not JSON');
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('an entry is not an object');
  return value as Record<string, unknown>;
}

function asList(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw invalid('a list is missing');
  return value;
}

function asText(value: unknown): string {
  if (typeof value !== 'string') throw invalid('a text is missing');
  return value;
}

function asPlace({ length, above, below }: Record<string, unknown>): MarkedPlace {
  return { length: asCount(length), above: asCount(above), below: asCount(below) };
}

function asCount(value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw invalid('a count is missing');
  return value as number;
}

function asBytes(value: unknown): Uint8Array {
  try {
    return decodeBase64(asText(value));
  } catch (error) {
    if (error instanceof PacksmithError && error.code === 'BASE64_INVALID') throw invalid('its bytes are not in base64');
    throw error;
  }
}

function invalid(what: string): PacksmithError {
  return new PacksmithError('LOCKFILE_INVALID', `${PENDING_PATH} cannot be used: ${what}`, {
    where: { file: PENDING_PATH },
    hint: 'restore it from version control, or take the change back with `packs undo`',
  });
}
