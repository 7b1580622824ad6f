// The parts of hand-written pages that are made from the program's own tables and schemas.
import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import failureModes from '../docs/registers/failure-modes.json' with { type: 'json' };
import fuzzing from '../docs/registers/fuzzing.json' with { type: 'json' };
import mutation from '../docs/registers/mutation.json' with { type: 'json' };
import threats from '../docs/registers/threats.json' with { type: 'json' };
import { formatTable } from '../src/cli/reference.ts';
import { configSchema } from '../src/core/manifest/config-schema.ts';
import { LIMITS } from '../src/core/manifest/limits.ts';
import { packSchema } from '../src/core/manifest/pack-schema.ts';
import { projectSchema } from '../src/core/manifest/project-schema.ts';
import { STOCK_QUERIES } from '../src/core/metadata/stock-queries.ts';
import { CLASSES, PREFIXES, PROPERTIES } from '../src/core/metadata/vocabulary.ts';
import { gatherScoreFacts } from '../src/core/quality/gather-score-facts.ts';
import { ALL_RULES } from '../src/core/quality/rules/all-rules.ts';
import { DIMENSIONS, scorePack } from '../src/core/quality/score-pack.ts';
import { UNUSED_SUPPRESSION } from '../src/core/quality/suppressions.ts';
import { DECISION_TABLE } from '../src/core/reconcile/decision-table.ts';
import { SITUATIONS } from '../src/core/reconcile/situations.ts';
import { makePack } from '../src/testing/pack-fixture.ts';
import { formatScoreTable } from './mutation/format-scores.ts';
import type { FolderScore } from './mutation/register.ts';
import { formatDependencies } from './readiness/format-dependencies.ts';
import { formatFuzzing } from './readiness/format-fuzzing.ts';
import { formatFailureModes, formatThreats } from './readiness/format-registers.ts';

const PARTS: Readonly<Record<string, () => string>> = {
  'pack.toml': () => formatKeys(packSchema),
  'packsmith.toml': () => formatKeys(projectSchema),
  'config.toml': () => formatKeys(configSchema),
  limits: formatLimits,
  'decision table': formatDecisions,
  situations: formatSituations,
  threats: () => formatThreats({ threats, failureModes }),
  fuzzing: () => formatFuzzing(fuzzing),
  dependencies: () => formatDependencies(),
  'failure modes': () => formatFailureModes({ threats, failureModes }),
  'mutation scores': () => formatScoreTable(mutation as unknown as readonly FolderScore[]),
  'lint rules': formatRules,
  score: formatScore,
  vocabulary: formatVocabulary,
  'stock queries': formatStockQueries,
};

const PART = /<!-- begin ([a-z. ]+) -->\n[\s\S]*?<!-- end -->/g;

/** The page with every part between `<!-- begin NAME -->` and `<!-- end -->` as the program has it now. */
export function fillGeneratedParts(page: string): string {
  return page.replace(PART, (_, name: string) => {
    const part = PARTS[name];
    if (part === undefined) throw new Error(`there is no generated part "${name}"`);
    return `<!-- begin ${name} -->\n\n${part().trim()}\n\n<!-- end -->`;
  });
}

/** A section for each table of a file, with a row for each key. */
function formatKeys(schema: GenericSchema): string {
  const root = toJsonSchema(schema, { target: 'draft-2020-12', typeMode: 'input' });
  const required = new Set(root.required);
  return Object.entries(root.properties ?? {})
    .map(([key, value]) => formatSection(key, value as JsonSchema, required.has(key)).trim())
    .join('\n\n');
}

function formatSection(key: string, schema: JsonSchema, isRequired: boolean): string {
  const rows = keyRows('', schema);
  const intro = `### ${isTable(schema) ? `[${key}]` : isListOfTables(schema) ? `[[${key}]]` : key}\n\n${schema.description ?? ''}`;
  if (rows.length === 0) return `${intro}: ${describeType(schema)}${isRequired ? ', required' : ''}.\n`;
  return `${intro}.\n\n${formatTable(['key', 'value', 'unless given', ''], rows)}`;
}

/** The keys below a schema, those of nested tables behind a dot, `NAME` for keys of the author's choice. */
function keyRows(path: string, schema: JsonSchema): string[][] {
  const options = tableOptions(schema);
  return options.flatMap((table) => {
    const required = new Set(table.required);
    const shown = new Map<string, string>();
    const named = Object.entries(table.properties ?? {}).flatMap(([key, value]) => {
      const row = keyRow(join(path, key), value as JsonSchema, required.has(key));
      const form = JSON.stringify(keyRows('', value as JsonSchema));
      const twin = shown.get(form);
      if (form !== '[]' && twin === undefined) shown.set(form, key);
      return twin === undefined
        ? row
        : row.slice(0, 1).map((cells) => [...cells.slice(0, -1), `${cells.at(-1)}, with the keys of \`${twin}\``]);
    });
    const free = table.additionalProperties;
    return typeof free === 'object' ? [...named, ...keyRow(join(path, 'NAME'), free, false)] : named;
  });
}

function keyRow(path: string, schema: JsonSchema, isRequired: boolean): string[][] {
  const below = keyRows(path, schema);
  const { description = '' } = schema;
  const standard = 'default' in schema ? `\`${JSON.stringify(schema.default)}\`` : isRequired ? 'required' : '';
  const about = description || descriptionOf(schema);
  if (below.length > 0 && !description && !schema.anyOf) return below;
  return [[`\`${path}\``, describeType(schema), standard, about], ...below];
}

function descriptionOf({ anyOf = [] }: JsonSchema): string {
  return (anyOf as JsonSchema[]).find(({ description }) => description !== undefined)?.description ?? '';
}

/** The tables that a schema is, may be, or has as entries. */
function tableOptions(schema: JsonSchema): JsonSchema[] {
  if (schema.anyOf !== undefined) return (schema.anyOf as JsonSchema[]).flatMap(tableOptions);
  if (schema.type === 'array' && typeof schema.items === 'object') return tableOptions(schema.items as JsonSchema);
  return isTable(schema) ? [schema] : [];
}

function isTable({ type }: JsonSchema): boolean {
  return type === 'object';
}

function isListOfTables({ type, items }: JsonSchema): boolean {
  return type === 'array' && typeof items === 'object' && isTable(items as JsonSchema);
}

function describeType(schema: JsonSchema): string {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(' ');
  if (schema.anyOf !== undefined) return [...new Set((schema.anyOf as JsonSchema[]).map(describeType))].join(' or ');
  if (schema.type === 'array') return `list of ${plural(describeType(schema.items as JsonSchema))}`;
  const bounds = [
    schema.maxLength === undefined || schema.maxLength >= LONG ? '' : `up to ${schema.maxLength}`,
    schema.minimum === undefined ? '' : `${schema.minimum} to ${schema.maximum}`,
  ].filter((bound) => bound !== '');
  return [TYPE_NAMES[String(schema.type)] ?? 'any value', ...bounds].join(', ');
}

function plural(type: string): string {
  return type.includes(' or ') ? type : type.replace(/^(text|table)\b/, '$1s');
}

/** A bound that nobody meets says nothing. */
const LONG = 10_000;

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'table',
  boolean: 'true or false',
  number: 'number',
  integer: 'integer',
};

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function formatLimits(): string {
  const rows = Object.entries(LIMITS).map(([name, { what, maximum, unit }]) => [`\`${name}\``, what, `${formatNumber(maximum, unit)}`]);
  return formatTable(['limit', 'of', 'maximum'], rows);
}

function formatNumber(value: number, unit: string): string {
  const mebibytes = value / 1024 ** 2;
  if (unit.startsWith('bytes') && Number.isInteger(mebibytes)) return `${mebibytes} MiB${unit.slice('bytes'.length)}`;
  return `${String(value).replace(/\B(?=(\d{3})+$)/g, ' ')} ${unit}`;
}

const WANTED = {
  added: 'wanted for the first time',
  same: 'wanted as before',
  changed: 'wanted differently',
  removed: 'no longer wanted',
  released: 'no longer wanted, and yours before it was',
};

const ON_DISK = {
  absent: 'not there',
  'as-generated': 'as generated',
  reformatted: 'so but for its form',
  'as-wanted': 'as wanted',
  other: 'another file',
  'no-file': 'no file',
};

function formatDecisions(): string {
  const columns = Object.keys(ON_DISK) as (keyof typeof ON_DISK)[];
  const rows = (Object.keys(WANTED) as (keyof typeof WANTED)[]).map((wanted) => {
    const cells = columns.map((onDisk) => {
      // What was not generated cannot be as generated, nor like it; what is not wanted cannot be as wanted.
      if (wanted === 'added' && (onDisk === 'as-generated' || onDisk === 'reformatted')) return '';
      if ((wanted === 'removed' || wanted === 'released') && onDisk === 'as-wanted') return '';
      const { action, reason } = DECISION_TABLE[wanted][onDisk];
      return `**${action}**: ${reason}`;
    });
    return [WANTED[wanted], ...cells];
  });
  return formatTable(['', ...columns.map((column) => ON_DISK[column])], rows);
}

function formatSituations(): string {
  return formatTable(
    ['situation', 'when', 'what happens'],
    Object.entries(SITUATIONS).map(([name, { when, what }]) => [`\`${name}\``, when, what]),
  );
}

function formatRules(): string {
  const rules = [...ALL_RULES, UNUSED_SUPPRESSION];
  const overview = formatTable(
    ['rule', 'severity', '`--fix`'],
    rules.map(({ id, severity, isFixable }) => [`[${id}](#${id})`, severity, isFixable === true ? 'yes' : '']),
  );
  const sections = rules.map(({ id, summary, reason, cure, isOfOwnLanguage }) => {
    const limit = isOfOwnLanguage === true ? "\n\nNot for packs whose `[language]` is another tool's." : '';
    return `## ${id}\n\n${summary}.\n\n${reason} ${cure}${limit}`;
  });
  return `${overview.trim()}\n\n${sections.join('\n\n')}`;
}

/** The facts that are measured, from a pack that has something of everything. */
function formatScore(): string {
  const manifest = [
    '[packages.npm]\na = "^1.0.0"',
    '[variables.name]\ntype = "string"',
    '[variables.docker]\ntype = "boolean"',
    '[queries.all]\ntext = "ASK {}"',
    '[[hooks.post_generate]]\nrun = ["git", "init"]',
    '[[examples]]\ntitle = "One"',
  ].join('\n');
  const one = { done: 1, of: 1 };
  const trial = { cases: one, rendered: new Set<string>(), examples: one, queries: one };
  const facts = gatherScoreFacts(makePack({ manifest, files: { 'templates/{{ name }}.jinja': '' } }), new Map(), trial);
  const weights = new Map(DIMENSIONS.map(([{ name }, weight]) => [name, weight]));
  const rows = scorePack(facts).dimensions.flatMap(({ name, checks }) =>
    checks.map((check, index) => [
      index === 0 ? `**${name}**` : '',
      index === 0 ? String(weights.get(name)) : '',
      check.name,
      check.worth.toFixed(1),
    ]),
  );
  return formatTable(['dimension', 'of 100', 'what is measured', 'worth'], rows);
}

/** Every class and property, and where it stands among the common vocabularies. */
function formatVocabulary(): string {
  const links = (within: readonly string[] = []) => within.map((name) => `\`${name}\``).join(' ');
  const classes = Object.entries(CLASSES as Readonly<Record<string, { readonly comment: string; readonly within?: readonly string[] }>>);
  const properties = Object.entries(
    PROPERTIES as Readonly<
      Record<string, { readonly comment: string; readonly of: string; readonly gives?: string; readonly within?: readonly string[] }>
    >,
  );
  const prefixes = formatTable(
    ['prefix', 'namespace'],
    [...PREFIXES].map(([prefix, namespace]) => [`\`${prefix}:\``, `\`${namespace}\``]),
  );
  const classTable = formatTable(
    ['class', 'what it is', 'within'],
    classes.map(([name, { comment, within }]) => [`\`ps:${name}\``, comment, links(within)]),
  );
  const propertyTable = formatTable(
    ['property', 'of', 'gives', 'what it says', 'within'],
    properties.map(([name, { of, gives = '', comment, within }]) => [`\`ps:${name}\``, of, gives, comment, links(within)]),
  );
  return `## Prefixes\n\n${prefixes.trim()}\n\n## Classes\n\n${classTable.trim()}\n\n## Properties\n\n${propertyTable}`;
}

function formatStockQueries(): string {
  return STOCK_QUERIES.map(({ name, summary, parameters, text }) => {
    const given = Object.entries(parameters).map(([key, about]) => `- \`${key}\`: ${about}`);
    return [`### ${name}`, `${summary}.`, ...(given.length === 0 ? [] : [given.join('\n')]), `\`\`\`sparql\n${text}\n\`\`\``].join('\n\n');
  }).join('\n\n');
}
