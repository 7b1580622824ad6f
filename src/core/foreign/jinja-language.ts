import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { Budget } from '../jinja/budget.ts';
import type { JinjaEnvironment } from '../jinja/environment.ts';
import { renderTemplate } from '../jinja/render-template.ts';
import type { JinjaSettings } from '../jinja/settings.ts';
import type { Pack } from '../pack/pack.ts';
import type { PackLanguage } from '../pack/pack-language.ts';
import type { Value, ValueMap } from '../pack/values.ts';
import { listTemplates } from '../template/list-templates.ts';
import { planHooks } from '../template/plan-hooks.ts';
import type { TemplateSource } from '../template/template-source.ts';
import { textReader } from '../tree/file-text.ts';
import { plainSegments } from '../tree/plain-segments.ts';
import { changeValues } from './changing-values.ts';
import { delimitersOf } from './delimiter-names.ts';
import type { CodeReader } from './extensions/code-reader.ts';
import { extendedEnvironment } from './extensions/extended-environment.ts';
import type { ForeignScope, ForeignTemplate } from './foreign-template.ts';
import { newLinesOf } from './new-lines.ts';

/** What reads the templates of a pack whose language is Jinja2 as Python has it. */
export function readJinjaPack(pack: Pack, language: PackLanguage, code?: CodeReader): ForeignTemplate {
  return {
    kind: 'pack',
    answersKey: language.namespace,
    remarks: [],
    templates: listTemplates(pack).map((source) => toForeign(source, language)),
    makeEnvironment: (scope) => makeEnvironment(pack, { language, code }, scope),
    makeContext: (answers, _scope, environment, budget) => makeContext(pack, language, answers, { environment, budget }),
    planHooks: (run) => planHooks({ pack, ...run }),
  };
}

function toForeign(source: TemplateSource, { newLines }: PackLanguage): TemplateSource {
  if (!source.isConvention) return source;
  const content = source.isRendered ? source.entry?.content : undefined;
  return { ...source, foreign: { rest: '', newLines: newLines ?? (content === undefined ? undefined : newLinesOf(content)) } };
}

interface Reading {
  readonly language: PackLanguage;
  readonly code: CodeReader | undefined;
}

/** Included templates are named by their paths below `templates/`, then below `partials/`. */
function makeEnvironment({ manifest, files }: Pack, { language, code }: Reading, scope: ForeignScope): JinjaEnvironment {
  const read = textReader(files);
  return extendedEnvironment(
    {
      settings: languageSettings(language),
      extensions: language.extensions,
      code,
      id: manifest.id,
      readFile: textReader(files, 'partials/'),
      folder: 'templates',
      loadTemplate: (name) => {
        const path = plainSegments(name).join('/');
        return [`templates/${path}.jinja`, `templates/${path}`, `partials/${path}`].map(read).find((text) => text !== undefined);
      },
    },
    scope,
  );
}

/** How templates are read, as the manifest says. */
export function languageSettings(language: PackLanguage): JinjaSettings {
  const { trimBlocks, lstripBlocks, keepTrailingNewline, lineStatementPrefix, lineCommentPrefix, autoescape } = language;
  const newline = NEWLINES.find((sequence) => sequence === language.newlineSequence);
  return {
    ...{ python: true, trimBlocks, lstripBlocks, keepTrailingNewline, autoescape, delimiters: delimitersOf(language.delimiters) },
    ...(lineStatementPrefix !== undefined && { lineStatementPrefix }),
    ...(lineCommentPrefix !== undefined && { lineCommentPrefix }),
    ...(newline !== undefined && { newlineSequence: newline }),
  };
}

const NEWLINES = ['\n', '\r\n', '\r'] as const;

interface Rendering {
  readonly environment: JinjaEnvironment;
  readonly budget: Budget;
}

/** Answers, constants and rendered values: by their own names, or only below the namespace where there is one. What needs an answer that is not given yet is left out. */
function makeContext({ manifest }: Pack, language: PackLanguage, answers: ValueMap, rendering: Rendering): ValueMap {
  const { namespace, constants, rendered, changes } = language;
  const values = new Map<string, Value>([...constants, ...seenAnswers(language, answers)]);
  const named = (): ValueMap => (namespace === undefined ? values : new Map([[namespace, values]]));
  for (const [name, value] of rendered) {
    const found = renderWhere(value, name, named(), rendering);
    if (found !== undefined) values.set(name, found);
  }
  // Questions do not see what is changed behind them.
  if (!manifest.variables.every(({ name }) => answers.has(name))) return named();
  return changeValues(
    changes.map((text, at) => ({ name: `pack.toml language.changes[${at}]`, text })),
    named(),
    rendering,
  );
}

/** Answers by the names that templates see, and what is null. */
function seenAnswers({ names, nulls }: PackLanguage, answers: ValueMap): (readonly [string, Value])[] {
  const seen = [...answers].map(([variable, value]): readonly [string, Value] => {
    const name = names.get(variable) ?? variable;
    return [name, value === '' && nulls.includes(name) ? null : value];
  });
  const asked = new Set(seen.map(([name]) => name));
  return [...nulls.filter((name) => !asked.has(name)).map((name) => [name, null] as const), ...seen];
}

function renderWhere(value: Value, name: string, context: ValueMap, rendering: Rendering): Value | undefined {
  const render = (item: Value): Value => {
    if (typeof item === 'string') return renderTemplate(item, { name: `pack.toml language.rendered.${name}`, context, ...rendering });
    if (item instanceof Map) return new Map([...item].map(([key, entry]) => [String(render(key)), render(entry)]));
    return Array.isArray(item) ? (item as readonly Value[]).map(render) : item;
  };
  try {
    return render(value);
  } catch (error) {
    if (error instanceof PacksmithError && error.code === 'TEMPLATE_UNDEFINED') return undefined;
    throw error;
  }
}
