import { findReferencedNames } from '../jinja/find-referenced-names.ts';
import type { ExpressionNode } from '../jinja/nodes.ts';
import { listStatements } from '../jinja/walk-template.ts';
import type { PackLanguage } from '../pack/pack-language.ts';
import type { listTemplates } from '../template/list-templates.ts';
import { compareText } from '../text/compare-text.ts';
import { findTakenNames, wordsOf } from './find-named-variables.ts';
import type { LintFacts } from './lint-facts.ts';
import type { PackText } from './pack-texts.ts';

/** Where one variable has an effect. */
export interface VariableUse {
  readonly variable: string;
  /** Paths of the project as the pack writes them, templates included, whose content, path or existence depends on it. */
  readonly files: readonly string[];
  /** Keys of `pack.toml` that name it: other variables, packages, hooks, data, health checks. */
  readonly keys: readonly string[];
}

/** Follows every variable to the files and keys that it touches, through other variables and through what templates include. */
export function mapVariables(facts: LintFacts): VariableUse[] {
  const { variables, language } = facts.pack.manifest;
  const declared = new Set(variables.map(({ name }) => name));
  const uses = new Map(variables.map(({ name }) => [name, { files: new Set<string>(), keys: new Set<string>() }]));
  const partials = new Map(facts.texts.filter(({ role }) => role === 'partial').map((text) => [text.file, text]));
  for (const text of facts.texts) {
    for (const name of namesReached(text, { partials, language })) {
      const use = declared.has(name) ? uses.get(name) : undefined;
      if (use === undefined) continue;
      if (text.template !== undefined) use.files.add(outputOf(text.template));
      else if (text.key !== undefined) use.keys.add(text.key.slice(0, -1).join('.'));
    }
  }
  spread(uses);
  const order = (values: ReadonlySet<string>) => [...values].sort(compareText);
  return variables.map(({ name }) => ({
    variable: name,
    files: order(uses.get(name)?.files ?? new Set()),
    keys: order(uses.get(name)?.keys ?? new Set()),
  }));
}

type Uses = ReadonlyMap<string, { readonly files: Set<string>; readonly keys: Set<string> }>;

/** A variable that others are made from, or that decides whether they apply, touches what they touch. Later ones first: they name earlier ones only. */
function spread(uses: Uses): void {
  for (const [name, { files }] of [...uses].reverse()) {
    for (const other of uses.values()) {
      if (other.keys.has(`variables.${name}`)) for (const file of files) other.files.add(file);
    }
  }
}

function outputOf({ declaration, outputTemplate, name }: ReturnType<typeof listTemplates>[number]): string {
  return outputTemplate ?? declaration?.inject?.into ?? name;
}

interface Reach {
  readonly partials: ReadonlyMap<string, PackText>;
  readonly language: PackLanguage | undefined;
}

/** The free names of a text and of the partials that it reaches by constant names. */
function namesReached(text: PackText, { partials, language }: Reach): Set<string> {
  const names = new Set<string>();
  const seen = new Set<string>();
  const pending = [text];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    for (const name of namesIn(current, language)) names.add(name);
    for (const file of includedFiles(current)) {
      const partial = partials.get(file);
      if (partial === undefined || seen.has(file)) continue;
      seen.add(file);
      pending.push(partial);
    }
  }
  return names;
}

/** The names of a text; of one that only another tool reads all words. */
function namesIn({ tree, problem, text }: PackText, language: PackLanguage | undefined): readonly string[] {
  if (tree === undefined) return problem === undefined ? wordsOf(text) : [];
  return language?.namespace === undefined ? findReferencedNames(tree).map(({ name }) => name) : findTakenNames(tree, language);
}

/** The files that a template includes, imports or extends by a constant name. */
export function includedFiles({ tree }: PackText): string[] {
  if (tree === undefined) return [];
  return listStatements(tree).flatMap(({ node }) => {
    if (!('template' in node)) return [];
    const { template } = node;
    if (template.kind === 'literal' && typeof template.value === 'string') return [template.value];
    return template.kind === 'list' || template.kind === 'tuple'
      ? template.items.flatMap((item) => (item.kind === 'literal' && typeof item.value === 'string' ? [item.value] : []))
      : [];
  });
}

/** Whether a template includes something whose name is computed, so that it may be any file. */
export function hasComputedInclude({ tree }: PackText): boolean {
  if (tree === undefined) return false;
  const isWritten = (node: ExpressionNode) => node.kind === 'literal';
  return listStatements(tree).some(({ node }) => {
    if (!('template' in node) || isWritten(node.template)) return false;
    return !((node.template.kind === 'list' || node.template.kind === 'tuple') && node.template.items.every(isWritten));
  });
}
