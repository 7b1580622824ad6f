import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { ExpressionNode, TemplateNode } from '../../jinja/nodes.ts';
import { parseTemplate } from '../../jinja/parse-template.ts';
import type { JinjaSettings } from '../../jinja/settings.ts';
import { expressionsOf, listExpressions, listStatements } from '../../jinja/walk-template.ts';
import type { Value } from '../../pack/values.ts';
import type { TemplateSource } from '../../template/template-source.ts';
import { nearest } from '../../text/nearest.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import type { NamedText } from '../changing-values.ts';
import { CONTEXT_FILE, type ContextEntry } from './read-context.ts';
import { PROMPTS_KEY, roleOf } from './read-variables.ts';

export interface KeysRequest {
  readonly entries: readonly ContextEntry[];
  readonly templates: readonly TemplateSource[];
  /** The scripts of hooks. */
  readonly scripts: readonly NamedText[];
  readonly settings: JinjaSettings;
}

const NAMESPACE = 'cookiecutter';

/** What cookiecutter adds itself, and the methods of a dictionary. */
const ALWAYS = ['_template', '_output_dir', '_repo_dir', '_checkout'];
const METHODS = ['clear', 'copy', 'fromkeys', 'get', 'items', 'keys', 'pop', 'popitem', 'setdefault', 'update', 'values'];

/**
 * Finds what templates read of `cookiecutter` that no key of the context is: rendering ends there, unless the statement is never reached. What
 * a template itself asks about (`is defined`, `default`) or a script may add (`update`) is left out.
 */
export function findUnknownKeys({ entries, templates, scripts, settings }: KeysRequest): Diagnostic[] {
  const own = entries.map(({ key }) => key);
  const parsed = (text: string): TemplateNode | undefined => parseQuietly(text, settings);
  const added = scripts.flatMap(({ text }) => keysThatAreWritten(parsed(text)));
  const known = new Set([...own, ...ALWAYS, ...METHODS, ...added]);
  const found = (text: string, file: string, at?: { line: number; column: number }): Diagnostic[] =>
    readKeys(parsed(text))
      .filter(({ key }) => !known.has(key))
      .map(({ key, line, column }) => toFinding(key, { file, ...(at ?? { line, column }) }, own));
  return [
    ...entries
      .filter(isRendered)
      .flatMap(({ texts, line, column }) => textsIn(texts).flatMap((text) => found(text, CONTEXT_FILE, { line, column }))),
    ...templates.flatMap(({ name, outputTemplate = '' }) => found(outputTemplate, name, { line: 1, column: 1 })),
    ...templates.flatMap(({ name, isRendered, entry }) =>
      isRendered ? found(decodeUtf8(entry?.content ?? new Uint8Array()) ?? '', name) : [],
    ),
    ...scripts.flatMap(({ name, text }) => found(text, name)),
  ];
}

function isRendered({ key }: ContextEntry): boolean {
  return roleOf(key) !== 'constant' && key !== PROMPTS_KEY;
}

function toFinding(key: string, where: Diagnostic['where'] & object, own: readonly string[]): Diagnostic {
  const similar = nearest(key, own);
  const suggestion = similar.length > 0 ? `did you mean ${similar.join(' or ')}?` : `add ${JSON.stringify(key)} to ${CONTEXT_FILE}`;
  const message = `${NAMESPACE}.${key} is no key of ${CONTEXT_FILE}`;
  return { code: 'TEMPLATE_UNDECLARED_NAME', severity: 'warning', message, where, suggestion };
}

/** What cannot be parsed is another finding. */
function parseQuietly(text: string, settings: JinjaSettings): TemplateNode | undefined {
  if (!text.includes(NAMESPACE)) return undefined;
  try {
    return parseTemplate(text, CONTEXT_FILE, settings);
  } catch {
    return undefined;
  }
}

interface ReadKey {
  readonly key: string;
  readonly line: number;
  readonly column: number;
}

function readKeys(template: TemplateNode | undefined): ReadKey[] {
  const nodes = expressionsIn(template);
  const guarded = new Set(nodes.flatMap((node) => (isGuard(node) && node.input !== undefined ? (keyOf(node.input)?.key ?? []) : [])));
  return nodes.flatMap((node) => keyOf(node) ?? []).filter(({ key }) => !guarded.has(key));
}

function isGuard(node: ExpressionNode): node is ExpressionNode & { readonly kind: 'test' | 'filter' } {
  if (node.kind === 'test') return node.name === 'defined' || node.name === 'undefined';
  return node.kind === 'filter' && (node.name === 'default' || node.name === 'd');
}

/** `cookiecutter.key`, `cookiecutter['key']`. */
function keyOf(node: ExpressionNode): ReadKey | undefined {
  if (node.kind !== 'attribute' && node.kind !== 'subscript') return undefined;
  if (node.object.kind !== 'name' || node.object.name !== NAMESPACE) return undefined;
  const { line, column } = node.object;
  if (node.kind === 'attribute') return { key: node.name, line, column };
  const { index } = node;
  return index.kind === 'literal' && typeof index.value === 'string' ? { key: index.value, line, column } : undefined;
}

/** The keys of all dictionaries that a script writes out: what it may give to `update`. */
function keysThatAreWritten(template: TemplateNode | undefined): string[] {
  return expressionsIn(template).flatMap((node) => {
    if (node.kind === 'call') return node.arguments.flatMap(({ kind, name }) => (kind === 'named' ? [name] : []));
    if (node.kind !== 'dict') return [];
    return node.entries.flatMap(({ key }) => (key.kind === 'literal' && typeof key.value === 'string' ? [key.value] : []));
  });
}

function expressionsIn(template: TemplateNode | undefined): ExpressionNode[] {
  return template === undefined ? [] : listStatements(template).flatMap(({ node }) => expressionsOf(node).flatMap(listExpressions));
}

function textsIn(value: Value): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Map) return [...(value as ReadonlyMap<string, Value>)].flatMap(([key, item]) => [key, ...textsIn(item)]);
  return Array.isArray(value) ? (value as readonly Value[]).flatMap(textsIn) : [];
}
