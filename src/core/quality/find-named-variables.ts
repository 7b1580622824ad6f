import type { ExpressionNode, TemplateNode } from '../jinja/nodes.ts';
import { expressionsOf, listExpressions, listStatements } from '../jinja/walk-template.ts';
import { readToml } from '../manifest/read-toml.ts';
import { isTable } from '../manifest/table.ts';
import type { Pack } from '../pack/pack.ts';
import type { PackLanguage } from '../pack/pack-language.ts';
import { textAt } from '../tree/file-text.ts';
import type { PackText } from './pack-texts.ts';

/**
 * The variables that a pack in the language of another tool may use: those whose names are words anywhere in its files, or in a value of its
 * manifest; all of them where a template takes all answers at once. Too many rather than too few.
 */
export function findNamedVariables({ manifest, files }: Pack, language: PackLanguage, texts: readonly PackText[]): ReadonlySet<string> {
  const names = manifest.variables.map(({ name }) => name);
  if (language.namespace !== undefined && texts.some((text) => takesAll(text, language.namespace))) return new Set(names);
  const words = new Set<string>();
  for (const path of files.keys()) {
    const text = textAt(files, path) ?? '';
    const sources = path === 'pack.toml' ? textsIn(readToml(text, path).table) : [path, text];
    for (const word of sources.flatMap(wordsOf)) words.add(word);
  }
  return new Set(names.filter((name) => wordsOf(language.names.get(name) ?? name).every((word) => words.has(word))));
}

/** Whether a template does anything with the namespace but take a value out of it that it names, or cannot be read. */
function takesAll({ role, tree, problem }: PackText, namespace: string | undefined): boolean {
  if (problem !== undefined) return true;
  if (tree === undefined || role === 'argument') return false;
  const expressions = listStatements(tree).flatMap(({ node }) => expressionsOf(node).flatMap(listExpressions));
  const taken = new Set(expressions.flatMap((node) => takenFrom(node)?.object ?? []));
  return expressions.some((node) => node.kind === 'name' && node.name === namespace && !taken.has(node));
}

/** The variables that a template takes out of the namespace by their names. */
export function findTakenNames(tree: TemplateNode, { namespace, names }: PackLanguage): readonly string[] {
  const variables = new Map([...names].map(([variable, name]) => [name, variable]));
  const expressions = listStatements(tree).flatMap(({ node }) => expressionsOf(node).flatMap(listExpressions));
  return expressions.flatMap((node) => {
    const taken = takenFrom(node);
    return taken?.object.kind === 'name' && taken.object.name === namespace ? [variables.get(taken.name) ?? taken.name] : [];
  });
}

function takenFrom(node: ExpressionNode): { readonly object: ExpressionNode; readonly name: string } | undefined {
  if (node.kind === 'attribute') return METHODS.has(node.name) ? undefined : node;
  const isNamed = node.kind === 'subscript' && node.index.kind === 'literal';
  return isNamed ? { object: node.object, name: String(node.index.value) } : undefined;
}

/** What gives all that a dict of Python has. */
const METHODS = new Set(['items', 'keys', 'values', 'get', 'copy', 'pop', 'popitem', 'setdefault']);

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isTable(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** What can be names. */
export function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}_]+/u).filter((word) => word !== '');
}
