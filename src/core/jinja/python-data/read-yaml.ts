import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseAllDocuments } from 'yaml';
import type { Value } from '../../pack/values.ts';
import { findNestingProblem } from '../../template/answers/nesting-guard.ts';
import { findDeepBlock } from '../../template/answers/yaml-value.ts';
import { isKey, keyValue, numberIn, resolvePlain, resolveTagged } from './plain-scalar.ts';

/** The values of the documents of a file, with the place of every key at the top of one; or what is wrong with it. */
export type YamlOutcome =
  | { readonly kind: 'documents'; readonly values: readonly Value[]; readonly offsets: ReadonlyMap<string, number> }
  | { readonly kind: 'problem'; readonly problem: string; readonly offset: number };

export interface YamlOptions {
  /** Gives what `!include PATTERN` stands for. */
  readonly include?: (pattern: string) => readonly Value[];
  /** Keys that are numbers, truth values or null are text: for who names them as text. */
  readonly hasTextKeys?: boolean;
}

/** Aliases could make a small file a large value: all of a file together may give this many. */
const MAX_NODES = 50_000;

/**
 * Reads YAML as PyYAML's safe loader does (YAML 1.1: `yes` is true, `010` is 8, `1e3` is text), with anchors, merge keys, and several documents.
 * Dates stay text. Whole floats are floats of the template language, and keys are values of it.
 */
export function readYaml(text: string, options: YamlOptions = {}): YamlOutcome {
  const nesting = findNestingProblem(text);
  if (nesting !== undefined) return { kind: 'problem', ...nesting };
  const deep = findDeepBlock(text);
  if (deep !== undefined) return { kind: 'problem', problem: 'it is nested too deeply', offset: deep };
  const documents: readonly Document[] = parseAllDocuments(text, {
    version: '1.1',
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const error = documents.flatMap(({ errors }) => errors)[0];
  if (error !== undefined) return { kind: 'problem', problem: error.message, offset: error.pos[0] };
  const offsets = new Map<string, number>();
  const reader = new ValueReader(options);
  try {
    const values = documents.map((document) => {
      reader.document = document;
      if (isMap(document.contents))
        for (const { key } of document.contents.items) if (isScalar(key)) offsets.set(String(key.value), key.range?.[0] ?? 0);
      return document.contents === null ? null : reader.read(document.contents);
    });
    return { kind: 'documents', values, offsets };
  } catch (refusal) {
    if (refusal instanceof YamlRefusal) return { kind: 'problem', problem: refusal.message, offset: refusal.offset };
    throw refusal;
  }
}

/** The one value of a text; `undefined` where it is not YAML. An empty text is null. */
export function readYamlValue(text: string): Value | undefined {
  const outcome = readYaml(text);
  if (outcome.kind === 'problem' || outcome.values.length > 1) return undefined;
  return outcome.values[0] ?? null;
}

/** The items of a list as they are written, quotes around a text taken off; `undefined` where the text is no list. */
export function readRawItems(text: string): readonly string[] | undefined {
  if (findNestingProblem(text) !== undefined || findDeepBlock(text) !== undefined) return undefined;
  const [document, second] = parseAllDocuments(text, {
    version: '1.1',
    schema: 'failsafe',
    prettyErrors: false,
    logLevel: 'silent',
  }) as Document[];
  if (document === undefined || second !== undefined || document.errors.length > 0 || !isSeq(document.contents)) return undefined;
  return document.contents.items.map((item) => {
    const [start, end] = (item as Node | null)?.range ?? [0, 0];
    const raw = text.slice(start, end).trim();
    return isScalar(item) && /^(?:"[\s\S]*"|'[\s\S]*')$/.test(raw) ? raw.slice(1, -1) : raw;
  });
}

class YamlRefusal extends Error {
  readonly offset: number;

  constructor(message: string, { range }: Node) {
    super(message);
    this.offset = range?.[0] ?? 0;
  }
}

class ValueReader {
  document!: Document;
  readonly #options: YamlOptions;
  #nodes = 0;
  #depth = 0;

  constructor(options: YamlOptions) {
    this.#options = options;
  }

  read(node: unknown): Value {
    if (node === null || node === undefined) return null;
    if (++this.#nodes > MAX_NODES) throw new YamlRefusal(`its aliases make more than ${MAX_NODES} values`, node as Node);
    if (++this.#depth > 200) throw new YamlRefusal('it is nested too deeply, or refers to itself', node as Node);
    const value = this.#readNode(node as Node);
    this.#depth--;
    return value;
  }

  #readNode(node: Node): Value {
    if (isAlias(node)) {
      const meant = node.resolve(this.document);
      if (meant === undefined) throw new YamlRefusal(`nothing is called &${node.source}, which *${node.source} refers to`, node);
      return this.read(meant);
    }
    if (isScalar(node)) return this.#readScalar(node);
    if (isSeq(node)) return withTag(node, '!!seq').items.map((item) => this.read(item));
    if (isMap(node)) return this.#readMap(withTag(node, '!!map').items);
    throw new YamlRefusal('it has something that is no value', node);
  }

  #readScalar(node: Node & { value: unknown; type?: string | undefined; source?: string; tag?: string }): Value {
    const text = String(node.value);
    const tag = tagOf(node);
    if (tag === '!include' && this.#options.include !== undefined) return this.#options.include(text);
    if (tag === undefined && node.type !== 'PLAIN') return text;
    if (tag === undefined || tag === '!') return resolvePlain(text);
    if (!SCALAR_TAGS.has(tag)) throw new YamlRefusal(`the tag ${tag} is not known here`, node);
    const value = resolveTagged(text, tag);
    if (value === undefined) throw new YamlRefusal(`${JSON.stringify(text)} is no ${tag}`, node);
    return value;
  }

  /** Merge keys give what is not given itself. */
  #readMap(items: readonly Pair[]): Value {
    const own = new Map<string, Value>();
    const merged: Value[] = [];
    for (const { key, value } of items) {
      if (isScalar(key) && key.type === 'PLAIN' && key.value === '<<')
        merged.push(...[this.read(value)].flatMap((each) => (Array.isArray(each) ? (each as Value[]) : [each])));
      else own.set(this.#readKey(key), this.read(value));
    }
    const below = merged.reverse().flatMap((each) => (each instanceof Map ? [...(each as ReadonlyMap<string, Value>)] : []));
    return below.length === 0 ? own : new Map([...below, ...own]);
  }

  #readKey(node: unknown): string {
    const key = this.read(node);
    if (!isKey(key)) throw new YamlRefusal('a key is a list or a mapping', node as Node);
    return this.#options.hasTextKeys === true ? keyText(key) : keyValue(key);
  }
}

const SCALAR_TAGS = new Set(['!!str', '!!int', '!!float', '!!bool', '!!null', '!!timestamp']);

function tagOf({ tag }: Node & { readonly tag?: string }): string | undefined {
  return tag?.replace(/^tag:yaml\.org,2002:/, '!!');
}

/** A list or a mapping, which has no tag but its own. */
function withTag<T extends Node>(node: T, own: string): T {
  const tag = tagOf(node);
  if (tag !== undefined && tag !== own) throw new YamlRefusal(`the tag ${tag} is not known here`, node);
  return node;
}

function keyText(key: Value): string {
  if (key === null) return 'None';
  if (typeof key === 'boolean') return key ? 'True' : 'False';
  return typeof key === 'string' ? key : String(numberIn(key));
}
