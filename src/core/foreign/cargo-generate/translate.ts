import type { ParseTemplate } from '../../jinja/environment.ts';
import { findReferencedNames } from '../../jinja/find-referenced-names.ts';
import type { ManifestTable } from '../../manifest/format-pack-manifest.ts';
import { findReservedName } from '../../manifest/reserved-names.ts';
import { NAME } from '../../manifest/schema-parts.ts';
import type { VariableDefinition } from '../../pack/pack-manifest.ts';
import type { PackName } from '../../pack/pack-name.ts';
import type { Value } from '../../pack/values.ts';
import type { TemplateSource } from '../../template/template-source.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import { utf8At } from '../../tree/file-text.ts';
import type { TranslatedPart, Translation } from '../foreign-template.ts';
import { finishTranslation, packTable } from '../translate-parts.ts';
import { OS_ARCH } from './make-context.ts';
import { CONFIG_FILE } from './read-config.ts';
import { translateFiles } from './translate-files.ts';
import type { TranslateRequest } from './translate-request.ts';

/** Writes a template of cargo-generate as a pack that renders the same bytes: its templates as they are, read as Liquid. */
export function translateCargoGenerate(id: PackName, request: TranslateRequest): Translation {
  const report: TranslatedPart[] = [];
  const names = chooseNames(request);
  const { files, declared } = translateFiles(request, report);
  const tables = [
    packTable(id, request.source, 'cargo-generate'),
    languageTable(request, names, report),
    ...variableTables(request, names, report),
    ...declared,
  ];
  reportPrograms(request, report);
  return finishTranslation(tables, files, report);
}

/** How each variable is called in the pack, by its name in the template: some names a pack cannot have. */
function chooseNames({ variables, templates, parse }: TranslateRequest): ReadonlyMap<string, string> {
  const taken = new Set(variables.map(({ name }) => name).filter((name) => NAME.test(name)));
  for (const source of templates) for (const name of namesIn(source, parse)) taken.add(name);
  const names = new Map<string, string>();
  for (const { name } of variables) {
    const isUsable = NAME.test(name) && findReservedName(name) === undefined;
    const bare = name.toLowerCase().replaceAll('-', '_').slice(0, 50);
    const wanted = [bare, `${bare}_`, `the_${bare}`, `packsmith_${bare}`];
    const chosen = isUsable
      ? name
      : (wanted.find((candidate) => !taken.has(candidate) && findReservedName(candidate) === undefined) ?? bare);
    taken.add(chosen);
    names.set(name, chosen);
  }
  return names;
}

function namesIn({ name, entry, outputTemplate = '' }: TemplateSource, parse: ParseTemplate): string[] {
  return [outputTemplate, decodeUtf8(entry?.content ?? new Uint8Array()) ?? ''].flatMap((text) => {
    if (!/\{[{%]/.test(text)) return [];
    try {
      return findReferencedNames(parse(text, name)).map((found) => found.name);
    } catch {
      return [];
    }
  });
}

const PROJECT_NAME = (asked: string): string =>
  `{% assign snake = ${asked} | snake_case %}{% if snake == ${asked} %}{{ snake }}{% else %}{{ ${asked} | kebab_case }}{% endif %}`;

/** Constants are what is not asked; rendered is what is made of an answer, or has another name in the templates. */
function languageTable(
  { config, variables }: TranslateRequest,
  names: ReadonlyMap<string, string>,
  report: TranslatedPart[],
): ManifestTable {
  const constants = new Map<string, Value>([
    ['os-arch', OS_ARCH],
    ['is_init', config.isInit],
  ]);
  const unasked: readonly (readonly [string, Value])[] = [
    ['crate_type', 'bin'],
    ['authors', ''],
    ['username', ''],
    ['within_cargo_project', false],
  ];
  for (const [name, value] of unasked) if (!names.has(name)) constants.set(name, value);
  const rendered = new Map<string, Value>([
    ['project-name', PROJECT_NAME(names.get('project-name') ?? 'project_name')],
    ['crate_name', '{{ project-name | snake_case }}'],
  ]);
  for (const variable of variables) {
    const { name } = variable;
    const chosen = names.get(name) ?? name;
    if (chosen === name || name === 'project-name') continue;
    if (isText(variable)) rendered.set(name, `{{ ${chosen} }}`);
    else addConstant(variable, constants, report);
  }
  const entries = new Map<string, Value>([
    ['dialect', 'liquid'],
    ['constants', constants],
    ['rendered', rendered],
  ]);
  return { header: ['language'], entries };
}

function isText({ type }: VariableDefinition): boolean {
  return ['string', 'text', 'choice'].includes(type);
}

function addConstant({ name, type, default: fallback }: VariableDefinition, constants: Map<string, Value>, report: TranslatedPart[]): void {
  constants.set(name, fallback ?? (type === 'boolean' ? false : []));
  const note = 'no variable can have this name: its default stands in language.constants';
  report.push({ outcome: 'approximated', what: `the placeholder ${name}`, note, where: { file: CONFIG_FILE } });
}

function variableTables(
  { variables, conditions, source }: TranslateRequest,
  names: ReadonlyMap<string, string>,
  report: TranslatedPart[],
): ManifestTable[] {
  const text = utf8At(source.files, CONFIG_FILE) ?? '';
  return variables.flatMap((variable): ManifestTable[] => {
    const { name } = variable;
    const chosen = names.get(name) ?? name;
    if (chosen !== name && !isText(variable)) return [];
    const line = text.split('\n').findIndex((each) => new RegExp(`(?:^|[.'"])${name}['"]?\\s*[\\]=]`).test(each.trim())) + 1;
    const where = { file: CONFIG_FILE, ...(line > 0 && { line }) };
    report.push(reportQuestion(variable, chosen, { where, isOne: (conditions.get(name) ?? []).length < 2 }));
    return [{ header: ['variables', chosen], entries: variableEntries(variable) }];
  });
}

function reportQuestion(
  { name }: VariableDefinition,
  chosen: string,
  { where, isOne }: { readonly where: TranslatedPart['where']; readonly isOne: boolean },
): TranslatedPart {
  const what = `the placeholder ${name}`;
  if (isOne) return { outcome: 'translated', what, note: `variables.${chosen}`, where };
  return { outcome: 'approximated', what, note: `variables.${chosen}, as the first of its conditions asks for it`, where };
}

function variableEntries({
  name,
  type,
  prompt,
  default: fallback,
  choices,
  pattern,
  when,
  required,
}: VariableDefinition): Map<string, Value> {
  const entries = new Map<string, Value>([['type', type]]);
  if (prompt !== undefined && prompt.trim() !== '') entries.set('prompt', prompt);
  const listed = choices.map(
    ({ value, label }): Value => (label === value ? value : new Map<string, Value>([['value', value] as const, ['label', label] as const])),
  );
  if (listed.length > 0) entries.set('choices', listed);
  if (name === 'project-name') entries.set('default', '{{ project.directory }}');
  else if (fallback !== undefined) entries.set('default', escaped(fallback));
  if (pattern !== undefined) entries.set('pattern', pattern);
  if (when !== undefined) entries.set('when', when);
  if (!required) entries.set('required', false);
  return entries;
}

/** Defaults of a pack are templates; those of cargo-generate are not. */
function escaped(value: Value): Value {
  return typeof value === 'string' && /\{[{%]/.test(value) ? `{% raw %}${value}{% endraw %}` : value;
}

/** Conditions and scripts that are programs have no place in a pack. */
function reportPrograms({ config, hooks }: TranslateRequest, report: TranslatedPart[]): void {
  for (const { program, source } of config.conditionals) {
    if (program === undefined) continue;
    const note = 'it is a program: what depends on it is as where it does not hold';
    report.push({ outcome: 'approximated', what: `the condition ${source}`, note, where: { file: CONFIG_FILE } });
  }
  report.push(...hooks);
}
