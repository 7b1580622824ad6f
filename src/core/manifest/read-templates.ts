import type { Injection, OnExists, TemplateContent, TemplateDeclaration } from '../pack/pack-manifest.ts';
import type { FileMode } from '../tree/file-tree.ts';
import { checkGlob, checkPathTemplate } from './check-paths.ts';
import type { KeyPath } from './key-path.ts';
import { checkDriver } from './merge-drivers.ts';
import type { Problems } from './problems.ts';
import { findReservedName } from './reserved-names.ts';
import { NAME, NAME_EXPECTED } from './schema-parts.ts';
import { isTable, readBoolean, readKey, readString, readTables, type Table } from './table.ts';

/** Reads `[[templates]]`: where the content comes from, where it goes, and that the paths are safe. */
export function readTemplates(document: Table, problems: Problems): TemplateDeclaration[] {
  return readTables(document, 'templates').flatMap(({ index, entry }) => {
    const place: Place = { table: entry, path: ['templates', index], problems };
    const content = readContent(place);
    const inject = readInjection(place);
    checkDestination(content, place);
    const template = { ...readRest(place), inject };
    return content === undefined ? [] : [{ content, ...template }];
  });
}

interface Place {
  readonly table: Table;
  readonly path: KeyPath;
  readonly problems: Problems;
}

function readRest({ table, path, problems }: Place): Omit<TemplateDeclaration, 'content' | 'inject'> {
  const driver = readString(table, 'merge');
  if (driver !== undefined) checkDriver([...path, 'merge'], driver, problems);
  return {
    output: readString(table, 'output'),
    when: readString(table, 'when'),
    forEach: readString(table, 'for_each'),
    as: readRowName({ table, path, problems }),
    mode: readMode({ table, path, problems }),
    onExists: ON_EXISTS.find((action) => action === readKey(table, 'on_exists')),
    merge: driver,
  };
}

const ON_EXISTS: readonly OnExists[] = ['merge', 'keep', 'overwrite', 'fail'];

/** The keys of a group that are present; a problem unless exactly one is. */
export function requireOne(keys: readonly string[], { table, path, problems }: Place): string | undefined {
  const present = keys.filter((key) => readKey(table, key) !== undefined);
  const [first, second] = present;
  if (first === undefined) problems.conflict(path, `it needs one of ${keys.join(', ')}`, `add ${keys[0]}`);
  if (second !== undefined)
    problems.conflict([...path, second], `it excludes ${first}: exactly one of ${keys.join(', ')}`, `remove ${second}`);
  return first;
}

function readContent(place: Place): TemplateContent | undefined {
  const { table, path, problems } = place;
  const kind = requireOne(['source', 'text', 'base64'], place);
  const given = kind === undefined ? undefined : readString(table, kind);
  if (given === undefined) return undefined;
  if (kind === 'text') return { kind, text: given };
  if (kind === 'source') {
    checkGlob([...path, kind], given, problems);
    return { kind, source: given };
  }
  const base64 = given.replaceAll(/\s+/g, '');
  if (!isBase64(base64))
    problems.invalid([...path, 'base64'], 'it is not base64', 'encode the bytes as in RFC 4648, section 4, with padding');
  return { kind: 'base64', base64 };
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function checkDestination(content: TemplateContent | undefined, { table, path, problems }: Place): void {
  const output = readString(table, 'output');
  const isInjection = readKey(table, 'inject') !== undefined;
  // The files of a source may go into a directory, which is written with a "/" at its end.
  const isDirectory = content?.kind === 'source' && output?.endsWith('/') === true;
  if (output !== undefined) checkPathTemplate([...path, 'output'], isDirectory ? output.slice(0, -1) : output, problems);
  if (output !== undefined && isInjection) {
    problems.conflict([...path, 'output'], 'an injection goes into another file', 'remove output or inject');
  }
  const isPlaced = content?.kind === 'source' && content.source.startsWith('templates/');
  if (readKey(table, 'output') === undefined && !isInjection && !isPlaced && content !== undefined) problems.missing(path, 'output');
}

function readRowName({ table, path, problems }: Place): string {
  const name = readString(table, 'as');
  if (name === undefined) return 'item';
  if (readKey(table, 'for_each') === undefined) {
    problems.conflict([...path, 'as'], 'there is no for_each whose rows it could name', 'add for_each');
  }
  const reserved = NAME.test(name) ? findReservedName(name) : `it ${NAME_EXPECTED}`;
  if (reserved !== undefined) problems.invalid([...path, 'as'], reserved, 'choose another name');
  return name;
}

function readMode({ table, path, problems }: Place): FileMode | undefined {
  const text = readString(table, 'mode');
  if (text === undefined) return undefined;
  const at = [...path, 'mode'];
  if (/^0?[1-7][0-7]{3}$/.test(text)) problems.invalid(at, 'setuid, setgid and sticky bits are refused', `write "0${text.slice(-3)}"`);
  else if (!/^0?[0-7]{3}$/.test(text)) problems.invalid(at, 'it must be octal permission bits', 'write "0644" or "0755"');
  else return Number.parseInt(text, 8);
  return undefined;
}

function readInjection({ table, path, problems }: Place): Injection | undefined {
  const inject = readKey(table, 'inject');
  if (!isTable(inject)) return undefined;
  const place: Place = { table: inject, path: [...path, 'inject'], problems };
  const into = readString(inject, 'into');
  if (into !== undefined) checkPathTemplate([...place.path, 'into'], into, problems);
  const position = readInjectionPosition(place);
  if (into === undefined || position === undefined) return undefined;
  return { into, position, once: readBoolean(inject, 'once') ?? false };
}

function readInjectionPosition(place: Place): Injection['position'] | undefined {
  const kind = requireOne(['before', 'after', 'at'], place);
  const given = kind === undefined ? undefined : readString(place.table, kind);
  if (given === undefined) return undefined;
  if (kind === 'before' || kind === 'after') return { kind, marker: given };
  return given === 'start' || given === 'end' ? { kind: given } : undefined;
}
