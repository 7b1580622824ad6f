import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { formatPackManifest, type ManifestTable } from '../../manifest/format-pack-manifest.ts';
import type { PackName } from '../../pack/pack-name.ts';
import type { Value } from '../../pack/values.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import { utf8At } from '../../tree/file-text.ts';
import { sortedPaths } from '../../tree/file-tree.ts';
import type { ProjectPath } from '../../tree/project-path.ts';
import type { Translation } from '../foreign-template.ts';
import { unsupported } from './ggen-finding.ts';
import type { GgenSource } from './ggen-source.ts';
import { PackWriter } from './pack-writer.ts';
import { Partials } from './partials.ts';
import { type GgenTemplate, readTemplate } from './read-front-matter.ts';
import type { GgenManifest, GgenRule, GgenText } from './read-manifest.ts';
import { translateData } from './translate-data.ts';
import { declareVariable, type TemplateRequest, translateTemplate } from './translate-template.ts';

const KEPT = /^(?:README\.md|CHANGELOG\.md|LICENSE(?:-[A-Z0-9]+)?(?:\.(?:md|txt))?)$/;

/** Writes a pack of ggen as a pack; what cannot be written is in its findings. */
export function translateGgen(
  source: GgenSource,
  as: { readonly id: PackName; readonly version: string },
): Translation & { readonly diagnostics: readonly Diagnostic[] } {
  const { files, manifest } = source;
  const writer = new PackWriter();
  for (const [name, value] of manifest.variables) declareVariable(name, value, writer);
  translateData(source, writer);
  const request = { ...source, writer, partials: new Partials(source, writer) };
  const ofRules = new Set(manifest.rules.flatMap(({ template }) => (template?.kind === 'file' ? [template.path] : [])));
  for (const path of sortedPaths(files)) if (isTemplate(path) && !ofRules.has(path)) translateFile(path, request);
  for (const rule of manifest.rules) translateRule(rule, request);
  for (const name of manifest.dependencies)
    writer.note('left out', `the dependency ${name}`, 'write it below [dependencies] once there is a pack of it', { file: manifest.file });
  if (manifest.files.length > 0) writer.note('translated', `the manifest ${manifest.file}`, 'pack.toml', { file: manifest.file });
  for (const [path, entry] of files) if (KEPT.test(path)) writer.files.set(path, entry);
  writer.write('pack.toml', formatPackManifest(tablesOf(manifest, as, writer)));
  return { files: writer.files, report: writer.report, diagnostics: writer.diagnostics };
}

/** Older packs have a template beside their manifest. */
function isTemplate(path: string): boolean {
  return path.startsWith('templates/') || /^[^/]+\.(?:tmpl|tera)$/.test(path);
}

function translateFile(path: string, request: TemplateRequest): void {
  const { files, writer } = request;
  const text = utf8At(files, path);
  const template = text === undefined ? undefined : readTemplate(path, text);
  if (template === undefined) return;
  if ('code' in template) writer.diagnostics.push(template);
  else translateTemplate(template, request);
}

/** A rule is a template whose head stands in `ggen.toml`. */
function translateRule(rule: GgenRule, request: TemplateRequest): void {
  const { manifest, writer } = request;
  const { name, line, output, mode } = rule;
  const file = 'ggen.toml';
  const textOf = (part: GgenText | undefined, what: string): string | undefined => {
    if (part?.kind === 'inline') return part.text;
    const content = part === undefined ? undefined : request.files.get(part.path as ProjectPath)?.content;
    const text = content === undefined ? undefined : decodeUtf8(content);
    if (text === undefined)
      writer.diagnostics.push(
        unsupported(file, line, `the rule ${name} has no ${what} that can be read`, 'name a file of the pack, or write it `inline`'),
      );
    return text;
  };
  const query = rule.query === undefined ? '' : textOf(rule.query, 'query');
  const body = textOf(rule.template, 'template');
  if (query === undefined || body === undefined) return;
  const path = rule.template?.kind === 'file' ? rule.template.path : `templates/${name}.tera`;
  const own = readTemplate(path, body);
  const isWhole = own !== undefined && !('code' in own);
  const entries: [string, Value][] = [['to', output]];
  if (query !== '') entries.push(['sparql', new Map([['sparql_results', query]])]);
  if (mode?.toLowerCase() === 'overwrite') entries.push(['force', true]);
  if (mode?.toLowerCase() === 'create') entries.push(['unless_exists', true]);
  const template: GgenTemplate = {
    file: path,
    head: new Map([...entries, ...(isWhole ? own.head : [])]),
    lineOf: isWhole ? own.lineOf : () => line,
    body: isWhole ? own.body : body,
    bodyLine: isWhole ? own.bodyLine : 1,
  };
  translateTemplate(template, { ...request, manifest });
}

function tablesOf(
  manifest: GgenManifest,
  { id, version }: { readonly id: PackName; readonly version: string },
  writer: PackWriter,
): ManifestTable[] {
  const { name = id, description, license, keywords } = manifest;
  const pack = new Map<string, Value>([
    ['id', id],
    ['version', version],
    ['title', name.slice(0, 100)],
    ['description', (description ?? `Made of the ggen pack ${name}`).slice(0, 500)],
  ]);
  if (license !== undefined) pack.set('license', license);
  const words = [...new Set(keywords.map((word) => word.toLowerCase()))].filter((word) => /^[a-z0-9][a-z0-9-]*$/.test(word)).slice(0, 10);
  if (words.length > 0) pack.set('keywords', words);
  const variables = [...writer.variables].map(([variable, entries]): ManifestTable => ({ header: ['variables', variable], entries }));
  return [
    { header: ['pack'], entries: pack },
    ...variables,
    ...writer.data,
    ...writer.constructs,
    ...writer.queries,
    ...writer.templates,
    ...writer.hooks,
  ];
}
