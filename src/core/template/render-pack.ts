import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { unlessItFails } from '../diagnostics/unless-it-fails.ts';
import type { ExpandedFile, ForeignTemplate } from '../foreign/foreign-template.ts';
import type { Budget } from '../jinja/budget.ts';
import type { JinjaEnvironment } from '../jinja/environment.ts';
import { evaluateExpression, isTruthy, renderTemplate } from '../jinja/render-template.ts';
import type { Pack } from '../pack/pack.ts';
import type { Value, ValueMap } from '../pack/values.ts';
import { decodeBase64 } from '../text/base64.ts';
import { compareText } from '../text/compare-text.ts';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import { DEFAULT_MODE, type FileMode } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { findCollisions } from './find-collisions.ts';
import { listTemplates } from './list-templates.ts';
import { parseOutputPath } from './parse-output-path.ts';
import type { RenderedFile, RenderedInjection, RenderedPack } from './rendered-pack.ts';
import type { ForeignFile, TemplateSource } from './template-source.ts';

export interface RenderRequest {
  readonly pack: Pack;
  /** All names in scope: the answers, and `project`, `pack`, `packs`, `queries`, `data`, `now`. */
  readonly context: ValueMap;
  readonly environment: JinjaEnvironment;
  /** Shared by everything that is rendered in one run, so that a run as a whole is bounded. */
  readonly budget: Budget;
  /** Render only the templates whose name, or path below `templates/`, this accepts. */
  readonly only?: (source: TemplateSource) => boolean;
}

/**
 * Renders all that a pack contributes to a project.
 *
 * @throws PacksmithError `TEMPLATE_FAILED` with one diagnostic for every template that fails (undefined names, unsafe output paths,
 * two templates for one path, text that is not UTF-8), or `LIMIT_EXCEEDED` at once.
 */
export function renderPack(request: RenderRequest): RenderedPack {
  const parts: Part[] = [];
  const problems: Diagnostic[] = [];
  const { foreign } = request.pack;
  for (const source of foreign?.list?.(request) ?? listTemplates(request.pack)) {
    if (foreign?.finish === undefined && request.only?.(source) === false) continue;
    const outcome = renderSource(source, request);
    if ('code' in outcome) problems.push(outcome);
    else parts.push(...outcome);
  }
  let files = parts.flatMap((part) => (part.kind === 'file' ? [part.file] : []));
  problems.push(...findCollisions(files));
  if (problems.length === 0 && foreign?.finish !== undefined) {
    const finished = finishFiles(files, { ...request, finish: foreign.finish });
    problems.push(...finished.flatMap((outcome) => ('code' in outcome ? [outcome] : [])));
    files = finished.flatMap((outcome) => ('code' in outcome ? [] : [outcome]));
    problems.push(...findCollisions(files));
  }
  if (problems.length > 0) throw renderFailure(request.pack, problems);
  files.sort((a, b) => compareText(a.path, b.path));
  const injections = parts.flatMap((part) => (part.kind === 'injection' ? [part.injection] : []));
  return { pack: request.pack.manifest.id, files, injections };
}

interface FinishRequest extends RenderRequest {
  readonly finish: NonNullable<ForeignTemplate['finish']>;
}

/** What scripts of another tool's template leave of the files, which they see only when there are all; and findings of those that cannot be. */
function finishFiles(files: readonly RenderedFile[], request: FinishRequest): (RenderedFile | Diagnostic)[] {
  const { pack, only, finish } = request;
  const rendered = new Map(files.map((file) => [file.path as string, file]));
  const tree = new Map(files.map(({ path, content, mode }) => [path, { content, mode }]));
  const finished = [...finish(tree, request)].map(([path, { entry, from, by }]) => {
    const before = from === undefined ? undefined : rendered.get(from);
    const { template = by ?? '', onExists, merge } = before ?? { onExists: undefined, merge: undefined };
    return orFinding({ name: by ?? template }, (): RenderedFile => {
      const { content, mode } = entry;
      return { ...before, pack: pack.manifest.id, template, path: parseOutputPath(path), content, mode, onExists, merge };
    });
  });
  if (only === undefined) return finished;
  const wanted = new Set(listTemplates(pack).flatMap((source) => (only(source) ? [source.name] : [])));
  return finished.filter((outcome) => 'code' in outcome || wanted.has(outcome.template));
}

type Part = { readonly kind: 'file'; readonly file: RenderedFile } | { readonly kind: 'injection'; readonly injection: RenderedInjection };

/** What one template gives, or the finding that says why it cannot. */
function renderSource(source: TemplateSource, request: RenderRequest): Part[] | Diagnostic {
  return orFinding(source, () => {
    const { declaration } = source;
    const expand = request.pack.foreign?.expand;
    if (expand !== undefined && source.declaration === undefined)
      return expand(source, request).map((file) => renderExpanded(source, file, request));
    // Most files are rendered once and always, so that nothing has to be copied for them.
    if (declaration?.when === undefined && declaration?.forEach === undefined) return asList(renderOne(source, request));
    return contextsOf(source, request).flatMap((context) => renderOne(source, { ...request, context }) ?? []);
  });
}

/** The result, or why there is none, with the template where no other place is known. */
function orFinding<Result>(source: Pick<TemplateSource, 'name'>, render: () => Result): Result | Diagnostic {
  return unlessItFails(render, (failure) => toDiagnostic(failure, source));
}

function renderExpanded(
  source: TemplateSource,
  { path, context, onExists, wholeOf, isRendered = source.isRendered }: ExpandedFile,
  request: RenderRequest,
): Part {
  const content = renderContent({ ...source, isRendered }, { ...request, context });
  const file = {
    pack: request.pack.manifest.id,
    template: source.name,
    path: parseOutputPath(path),
    content,
    mode: sourceMode(source),
    onExists,
    merge: undefined,
    ...(wholeOf && { wholeOf }),
  };
  return { kind: 'file', file };
}

function asList(part: Part | undefined): Part[] {
  return part === undefined ? [] : [part];
}

/** One context a row of `for_each`, or just the given one; none where `when` is false. */
function contextsOf(source: TemplateSource, request: RenderRequest): ValueMap[] {
  const declaration = source.declaration;
  const isWanted = (context: ValueMap): boolean =>
    declaration?.when === undefined ||
    isTruthy(evaluateExpression(declaration.when, { ...request, context, name: `${source.name} (when)` }));
  if (declaration?.forEach === undefined) return isWanted(request.context) ? [request.context] : [];
  const rows = evaluateExpression(declaration.forEach, { ...request, name: `${source.name} (for_each)` });
  if (!Array.isArray(rows)) {
    throw new PacksmithError('TEMPLATE_FAILED', `for_each must give a list, but \`${declaration.forEach}\` gives ${describe(rows)}`);
  }
  return rows.map((row: Value) => new Map([...request.context, [declaration.as, row]])).filter(isWanted);
}

function renderOne(source: TemplateSource, request: RenderRequest): Part | undefined {
  const common = { pack: request.pack.manifest.id, template: source.name };
  const inject = source.declaration?.inject;
  if (inject !== undefined) {
    const into = parseOutputPath(renderTemplate(inject.into, { ...request, name: `${source.name} (inject.into)` }));
    const content = decodeUtf8(renderContent(source, request));
    if (content === undefined) throw new PacksmithError('TEMPLATE_FAILED', 'only text can be injected');
    return { kind: 'injection', injection: { ...common, into, text: content, position: inject.position, once: inject.once } };
  }
  const path = renderPath(source, request);
  if (path === undefined) return undefined;
  const { pack, template } = common;
  const { mode, onExists, merge } = source.declaration ?? PLAIN;
  const content = renderContent(source, request);
  return { kind: 'file', file: { pack, template, path, content, mode: mode ?? sourceMode(source), onExists, merge } };
}

const PLAIN = { mode: undefined, onExists: undefined, merge: undefined };

function renderPath(source: TemplateSource, request: RenderRequest): ProjectPath | undefined {
  const template = source.outputTemplate ?? '';
  if (source.foreign !== undefined) return renderForeignPath(template, source.foreign, source, request);
  if (!/\{[{%#]/.test(template)) return parseOutputPath(template);
  const name = `${source.name} (path)`;
  if (!source.isConvention) return parseOutputPath(renderTemplate(template, { ...request, name }));
  const segments = template.split('/').map((segment) => renderTemplate(segment, { ...request, name }));
  return segments.some((segment) => segment === '') ? undefined : parseOutputPath(segments.join('/'));
}

/** `.` and `..` are what the file system makes of them, as long as they stay inside. */
function renderForeignPath(
  template: string,
  { rest }: ForeignFile,
  source: TemplateSource,
  request: RenderRequest,
): ProjectPath | undefined {
  const render = request.pack.foreign?.renderPath ?? renderTemplate;
  const rendered = render(template, { ...request, name: `${source.name} (path)` }) + rest;
  const kept: string[] = [];
  for (const segment of rendered.split('/')) {
    if (segment === '') return undefined;
    if (segment === '..' && kept.length > 0) kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  return parseOutputPath(kept.join('/'));
}

function renderContent(source: TemplateSource, request: RenderRequest): Uint8Array {
  const content = source.declaration?.content;
  if (content?.kind === 'text') return encodeUtf8(renderTemplate(content.text, { ...request, name: source.name }));
  if (content?.kind === 'base64') return decodeBase64(content.base64);
  const bytes = source.entry?.content ?? new Uint8Array();
  if (!source.isRendered) return bytes;
  const text = decodeUtf8(bytes);
  if (text === undefined) {
    throw new PacksmithError('TEMPLATE_FAILED', 'the template is not valid UTF-8', {
      hint: 'remove the .jinja suffix to copy the file byte for byte',
    });
  }
  const render = request.pack.foreign?.renderText ?? renderTemplate;
  const rendered = render(text, { ...request, name: source.name });
  const newLines = source.foreign?.newLines;
  return encodeUtf8(newLines === undefined ? rendered : rendered.replaceAll('\n', newLines));
}

function sourceMode(source: TemplateSource): FileMode {
  return source.entry?.mode ?? DEFAULT_MODE;
}

function toDiagnostic(error: PacksmithError, source: Pick<TemplateSource, 'name'>): Diagnostic {
  return {
    code: error.code === 'PATH_ESCAPES_PROJECT' ? 'TEMPLATE_UNSAFE_PATH' : 'TEMPLATE_ERROR',
    severity: 'error',
    message: error.message,
    where: error.where ?? { file: source.name },
    ...(error.hint === undefined ? {} : { suggestion: error.hint }),
  };
}

function renderFailure(pack: Pack, diagnostics: readonly Diagnostic[]): PacksmithError {
  const count = diagnostics.length === 1 ? 'a template' : `${diagnostics.length} templates`;
  return new PacksmithError('TEMPLATE_FAILED', `${count} of ${pack.manifest.id} ${pack.manifest.version} could not be rendered`, {
    diagnostics,
    hint: 'nothing was written; the author of the pack can mend this',
  });
}

function describe(value: Value): string {
  if (value === null) return 'none';
  if (value instanceof Map) return 'a map';
  return `a ${typeof value}`;
}
