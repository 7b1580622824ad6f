import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { isDigest } from '../tree/digest.ts';
import { parseProjectPath } from '../tree/project-path.ts';
import {
  DATA_PLACES,
  LOCKFILE_PATH,
  type LockedData,
  type LockedDecision,
  type LockedFile,
  type LockedInjection,
  type LockedPack,
  type Lockfile,
} from './lockfile.ts';

/**
 * Parses a lockfile strictly: it decides what is written and deleted, and may come from somebody else's repository.
 * @throws PacksmithError `LOCKFILE_INVALID` with the first thing that is wrong, `PATH_ESCAPES_PROJECT` for an unsafe path.
 */
export function parseLockfile(text: string): Lockfile {
  const root = asRecord(parseJson(text), 'the file');
  if (root['format'] !== 1) throw invalid(`format ${JSON.stringify(root['format'])} is not known to this version of packsmith`);
  const files = asList(root['files'], 'files').map(parseFile);
  if (new Set(files.map((file) => file.path)).size !== files.length) throw invalid('a path is listed twice');
  return {
    format: 1,
    now: parseInstant(root['now']),
    answers: asDigest(root['answers'], 'answers'),
    baseline: asDigest(root['baseline'], 'baseline'),
    packs: asList(root['packs'], 'packs').map(parsePack),
    files,
    injections: asList(root['injections'] ?? [], 'injections').map(parseInjection),
    ...(root['data'] === undefined ? {} : { data: asList(root['data'], 'data').map(parseData) }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(/^(<<<<<<<|>>>>>>>)/m.test(text) ? 'it has merge conflict markers' : 'it is not JSON', cause);
  }
}

function parsePack(entry: unknown, index: number): LockedPack {
  const at = `packs[${index}]`;
  const record = asRecord(entry, at);
  const dependencies = Object.entries(asRecord(record['dependencies'] ?? {}, `${at}.dependencies`));
  return {
    id: asText(record['id'], `${at}.id`),
    version: asText(record['version'], `${at}.version`),
    source: asText(record['source'], `${at}.source`),
    integrity: asText(record['integrity'], `${at}.integrity`),
    dependencies: Object.fromEntries(dependencies.map(([id, range]) => [id, asText(range, `${at}.dependencies`)])),
    ...(record['registry'] === undefined ? {} : { registry: asText(record['registry'], `${at}.registry`) }),
    ...(record['override'] === undefined ? {} : { override: asText(record['override'], `${at}.override`) }),
    ...(record['requested'] === undefined ? {} : { requested: asText(record['requested'], `${at}.requested`) }),
    ...(record['revision'] === undefined ? {} : { revision: asText(record['revision'], `${at}.revision`) }),
  };
}

function parseFile(entry: unknown, index: number): LockedFile {
  const at = `files[${index}]`;
  const record = asRecord(entry, at);
  const masked = record['masked'] === undefined ? {} : { masked: asDigest(record['masked'], `${at}.masked`) };
  return {
    path: parseProjectPath(asText(record['path'], `${at}.path`)),
    sha256: asDigest(record['sha256'], `${at}.sha256`),
    mode: parseMode(record['mode'], `${at}.mode`),
    packs: asList(record['packs'], `${at}.packs`).map((pack) => asText(pack, `${at}.packs`)),
    template: asText(record['template'], `${at}.template`),
    ...masked,
    ...(record['output'] === undefined ? {} : { output: parseProjectPath(asText(record['output'], `${at}.output`)) }),
    ...(record['wasThere'] === true ? { wasThere: true } : {}),
    ...(record['parts'] === undefined ? {} : { parts: parseParts(record['parts'], `${at}.parts`) }),
    ...(record['decision'] === undefined ? {} : { decision: parseDecision(record['decision'], `${at}.decision`) }),
  };
}

function parseParts(value: unknown, at: string): Record<string, readonly string[]> {
  const entries = Object.entries(asRecord(value, at));
  return Object.fromEntries(entries.map(([part, packs]) => [part, asList(packs, at).map((pack) => asText(pack, at))]));
}

function parseDecision(value: unknown, at: string): LockedDecision {
  const record = asRecord(value, at);
  return {
    how: asText(record['how'], `${at}.how`),
    ...(record['driver'] === undefined ? {} : { driver: asText(record['driver'], `${at}.driver`) }),
    by: asText(record['by'], `${at}.by`),
    among: asList(record['among'], `${at}.among`).map((pack) => asText(pack, `${at}.among`)),
  };
}

function parseInjection(entry: unknown, index: number): LockedInjection {
  const at = `injections[${index}]`;
  const record = asRecord(entry, at);
  return {
    path: parseProjectPath(asText(record['path'], `${at}.path`)),
    pack: asText(record['pack'], `${at}.pack`),
    template: asText(record['template'], `${at}.template`),
    sha256: asDigest(record['sha256'], `${at}.sha256`),
  };
}

function parseData(entry: unknown, index: number): LockedData {
  const at = `data[${index}]`;
  const record = asRecord(entry, at);
  const place = DATA_PLACES.find((known) => known === record['place']);
  if (place === undefined) throw invalid(`${at}.place is none of ${DATA_PLACES.join(', ')}`);
  return {
    pack: asText(record['pack'], `${at}.pack`),
    name: asText(record['name'], `${at}.name`),
    from: asText(record['from'], `${at}.from`),
    place,
    path: place === 'project' ? parseProjectPath(asText(record['path'], `${at}.path`)) : asText(record['path'], `${at}.path`),
    sha256: asDigest(record['sha256'], `${at}.sha256`),
  };
}

function parseInstant(value: unknown): string {
  const text = asText(value, 'now');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text)) throw invalid('now is not an instant in UTC');
  return text;
}

function parseMode(value: unknown, at: string): number {
  const text = asText(value, at);
  if (!/^0[0-7]{3}$/.test(text)) throw invalid(`${at} is not a mode such as 0644`);
  return Number.parseInt(text, 8);
}

function asRecord(value: unknown, at: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(`${at} is not an object`);
  return value as Record<string, unknown>;
}

function asList(value: unknown, at: string): unknown[] {
  if (!Array.isArray(value)) throw invalid(`${at} is not a list`);
  return value;
}

function asText(value: unknown, at: string): string {
  if (typeof value !== 'string') throw invalid(`${at} is not a string`);
  return value;
}

function asDigest(value: unknown, at: string): Lockfile['answers'] {
  const text = asText(value, at);
  if (!isDigest(text)) throw invalid(`${at} is not a SHA-256 digest`);
  return text;
}

function invalid(what: string, cause?: unknown): PacksmithError {
  return new PacksmithError('LOCKFILE_INVALID', `${LOCKFILE_PATH} cannot be used: ${what}`, {
    where: { file: LOCKFILE_PATH },
    hint: 'restore it from version control; it is written only by packsmith',
    ...(cause === undefined ? {} : { cause }),
  });
}
