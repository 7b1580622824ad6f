import type { Value } from '../../pack/values.ts';
import { positionAt } from '../../text/position-at.ts';
import { utf8At } from '../../tree/file-text.ts';
import type { ProjectPath } from '../../tree/project-path.ts';
import { unsupported } from './ggen-finding.ts';
import type { GgenSource } from './ggen-source.ts';
import { freeNames } from './names.ts';
import type { PackWriter } from './pack-writer.ts';
import { MAX_FINDINGS, type Partials } from './partials.ts';
import { type GgenTemplate, queriesOf, textAt } from './read-front-matter.ts';
import { rewriteTera } from './rewrite-tera.ts';
import { translateOwnData } from './translate-data.ts';
import { hookCommands, noteRest, onExistsOf, readInjection, refuseForms } from './translate-head.ts';
import { prologOf, type TranslatedQuery, translateQuery } from './translate-query.ts';

export interface TemplateRequest extends GgenSource {
  readonly writer: PackWriter;
  readonly partials: Partials;
}

/** What a template is rendered for: once, once a row into files of their own, or once a row into one file. */
interface Rows {
  readonly driver: TranslatedQuery | undefined;
  readonly isFanned: boolean;
  readonly queries: ReadonlyMap<string, TranslatedQuery>;
}

/** Writes one template of ggen as a template of a pack. */
export function translateTemplate(template: GgenTemplate, request: TemplateRequest): void {
  const { file, head, lineOf } = template;
  const { writer, manifest } = request;
  const to = textAt(head, 'to');
  if (to === undefined) {
    writer.note('left out', `the template ${file}`, 'it does not say where its file goes: add `to`', { file });
    return;
  }
  refuseForms(template, writer);
  translateOwnData(template, manifest, request, writer);
  declareOwnVariables(template, writer);
  const ask = (name: string, text: string, line: number) =>
    translateQuery(text, { stem: `${stemOf(file)}_${name}`, file, line, prolog: prologOf(manifest, head) }, writer);
  const construct = textAt(head, 'construct');
  if (construct !== undefined) ask('construct', construct, lineOf('construct'));
  const condition = textAt(head, 'when');
  const when = condition === undefined ? undefined : ask('when', condition, lineOf('when'));
  const queries = new Map<string, TranslatedQuery>();
  for (const [name, text] of queriesOf(head)) {
    const query = ask(name, text, lineOf('sparql'));
    if (query !== undefined) queries.set(name, query);
  }
  const rows = rowsOf(template, to, queries, writer);
  if (rows === undefined) return;
  const output = writePath(to, template, rows, request);
  const body = writeBody(template, rows, request);
  const path = writer.writeTemplate(`templates/${file.replace(/^templates\//, '').replace(/\.(?:tmpl|tera)$/, '')}`, body);
  const conditions = [when, rows.isFanned ? undefined : staticDriver(template, rows)].flatMap((query) =>
    query === undefined ? [] : [`queries.${query.id}`],
  );
  const injection = readInjection(template, output, writer);
  writer.addTemplate([
    ['source', path],
    ...(injection === undefined ? [['output', output] as const] : []),
    ...(conditions.length > 0 ? [['when', conditions.join(' and ')] as const] : []),
    ...(rows.isFanned && rows.driver !== undefined
      ? ([
          ['for_each', `queries.${rows.driver.id}`],
          ['as', 'row'],
        ] as const)
      : []),
    ...onExistsOf(head, injection !== undefined),
    ...(injection === undefined ? [] : [['inject', injection] as const]),
  ]);
  hookCommands(template, rows.isFanned, writer);
  noteRest(template, writer);
  writer.note('translated', `the template ${file}`, path, { file });
}

/** The variables of a template are those of the pack: ggen lets them be given on the command line as well. */
function declareOwnVariables({ file, head, lineOf }: GgenTemplate, writer: PackWriter): void {
  const own = head.get('vars');
  if (!(own instanceof Map)) return;
  for (const [name, value] of own) {
    const before = writer.variables.get(writer.nameVariable(name))?.get('default');
    // What is given for it: ggen has none of its own then.
    if (typeof value === 'string' && value.replaceAll(/\s/g, '') === `{{${name}}}`) wantVariable(name, writer);
    else if (before === undefined) declareVariable(name, value, writer);
    else if (JSON.stringify(before) !== JSON.stringify(value))
      writer.note('approximated', `the variable ${name}`, 'other templates have another default, which counts', {
        file,
        line: lineOf('vars'),
      });
  }
}

/** Declares a variable with its default. */
export function declareVariable(name: string, value: Value, writer: PackWriter): void {
  const types: Readonly<Record<string, string>> = { string: 'string', boolean: 'boolean', number: 'number', bigint: 'integer' };
  const isWhole = typeof value === 'number' && Number.isInteger(value);
  const type = isWhole ? 'integer' : (types[typeof value] ?? (Array.isArray(value) ? 'list' : value === null ? 'string' : 'map'));
  const chosen = writer.nameVariable(name);
  const text = typeof value === 'string' && /\{[{%#]/.test(value) ? rewriteTera(value).text : value;
  writer.variables.set(chosen, new Map<string, Value>([['type', type], value === null ? ['required', false] : ['default', text]]));
}

function rowsOf(
  { file, head, lineOf }: GgenTemplate,
  to: string,
  queries: ReadonlyMap<string, TranslatedQuery>,
  writer: PackWriter,
): Rows | undefined {
  const isDynamic = to.includes('{{');
  const named = textAt(head, 'for_each');
  if (named !== undefined) {
    const driver = queries.get(named);
    if (driver !== undefined) return { driver, isFanned: isDynamic, queries };
    const known = [...queries.keys()].join(', ');
    writer.diagnostics.push(
      unsupported(
        file,
        lineOf('for_each'),
        `for_each names ${JSON.stringify(named)}, and the template has no such query`,
        `name one of sparql: ${known}`,
      ),
    );
    return undefined;
  }
  const [first] = [...queries].filter(([, { form }]) => form === 'SELECT').sort(([a], [b]) => (a < b ? -1 : 1));
  const driver = first?.[1];
  const words = new Set(to.match(/[A-Za-z_]\w*/g));
  const isFanned = isDynamic && driver !== undefined && (words.has('row') || [...driver.variables].some((name) => words.has(name)));
  return { driver, isFanned, queries };
}

function staticDriver({ head }: GgenTemplate, { driver }: Rows): TranslatedQuery | undefined {
  return textAt(head, 'for_each') === undefined ? undefined : driver;
}

/** The path of the file. What a row gives is written as the row's. */
function writePath(to: string, { file, lineOf }: GgenTemplate, { driver, isFanned }: Rows, { writer }: TemplateRequest): string {
  const line = lineOf('to');
  const plain = rewriteTera(to);
  const names = freeNames(plain.text, { file, line }, writer);
  const renames = new Map<string, string>();
  for (const name of names) {
    if (isFanned && (name === 'row' || driver?.variables.has(name) === true)) {
      if (name !== 'row') renames.set(name, `row.${name}`);
    } else renames.set(name, wantVariable(name, writer));
  }
  const { text, findings } = rewriteTera(to, { renames });
  for (const { message, suggestion } of findings) writer.diagnostics.push(unsupported(file, line, message, suggestion));
  return text;
}

function wantVariable(name: string, writer: PackWriter): string {
  const chosen = writer.nameVariable(name);
  if (!writer.variables.has(chosen)) writer.variables.set(chosen, new Map<string, Value>([['type', 'string']]));
  return chosen;
}

function writeBody(template: GgenTemplate, rows: Rows, request: TemplateRequest): string {
  const { writer, partials } = request;
  const { file, line, text } = bodyOf(template, request);
  const used = new Set<string>();
  const resolve = (name: string) => partials.resolve(name, file, used);
  const plain = rewriteTera(text, { resolve });
  for (const { offset, message, suggestion } of plain.findings.slice(0, MAX_FINDINGS))
    writer.diagnostics.push(unsupported(file, line - 1 + positionAt(text, offset).line, message, suggestion));
  const names = freeNames(plain.text, { file, line }, writer);
  for (const name of names) used.add(name);
  const { driver, isFanned } = rows;
  const repeated = isFanned ? undefined : staticDriver(template, rows);
  const sets: string[] = [];
  const rowSets: string[] = [];
  const renames = new Map<string, string>();
  const isRow = isFanned || repeated !== undefined;
  for (const name of used) {
    const value = queryValue(name, rows);
    if (value !== undefined) sets.push(`{% set ${name} = ${value} %}`);
    else if (isRow && driver?.variables.has(name) === true) rowSets.push(`{% set ${name} = row.${name} %}`);
    else if (!(isRow && name === 'row')) sets.push(bindVariable(name, text, renames, writer));
  }
  const rewritten = renames.size === 0 ? plain : rewriteTera(text, { resolve, renames });
  if (repeated === undefined) return sets.join('') + rowSets.join('') + rewritten.text;
  return `${sets.join('')}{% for row in queries.${repeated.id} %}${rowSets.join('')}${rewritten.text}{% endfor %}`;
}

/** What a name of ggen stands for that is made of queries. */
function queryValue(name: string, { driver, queries }: Rows): string | undefined {
  const query = queries.get(name);
  if (query !== undefined) return `queries.${query.id}`;
  if (name === 'results' && driver !== undefined) return `queries.${driver.id}`;
  if (name !== 'sparql_results') return undefined;
  return `{${[...queries].map(([key, { id }]) => `${JSON.stringify(key)}: queries.${id}`).join(', ')}}`;
}

/** A name that nothing gives is asked for; where the template does without it, it may stay empty, which is then as if it were not there. */
function bindVariable(name: string, text: string, renames: Map<string, string>, writer: PackWriter): string {
  const isDeclared = writer.variables.has(writer.nameVariable(name));
  const chosen = wantVariable(name, writer);
  const entries = writer.variables.get(chosen);
  const fallback = isDeclared ? undefined : findDefault(name, text);
  if (fallback !== undefined) entries?.set('default', fallback);
  else if (!isDeclared && isOptional(name, text)) entries?.set('required', false);
  if (entries?.get('required') === false && !new RegExp(`\\bset\\s+${name}\\b`).test(text)) {
    renames.set(name, `(${chosen} or none)`);
    return '';
  }
  return chosen === name ? '' : `{% set ${name} = ${chosen} %}`;
}

function isOptional(name: string, text: string): boolean {
  const asked = `\\b${name}\\b\\s*(?:\\|\\s*default\\b|is\\s+(?:not\\s+)?defined\\b)`;
  return new RegExp(`${asked}|%-?\\s*(?:if|elif)\\s+(?:not\\s+)?${name}\\s*-?%`).test(text);
}

/** The text that a template writes where a name is not given. */
function findDefault(name: string, text: string): string | undefined {
  return new RegExp(`\\b${name}\\s*\\|\\s*default\\(value=(["'\`])([^"'\`{}]*)\\1\\)`).exec(text)?.[2];
}

function bodyOf(template: GgenTemplate, { files, writer }: TemplateRequest): { file: string; line: number; text: string } {
  const { file, head, lineOf } = template;
  const from = textAt(head, 'from');
  if (from === undefined) return { file, line: template.bodyLine, text: template.body };
  const directory = file.slice(0, file.lastIndexOf('/') + 1);
  const path = [directory + from, from].find((each) => files.has(each as ProjectPath));
  const text = path === undefined ? undefined : utf8At(files, path);
  if (path !== undefined && text !== undefined) return { file: path, line: 1, text };
  writer.diagnostics.push(
    unsupported(file, lineOf('from'), `there is no template ${JSON.stringify(from)}`, 'name a file beside the template'),
  );
  return { file, line: template.bodyLine, text: '' };
}

function stemOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\..*$/, '');
}
