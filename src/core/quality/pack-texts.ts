import type { SourcePosition } from '../diagnostics/diagnostic.ts';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { TemplateNode } from '../jinja/nodes.ts';
import type { KeyPath } from '../manifest/key-path.ts';
import type { Pack } from '../pack/pack.ts';
import { templatesIn } from '../template/answers/definition-sources.ts';
import { listTemplates, TEMPLATE_SUFFIX, type TemplateSource } from '../template/list-templates.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { utf8At } from '../tree/file-text.ts';
import { sortedPaths } from '../tree/file-tree.ts';
import { asFinding, environmentOf, isLoop, parseText } from './check-templates.ts';

/** What a text in the template language is for. */
export type TextRole = 'content' | 'path' | 'partial' | 'when' | 'rows' | 'default' | 'computed' | 'argument' | 'address';

/** Everything of a pack that is written in the template language, one text each. */
export interface PackText {
  readonly role: TextRole;
  /** The file of a content, path or partial; else `pack.toml`. */
  readonly file: string;
  /** The key of `pack.toml` it stands at; absent for files. */
  readonly key: KeyPath | undefined;
  readonly text: string;
  /** Absent when it cannot be parsed, and `problem` then says why; or when another tool says what it means. */
  readonly tree: TemplateNode | undefined;
  readonly problem: PacksmithError | undefined;
  /** The template that it belongs to. */
  readonly template: TemplateSource | undefined;
}

/** Lists all texts of a pack that are written in the template language, parsed: files in code-unit order, then the manifest in its own. */
export function listPackTexts(pack: Pack): PackText[] {
  const templates = listTemplates(pack);
  const drafts = [
    ...templates.flatMap((template) => templateTexts(template, pack)),
    ...partialTexts(pack, templates),
    ...manifestTexts(pack),
  ];
  const isOther = pack.manifest.language !== undefined;
  const environment = asFinding(() => environmentOf(pack));
  // One finding: nothing of the pack can be read.
  if (environment instanceof PacksmithError) return [{ ...LANGUAGE, template: undefined, tree: undefined, problem: environment }];
  return drafts.map(({ isExpression = false, template, ...draft }) => {
    // What the manifest of such a pack holds is read by the rules of the other tool, and so is a loop in a path.
    const isUnread = isOther && (!FILE_ROLES.has(draft.role) || (draft.role === 'path' && template !== undefined && isLoop(template)));
    const source = isExpression ? `{{ ${draft.text} }}` : draft.text;
    const tree = isUnread ? undefined : asFinding(() => parseText(environment, source, draft.file));
    return tree instanceof PacksmithError
      ? { ...draft, template, tree: undefined, problem: tree }
      : { ...draft, template, tree, problem: undefined };
  });
}

type Draft = Omit<PackText, 'tree' | 'problem' | 'template'> & { readonly template?: TemplateSource; readonly isExpression?: boolean };

const FILE_ROLES: ReadonlySet<TextRole> = new Set(['content', 'path', 'partial']);
const LANGUAGE = { role: 'argument', file: 'pack.toml', key: ['language'], text: '' } as const;

function templateTexts(template: TemplateSource, { manifest }: Pack): Draft[] {
  const { name, declaration, outputTemplate, isRendered, entry } = template;
  const index = declaration === undefined ? -1 : manifest.templates.indexOf(declaration);
  const at = (key: string, ...more: string[]): KeyPath | undefined => (index < 0 ? undefined : ['templates', index, key, ...more]);
  const file = entry === undefined ? 'pack.toml' : name;
  const content = declaration?.content.kind === 'text' ? declaration.content.text : entry && decodeUtf8(entry.content);
  const drafts: (Draft | undefined)[] = [
    outputTemplate === undefined ? undefined : { role: 'path', file, key: at('output'), text: outputTemplate, template },
    isRendered && content !== undefined
      ? { role: 'content', file, key: entry === undefined ? at('text') : undefined, text: content, template }
      : undefined,
    declaration?.when === undefined
      ? undefined
      : { role: 'when', file: 'pack.toml', key: at('when'), text: declaration.when, template, isExpression: true },
    declaration?.forEach === undefined
      ? undefined
      : { role: 'rows', file: 'pack.toml', key: at('for_each'), text: declaration.forEach, template, isExpression: true },
    declaration?.inject === undefined
      ? undefined
      : { role: 'path', file: 'pack.toml', key: at('inject', 'into'), text: declaration.inject.into, template },
  ];
  return drafts.filter((draft) => draft !== undefined);
}

/** Templates that only others include or import. */
function partialTexts({ files }: Pack, templates: readonly TemplateSource[]): Draft[] {
  const listed = new Set(templates.map(({ name }) => name));
  return sortedPaths(files)
    .filter((path) => path.endsWith(TEMPLATE_SUFFIX) && !listed.has(path))
    .flatMap((path) => {
      const text = utf8At(files, path);
      return text === undefined ? [] : [{ role: 'partial', file: path, key: undefined, text }];
    });
}

function manifestTexts({ manifest }: Pack): Draft[] {
  const draft = (role: TextRole, key: KeyPath, text: string | undefined, isExpression: boolean): Draft[] =>
    text === undefined ? [] : [{ role, file: 'pack.toml', key, text, isExpression }];
  const stages = new Map<string, number>();
  return [
    ...manifest.variables.flatMap(({ name, when, computed, default: initial }) => [
      ...draft('when', ['variables', name, 'when'], when, true),
      ...draft('computed', ['variables', name, 'computed'], computed, true),
      ...(initial === undefined ? [] : templatesIn(initial)).flatMap((text) =>
        draft('default', ['variables', name, 'default'], text, false),
      ),
    ]),
    ...[...(manifest.language?.rendered ?? [])].flatMap(([name, value]) =>
      templatesIn(value).flatMap((text) => draft('argument', ['language', 'rendered', name], text, false)),
    ),
    ...manifest.packages.flatMap(({ ecosystem, name, when }) => draft('when', ['packages', ecosystem, name, 'when'], when, true)),
    ...manifest.data.flatMap(({ name, from }) => draft('argument', ['data', name, 'from'], from, false)),
    ...manifest.queries.flatMap(({ name, parameters }) =>
      parameters.flatMap(({ variable, value }) => draft('argument', ['queries', name, 'parameters', variable], value, true)),
    ),
    ...manifest.hooks.flatMap(({ stage, run, when }) => {
      const index = stages.get(stage) ?? 0;
      stages.set(stage, index + 1);
      const key = ['hooks', stage, index];
      const args = run.flatMap((text, position) => draft('argument', [...key, 'run', position], text, false));
      return [...draft('when', [...key, 'when'], when, true), ...args];
    }),
    ...manifest.health.flatMap(({ url }, index) => draft('address', ['health', index, 'url'], url, false)),
  ];
}

/** Where a place in a text is for people: the line of the file, or the key of `pack.toml`. */
export function placeIn(
  text: PackText,
  node: { readonly line: number; readonly column: number },
  locate: (key: KeyPath) => SourcePosition,
): SourcePosition {
  if (text.key !== undefined) return locate(text.key);
  return text.role === 'path' ? { file: text.file } : { file: text.file, line: node.line, column: node.column };
}
