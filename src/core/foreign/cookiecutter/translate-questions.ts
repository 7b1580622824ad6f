import type { ManifestTable } from '../../manifest/format-pack-manifest.ts';
import { NAME } from '../../manifest/schema-parts.ts';
import type { Choice, VariableDefinition } from '../../pack/pack-manifest.ts';
import type { Value } from '../../pack/values.ts';
import type { TranslatedPart } from '../foreign-template.ts';
import { freeName } from '../free-name.ts';
import { CONTEXT_FILE, type ContextEntry } from './read-context.ts';

/** The questions as `[variables.NAME]`. */
export function variableTables(
  variables: readonly VariableDefinition[],
  entries: readonly ContextEntry[],
  report: TranslatedPart[],
): ManifestTable[] {
  const names = variableNames(variables);
  return variables.map((variable): ManifestTable => {
    const asked = names.get(variable.name) ?? variable.name;
    const entry = entries.find(({ key }) => key === variable.name);
    reportQuestion(variable, asked, entry, report);
    return { header: ['variables', asked], entries: variableEntries(variable) };
  });
}

function variableEntries({ type, prompt, default: fallback, choices }: VariableDefinition): Map<string, Value> {
  return new Map<string, Value>([
    ['type', type],
    ...(prompt === undefined ? [] : [['prompt', prompt] as const]),
    ...(choices.length === 0 ? [] : [['choices', choices.map(writeChoice)] as const]),
    ['default', fallback ?? ''],
    ['required', false],
  ]);
}

function writeChoice({ value, label }: Choice): Value {
  if (label === String(value)) return value;
  return new Map<string, Value>([
    ['value', value],
    ['label', label],
  ]);
}

function reportQuestion(
  { name, type, default: fallback }: VariableDefinition,
  asked: string,
  entry: ContextEntry | undefined,
  report: TranslatedPart[],
): void {
  const where = { file: CONTEXT_FILE, ...(entry && { line: entry.line, column: entry.column }) };
  if (fallback !== undefined && hasNull(fallback))
    report.push({ outcome: 'left out', what: `a null in ${name}`, note: 'a manifest has no null', where });
  const notes = [
    ...(asked === name ? [] : [`its variable is called ${asked}, as variables are; templates see ${name}`]),
    ...(Array.isArray(entry?.value) && type !== 'choice' ? ['its choices are templates: any text is taken'] : []),
  ];
  const isSame = notes.length === 0;
  const note = isSame ? `variables.${name}` : notes.join('; ');
  report.push({ outcome: isSame ? 'translated' : 'approximated', what: `the question ${name}`, note, where });
}

/** The variable that each question is asked by: its own name, or one that a variable can have. */
export function variableNames(variables: readonly VariableDefinition[]): ReadonlyMap<string, string> {
  const taken = new Set(variables.map(({ name }) => name).filter((name) => NAME.test(name)));
  return new Map(
    variables.map(({ name }) => {
      if (NAME.test(name)) return [name, name];
      const free = freeName(plainName(name), taken);
      taken.add(free);
      return [name, free];
    }),
  );
}

/** `projectName`, `Project-Name` and `project.name` are `project_name`. */
function plainName(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/^(?=\d)/, '_')
    .slice(0, 60);
  return NAME.test(words) ? words : 'answer';
}

/** Whether a value is null, or has one in it. */
export function hasNull(value: Value): boolean {
  if (value === null) return true;
  if (value instanceof Map) return [...value.values()].some(hasNull);
  return Array.isArray(value) && (value as readonly Value[]).some(hasNull);
}
