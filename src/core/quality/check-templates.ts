import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { createEnvironment, type JinjaEnvironment } from '../jinja/environment.ts';
import {
  findReferencedFunctions,
  findReferencedNames,
  type ReferencedFunction,
  type ReferencedName,
} from '../jinja/find-referenced-names.ts';
import type { TemplateNode } from '../jinja/nodes.ts';
import { parseTemplate } from '../jinja/parse-template.ts';
import { isTemplate } from '../manifest/text-templates.ts';
import type { Pack } from '../pack/pack.ts';
import { findMissingSources, listTemplates, TEMPLATE_SUFFIX, type TemplateSource } from '../template/list-templates.ts';
import { compareText } from '../text/compare-text.ts';
import { nearest } from '../text/nearest.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import type { Digest } from '../tree/digest.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { findGuardedNames } from './find-guarded-names.ts';

const OWN = createEnvironment();

/** The language of the templates: that of packs, or as the tool that they were made for reads it. */
export function environmentOf({ foreign }: Pick<Pack, 'foreign'>): JinjaEnvironment {
  // Nothing is rendered, so that it does not matter when and where. Code that is run to be read may take from chance, which comes of digests.
  const hash = () => '0'.repeat(64) as Digest;
  const scope = { now: '2000-01-01T00:00:00Z', parentDirectory: '', directory: '', external: new Map(), hash };
  return foreign?.makeEnvironment(scope) ?? OWN;
}

/** What reading gives, or why nothing can be read. */
export function asFinding<T>(read: () => T): T | PacksmithError {
  try {
    return read();
  } catch (error) {
    if (error instanceof PacksmithError) return error;
    throw error;
  }
}

/** A text as a tree, read as its language has it. @throws PacksmithError `TEMPLATE_SYNTAX`. */
export function parseText(environment: JinjaEnvironment, text: string, name: string): TemplateNode {
  return environment.parse?.(text, name) ?? parseTemplate(text, name, environment.settings);
}

/** What every template sees besides the variables of its pack. */
export const CONTEXT_NAMES = ['project', 'pack', 'packs', 'queries', 'data', 'now'] as const;

/** Names that the template language itself defines. */
export const LANGUAGE_NAMES = [
  'range',
  'dict',
  'namespace',
  'cycler',
  'joiner',
  'lipsum',
  'loop',
  'self',
  'caller',
  'varargs',
  'kwargs',
  'true',
  'false',
  'none',
];

/**
 * Checks without rendering that every template of a pack can be parsed, names only what is in scope, and has a source.
 * Findings are ordered by file, line and column.
 */
export function checkTemplates(pack: Pack): Diagnostic[] {
  // Statements of another language are known only to what reads it, which not every caller has loaded.
  if (pack.manifest.language !== undefined && pack.foreign === undefined) return [];
  const variables = pack.manifest.variables.map(({ name }) => name);
  const environment = asFinding(() => environmentOf(pack));
  if (environment instanceof PacksmithError) return [unreadable(environment, 'pack.toml')];
  const findings = listTemplates(pack).flatMap((source) => {
    const { as, forEach } = source.declaration ?? {};
    const scope = new Set([...variables, ...CONTEXT_NAMES, ...LANGUAGE_NAMES, ...(as !== undefined && forEach !== undefined ? [as] : [])]);
    return isUndecodable(source)
      ? [notUtf8(source.name)]
      : templateTexts(source).flatMap(({ name, text, isExpression }) =>
          checkText({ name, text, isExpression, scope, environment, isNative: pack.foreign === undefined }),
        );
  });
  const missing = findMissingSources(pack).map(({ index, source }): Diagnostic => {
    const suggestions = nearest(source, pack.files.keys());
    const suggestion = suggestions.length > 0 ? { suggestion: `did you mean ${suggestions.join(' or ')}?` } : {};
    const message = `[[templates]] ${index + 1} has the source ${JSON.stringify(source)}, which no file of the pack is`;
    return { code: 'TEMPLATE_SOURCE_MISSING', severity: 'error', message, where: { file: 'pack.toml' }, ...suggestion };
  });
  return [...missing, ...checkOutputs(pack), ...findings, ...checkPartials(pack, environment)].sort(byPosition);
}

interface TemplateText {
  /** What findings call it. */
  readonly name: string;
  readonly text: string;
  /** An expression of the manifest, which is of packsmith's own language whatever the templates are. */
  readonly isExpression: boolean;
}

/** Everything of one template that is written in the template language. */
function templateTexts(source: TemplateSource): TemplateText[] {
  const { declaration, name, outputTemplate } = source;
  const texts: (TemplateText | undefined)[] = [
    outputTemplate === undefined || isLoop(source) ? undefined : { name: `${name} (path)`, text: outputTemplate, isExpression: false },
    source.isRendered ? { name, text: contentOf(source) ?? '', isExpression: false } : undefined,
    expressionText(`${name} (when)`, declaration?.when),
    declaration?.inject === undefined ? undefined : { name: `${name} (inject.into)`, text: declaration.inject.into, isExpression: false },
  ];
  return texts.filter((text) => text !== undefined);
}

/** The statement `yield` stands only in names of Copier, and is no part of the template language. */
export function isLoop({ foreign, outputTemplate = '' }: TemplateSource): boolean {
  return foreign !== undefined && /\byield\b/.test(outputTemplate);
}

/** An expression as a template, so that columns are three too far and never negative. */
function expressionText(name: string, expression: string | undefined): TemplateText | undefined {
  return expression === undefined ? undefined : { name, text: `{{ ${expression} }}`, isExpression: true };
}

function contentOf({ entry, declaration }: TemplateSource): string | undefined {
  if (declaration?.content.kind === 'text') return declaration.content.text;
  return entry === undefined ? undefined : decodeUtf8(entry.content);
}

interface CheckedText extends TemplateText {
  readonly scope: ReadonlySet<string>;
  readonly environment: JinjaEnvironment;
  /** Whether it is certain what is in scope; another tool gives its templates names of its own, such as `cookiecutter`. */
  readonly isNative: boolean;
}

function checkText({ name, text, isExpression, scope, environment, isNative }: CheckedText): Diagnostic[] {
  const known = { filter: environment.filters, test: environment.tests };
  const template = asFinding(() => (isExpression ? parseTemplate(text, name) : parseText(environment, text, name)));
  if (template instanceof PacksmithError) return [unreadable(template, name)];
  const names = isNative ? findReferencedNames(template).filter((reference) => !scope.has(reference.name)) : [];
  const guarded = names.length === 0 ? new Set<string>() : findGuardedNames(template);
  const functions = findReferencedFunctions(template).filter((used) => !known[used.kind].has(used.name));
  return [
    ...names.map((reference) => undeclared(reference, { file: name, scope, mayBeAbsent: guarded.has(reference.name) })),
    ...functions.map((used) => unknownFunction(used, { file: name, known: known[used.kind] })),
  ];
}

function unreadable({ message, where }: PacksmithError, file: string): Diagnostic {
  return { code: 'TEMPLATE_ERROR', severity: 'error', message, where: where ?? { file } };
}

function unknownFunction(
  { kind, name, line, column }: ReferencedFunction,
  { file, known }: { readonly file: string; readonly known: ReadonlyMap<string, unknown> },
): Diagnostic {
  const suggestions = nearest(name, known.keys());
  const suggestion = suggestions.length > 0 ? { suggestion: `did you mean ${suggestions.join(' or ')}?` } : {};
  const message = `there is no ${kind} named ${JSON.stringify(name)}`;
  return { code: 'TEMPLATE_ERROR', severity: 'error', message, where: { file, line, column }, ...suggestion };
}

interface Undeclared {
  readonly file: string;
  readonly scope: ReadonlySet<string>;
  /** As far as can be told: a template that does not say so itself fails where it gets there. */
  readonly mayBeAbsent: boolean;
}

function undeclared({ name, line, column }: ReferencedName, { file, scope, mayBeAbsent }: Undeclared): Diagnostic {
  const suggestions = nearest(name, scope);
  const suggestion =
    suggestions.length > 0 ? `did you mean ${suggestions.join(' or ')}?` : `declare it in pack.toml as [variables.${name}]`;
  const message = `${name} is neither a variable of the pack nor a name that templates have`;
  return {
    code: 'TEMPLATE_UNDECLARED_NAME',
    severity: mayBeAbsent ? 'warning' : 'error',
    message,
    where: { file, line, column },
    suggestion,
  };
}

/** Whether it is a file that is to be rendered and is no text. */
function isUndecodable({ entry, isRendered }: TemplateSource): boolean {
  return isRendered && entry !== undefined && decodeUtf8(entry.content) === undefined;
}

function notUtf8(file: string): Diagnostic {
  return {
    code: 'TEMPLATE_ERROR',
    severity: 'error',
    message: 'the template is not valid UTF-8',
    where: { file },
    suggestion: `remove the ${TEMPLATE_SUFFIX} suffix to copy the file byte for byte`,
  };
}

/** Two templates that always write one path, letters in upper and lower case being the same; whether conditions exclude each other is known only when they are rendered. */
function checkOutputs(pack: Pack): Diagnostic[] {
  const seen = new Map<string, string>();
  return listTemplates(pack).flatMap(({ name, outputTemplate, declaration }): Diagnostic[] => {
    const isFixed = outputTemplate !== undefined && !isTemplate(outputTemplate) && declaration?.when === undefined;
    if (!isFixed || declaration?.forEach !== undefined) return [];
    const key = outputTemplate.toLowerCase();
    const other = seen.get(key);
    seen.set(key, name);
    if (other === undefined) return [];
    const message = `${other} and ${name} both write ${outputTemplate}`;
    return [{ code: 'TEMPLATE_COLLISION', severity: 'error', message, where: { file: name.startsWith('pack.toml') ? 'pack.toml' : name } }];
  });
}

/** Files outside `templates/` that are included or imported must at least parse; what they name depends on who includes them. */
function checkPartials(pack: Pack, environment: JinjaEnvironment): Diagnostic[] {
  const listed = new Set(listTemplates(pack).map(({ name }) => name));
  const partials = [...pack.files].filter(([path]) => path.endsWith(TEMPLATE_SUFFIX) && !listed.has(path));
  return partials.flatMap(([path, entry]: [ProjectPath, { content: Uint8Array }]): Diagnostic[] => {
    const text = decodeUtf8(entry.content);
    if (text === undefined) return [notUtf8(path)];
    return checkText({ name: path, text, isExpression: false, scope: new Set(), environment, isNative: false });
  });
}

function byPosition(a: Diagnostic, b: Diagnostic): number {
  const [here, there] = [a.where, b.where];
  return (
    compareText(here?.file ?? '', there?.file ?? '') || (here?.line ?? 0) - (there?.line ?? 0) || (here?.column ?? 0) - (there?.column ?? 0)
  );
}
