import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { Problems } from '../../manifest/problems.ts';
import { readToml } from '../../manifest/read-toml.ts';
import { isTable, readEntries, readKey, readString, readStrings, readTable, readTables, type Table } from '../../manifest/table.ts';
import { toValue } from '../../manifest/to-value.ts';
import type { Value } from '../../pack/values.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import type { FileTree } from '../../tree/file-tree.ts';
import type { ProjectPath } from '../../tree/project-path.ts';

/** In which ggen had its manifest, and below which table it says what the pack is; the first that is there counts. */
const MANIFESTS = ['gpack.toml', 'package.toml', 'pack.toml', 'ggen.toml'];
const SECTIONS = ['gpack', 'rpack', 'package', 'pack', 'metadata', 'project'];

/** A query and a template that `ggen.toml` brings together. */
export interface GgenRule {
  readonly name: string;
  readonly query: GgenText | undefined;
  readonly template: GgenText | undefined;
  readonly output: string;
  readonly mode: string | undefined;
  readonly line: number;
}

/** A text that is in the manifest, or a file. */
export type GgenText = { readonly kind: 'file'; readonly path: string } | { readonly kind: 'inline'; readonly text: string };

export interface GgenManifest {
  readonly file: string;
  /** The manifests that are there. */
  readonly files: readonly string[];
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly description: string | undefined;
  readonly license: string | undefined;
  readonly keywords: readonly string[];
  readonly variables: ReadonlyMap<string, Value>;
  readonly dependencies: readonly string[];
  readonly prefixes: ReadonlyMap<string, string>;
  readonly base: string | undefined;
  readonly rdfFiles: readonly string[];
  readonly rdfInline: readonly string[];
  /** Queries that add to the data. */
  readonly inferences: readonly { readonly name: string; readonly text: string }[];
  readonly rules: readonly GgenRule[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads what says of a directory that it is a pack of ggen, in each of the shapes that there were. */
export function readGgenManifest(files: FileTree): GgenManifest {
  const diagnostics: Diagnostic[] = [];
  const texts = new Map<string, string>();
  const tables = MANIFESTS.flatMap((file): Table[] => {
    const content = files.get(file as ProjectPath)?.content;
    if (content === undefined) return [];
    const text = decodeUtf8(content) ?? '\0';
    const read = readToml(text, file);
    if (read.table === undefined) diagnostics.push({ ...read.diagnostic, code: 'FOREIGN_INVALID' });
    else texts.set(file, text);
    return read.table === undefined ? [] : [read.table];
  });
  const sections = tables.flatMap((table) => SECTIONS.map((section) => readTable(table, section)));
  const first = (...keys: readonly string[]): string | undefined =>
    sections.flatMap((section) => keys.map((key) => readString(section, key))).find((text) => text !== undefined);
  const rdf = [...tables, ...sections].map((table) => readTable(table, 'rdf'));
  const generation = tables.map((table) => readTable(table, 'generation'));
  return {
    file: [...texts.keys()][0] ?? MANIFESTS[0] ?? '',
    files: [...texts.keys()],
    name: first('name', 'id'),
    version: first('version'),
    description: first('description'),
    license: first('license'),
    keywords: sections.flatMap((section) => [...readStrings(section, 'keywords'), ...readStrings(section, 'tags')]),
    variables: readVariables(tables),
    dependencies: tables.flatMap((table) => readEntries(table, 'dependencies').map(([name]) => name)),
    prefixes: new Map(rdf.flatMap((table) => readEntries(table, 'prefixes').flatMap(textEntry))),
    base: rdf.map((table) => readString(table, 'base')).find((base) => base !== undefined),
    rdfFiles: [...rdf.flatMap((table) => [...oneOrMore(table, 'files'), ...oneOrMore(table, 'ontology_file')]), ...ontologies(tables)],
    rdfInline: rdf.flatMap((table) => oneOrMore(table, 'inline')),
    inferences: tables.flatMap((table) =>
      readTables(readTable(table, 'inference'), 'rules').flatMap(({ index, entry }) => {
        const text = readString(entry, 'construct');
        return text === undefined ? [] : [{ name: readString(entry, 'name') ?? `rule_${index}`, text }];
      }),
    ),
    rules: generation.flatMap((table) => readRules(table, texts.get('ggen.toml') ?? '')),
    diagnostics,
  };
}

function textEntry([key, value]: [string, unknown]): [string, string][] {
  return typeof value === 'string' ? [[key, value]] : [];
}

function oneOrMore(table: Table, key: string): string[] {
  const text = readString(table, key);
  return text === undefined ? readStrings(table, key) : [text];
}

function ontologies(tables: readonly Table[]): string[] {
  return tables.flatMap((table) => {
    const ontology = readTable(table, 'ontology');
    return [...oneOrMore(ontology, 'source'), ...oneOrMore(ontology, 'imports')];
  });
}

/** `[vars]`, and the older `[preset] vars` and `[variables]`. */
function readVariables(tables: readonly Table[]): Map<string, Value> {
  const found = tables.flatMap((table) => [
    ...readEntries(readTable(table, 'preset'), 'vars'),
    ...readEntries(table, 'vars'),
    ...readEntries(table, 'variables'),
  ]);
  const defaultOf = (value: unknown): Value => toValue(isTable(value) ? readKey(value, 'default') : value, ['vars'], new Problems()) ?? '';
  return new Map(found.map(([name, value]): [string, Value] => [name, defaultOf(value)]));
}

function readRules(generation: Table, text: string): GgenRule[] {
  return readTables(generation, 'rules').map(({ index, entry }) => ({
    name: readString(entry, 'name') ?? `rule_${index}`,
    query: readText(entry, 'query'),
    template: readText(entry, 'template'),
    output: readString(entry, 'output_file') ?? readString(entry, 'output') ?? '',
    mode: readString(entry, 'mode'),
    line: lineOfRule(text, index),
  }));
}

function readText(rule: Table, key: string): GgenText | undefined {
  const plain = readString(rule, key);
  if (plain !== undefined)
    return /\n|\s*(?:SELECT|ASK|PREFIX|CONSTRUCT)\b/i.test(plain) ? { kind: 'inline', text: plain } : { kind: 'file', path: plain };
  const table = readTable(rule, key);
  const path = readString(table, 'file');
  if (path !== undefined) return { kind: 'file', path };
  const inline = readString(table, 'inline');
  return inline === undefined ? undefined : { kind: 'inline', text: inline };
}

function lineOfRule(text: string, index: number): number {
  let seen = -1;
  const at = text.split('\n').findIndex((line) => {
    if (/^\s*\[\[\s*generation\s*\.\s*rules\s*\]\]/.test(line)) seen++;
    return seen === index;
  });
  return at + 1;
}
