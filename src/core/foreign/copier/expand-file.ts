import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import { evaluateExpression, renderTemplate } from '../../jinja/render-template.ts';
import { DEFAULT_DELIMITERS } from '../../jinja/settings.ts';
import type { Value, ValueMap } from '../../pack/values.ts';
import type { TemplateSource } from '../../template/template-source.ts';
import { IgnoreRules } from '../../text/ignore-rules.ts';
import { utf8At } from '../../tree/file-text.ts';
import { type FileTree, sortedPaths } from '../../tree/file-tree.ts';
import { plainSegments } from '../../tree/plain-segments.ts';
import type { ProjectPath } from '../../tree/project-path.ts';
import type { ExpandedFile, ForeignRun } from '../foreign-template.ts';
import type { CopierSettings } from './read-settings.ts';

/** Every file of a template; which of them are used is known only with the answers. */
export function listFiles(files: FileTree, { templatesSuffix }: CopierSettings): TemplateSource[] {
  return sortedPaths(files).map((path) => ({
    name: path,
    entry: files.get(path),
    declaration: undefined,
    outputTemplate: path,
    isConvention: true,
    // With an empty suffix everything that is text is a template.
    isRendered: templatesSuffix === '' ? utf8At(files, path) !== undefined : path.endsWith(templatesSuffix),
    foreign: { rest: '', newLines: undefined },
  }));
}

/** Gives what one file of a template becomes with these answers: nothing, a file, or one for each item of `yield`. */
export type Expand = (source: TemplateSource, run: ForeignRun) => ExpandedFile[];

/** Makes the function for a template. What depends on the answers alone is rendered once for each context. */
export function makeExpand(files: FileTree, settings: CopierSettings): Expand {
  const decided = new WeakMap<ValueMap, Decisions>();
  return (source, run) => {
    const decisions = decided.get(run.context) ?? decide(settings, run);
    decided.set(run.context, decisions);
    const path = belowRoot(source.outputTemplate ?? '', decisions.root);
    if (path === undefined) return [];
    const { templatesSuffix: suffix } = settings;
    if (suffix !== '' && files.has(`${decisions.root}${path}${suffix}` as ProjectPath)) return [];
    const isTemplate = path.endsWith(suffix);
    const parts = (suffix !== '' && isTemplate ? withoutSuffix(path) : path).split('/');
    return renderParts(parts, [], { run, settings, decisions, extra: new Map() })
      .filter(({ path: rendered }) => isTemplate || !files.has(`${rendered}${suffix}` as ProjectPath))
      .filter(({ path: rendered }) => !decisions.excluded.covers(rendered))
      .map((file) => ({ ...file, ...ownershipOf(file.path, decisions) }));
  };
}

interface Decisions {
  /** The directory of the template that is copied, with `/` behind it; empty for all of it. */
  readonly root: string;
  readonly excluded: IgnoreRules;
  /** What an update leaves out besides: it is made once, and then never touched. */
  readonly excludedLater: IgnoreRules;
  readonly kept: IgnoreRules;
  readonly answersFile: string;
}

function decide({ subdirectory, exclude, skipIfExists }: CopierSettings, run: ForeignRun): Decisions {
  const later = new Map<string, Value>([...run.context, ['_copier_operation', 'update']]);
  const render = (text: string, name: string, context = run.context): string =>
    renderTemplate(text, { ...run, context, name: `copier.yml ${name}` });
  const rules = (patterns: readonly string[], name: string, context = run.context): IgnoreRules =>
    patternRules(patterns.map((pattern) => render(pattern, name, context)));
  const segments = plainSegments(render(subdirectory, '_subdirectory'));
  if (segments.includes('..')) throw new PacksmithError('TEMPLATE_FAILED', '_subdirectory leads out of the template');
  const conf = run.context.get('_copier_conf');
  return {
    root: segments.map((segment) => `${segment}/`).join(''),
    excluded: rules(exclude, '_exclude'),
    excludedLater: rules(exclude, '_exclude', later),
    kept: rules(skipIfExists, '_skip_if_exists'),
    answersFile: conf instanceof Map ? String((conf as ValueMap).get('answers_file') ?? '') : '',
  };
}

/** Patterns as pathspec reads them: what ends in `/**` and a slash covers files too. */
export function patternRules(patterns: readonly string[]): IgnoreRules {
  return new IgnoreRules(new Map([['', patterns.join('\n').replace(/(?<=\/\*\*)\/[ \t]*$/gm, '')]]));
}

/** What a user keeps once it is there; the file with the answers is always the template's. */
function ownershipOf(path: string, { kept, excludedLater, answersFile }: Decisions): Pick<ExpandedFile, 'onExists' | 'wholeOf'> {
  if (path === answersFile) return { onExists: 'overwrite', wholeOf: 'theirs' };
  return kept.covers(path) || excludedLater.covers(path) ? { onExists: 'keep', wholeOf: 'ours' } : {};
}

function belowRoot(path: string, root: string): string | undefined {
  return path.startsWith(root) ? path.slice(root.length) : undefined;
}

/** Python's `Path.with_suffix('')`: what follows the last dot of the name goes, whatever the template's suffix is. */
export function withoutSuffix(path: string): string {
  const slash = path.lastIndexOf('/') + 1;
  const dot = path.lastIndexOf('.');
  return dot > slash && dot < path.length - 1 ? path.slice(0, dot) : path;
}

interface PartScope {
  readonly run: ForeignRun;
  readonly settings: CopierSettings;
  readonly decisions: Decisions;
  /** What `yield` gave so far. */
  readonly extra: ValueMap;
}

function renderParts(
  [part, ...rest]: readonly string[],
  before: readonly string[],
  scope: PartScope,
): { path: string; context: ValueMap }[] {
  const context = scope.extra.size === 0 ? scope.run.context : new Map([...scope.run.context, ...scope.extra]);
  if (part === undefined) return [{ path: joinParts(before), context }];
  const render = (text: string, names: ValueMap): string => renderTemplate(text, { ...scope.run, context: names, name: `${part} (path)` });
  const go = (rendered: string, extra: ValueMap): { path: string; context: ValueMap }[] =>
    rendered === '' ? [] : renderParts(rest, [...before, adjust(rendered, scope.decisions)], { ...scope, extra });
  const found = findYield(part, scope.settings);
  if (found === undefined || !render(found.before + MARK + found.after, context).includes(MARK)) {
    return go(render(found === undefined ? part : found.before + found.after, context), scope.extra);
  }
  const items = evaluateExpression(`(${found.iterable}) or []`, { ...scope.run, context, name: `${part} (path)` });
  return listOf(items).flatMap((item) => {
    const extra = new Map([...scope.extra, [found.name, item] as const]);
    return go(render(found.before + found.body + found.after, new Map([...context, [found.name, item] as const])), extra);
  });
}

/** The path as `Path` of Python has it: what leads nowhere in it goes. A part that begins at the root stays as it is, and is refused. */
function joinParts(parts: readonly string[]): string {
  const plain = parts.some((part) => part.startsWith('/')) ? '' : parts.flatMap(plainSegments).join('/');
  return plain === '' ? parts.join('/') : plain;
}

/** Where the answers file stands in a directory, only its name takes the place of its path. */
function adjust(rendered: string, { answersFile }: Decisions): string {
  return rendered === answersFile ? rendered.slice(rendered.lastIndexOf('/') + 1) : rendered;
}

function listOf(items: Value): readonly Value[] {
  if (items instanceof Map) return [...(items as ValueMap).keys()];
  return Array.isArray(items) ? (items as readonly Value[]) : typeof items === 'string' ? [...items] : [];
}

/** Stands for the body of `yield`, to see whether it is reached. */
const MARK = '\ue000yield\ue000';

interface Yield {
  readonly before: string;
  readonly name: string;
  readonly iterable: string;
  readonly body: string;
  readonly after: string;
}

function findYield(part: string, { settings }: CopierSettings): Yield | undefined {
  const { blockStart, blockEnd } = { ...DEFAULT_DELIMITERS, ...settings.delimiters };
  const open = tagAt(part, 'yield', 0, blockStart, blockEnd);
  const close = open === undefined ? undefined : tagAt(part, 'endyield', open.end, blockStart, blockEnd);
  const [, name, iterable] = /^([A-Za-z_]\w*)\s+from\s+(.+)$/.exec(open?.rest ?? '') ?? [];
  if (open === undefined || close === undefined || name === undefined || iterable === undefined) return undefined;
  const between = (from: Tag | undefined, to: Tag | undefined): string => {
    const text = part.slice(from?.end ?? 0, to?.start);
    const trimmed = from?.trimsAfter === true ? text.trimStart() : text;
    return to?.trimsBefore === true ? trimmed.trimEnd() : trimmed;
  };
  return { before: between(undefined, open), name, iterable, body: between(open, close), after: between(close, undefined) };
}

interface Tag {
  readonly start: number;
  readonly end: number;
  /** What stands behind the name. */
  readonly rest: string;
  /** Whether blanks beside it go, as a `-` says. */
  readonly trimsBefore: boolean;
  readonly trimsAfter: boolean;
}

/** The first tag of a name from a place on. */
function tagAt(text: string, tag: string, from: number, blockStart: string, blockEnd: string): Tag | undefined {
  for (let start = text.indexOf(blockStart, from); start >= 0; start = text.indexOf(blockStart, start + 1)) {
    const end = text.indexOf(blockEnd, start);
    if (end < 0) return undefined;
    const whole = text.slice(start + blockStart.length, end);
    const inside = whole.replace(/^[-+]|[-+]$/g, '').trim();
    if (/^\w+/.exec(inside)?.[0] !== tag) continue;
    const [trimsBefore, trimsAfter] = [whole.startsWith('-'), whole.endsWith('-')];
    return { start, end: end + blockEnd.length, rest: inside.slice(tag.length).trim(), trimsBefore, trimsAfter };
  }
  return undefined;
}
