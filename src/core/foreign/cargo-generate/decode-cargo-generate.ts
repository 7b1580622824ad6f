import { hasErrors } from '../../diagnostics/diagnostic.ts';
import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import type { ParseTemplate } from '../../jinja/environment.ts';
import { createLiquidEnvironment } from '../../liquid/liquid-environment.ts';
import type { Pack } from '../../pack/pack.ts';
import type { ValueMap } from '../../pack/values.ts';
import type { TemplateSource } from '../../template/template-source.ts';
import type { FileEntry, FileTree } from '../../tree/file-tree.ts';
import type { ProjectPath } from '../../tree/project-path.ts';
import { foreignManifest } from '../foreign-manifest.ts';
import type { ForeignRun, ForeignSource, ForeignTemplate } from '../foreign-template.ts';
import { renderLiquid, renderLiquidPath } from '../liquid-text.ts';
import { SeveralTemplates } from '../several-templates.ts';
import { type CargoVariables, defineVariables, projectNameFor } from './define-variables.ts';
import type { RhaiReaders } from './hooks/hook-program.ts';
import { findProblem, findUnreadable, isIgnored, isIncluded, listFiles, mergeLists } from './list-files.ts';
import { holds, makeContext } from './make-context.ts';
import { type CargoConfig, CONFIG_FILE, type FileLists, HOOK_STAGES, readConfig } from './read-config.ts';
import { type HookedTemplate, runWithHooks } from './run-hooks.ts';
import { translateCargoGenerate } from './translate.ts';

/**
 * Makes a pack of a template of cargo-generate; `rhai` is loaded for those that have programs.
 * @throws PacksmithError `MANIFEST_INVALID` with all findings; `SeveralTemplates`.
 */
export function decodeCargoGenerate(
  asked: ForeignSource,
  rhai: RhaiReaders | undefined,
): Pick<Pack, 'manifest'> & { readonly foreign: ForeignTemplate } {
  const config = readConfig(asked.files, rhai?.readCondition);
  const source = { ...asked, files: findTemplate(asked, config) };
  const { files, reference } = source;
  const hooks = HOOK_STAGES.some((stage) => config.hooks[stage].length > 0) ? rhai?.readHooks(files, config) : undefined;
  const templates = listFiles(files, config);
  const { parse } = createLiquidEnvironment({ now: '' });
  const unreadable = parse === undefined ? new Map() : findUnreadable(templates, config, parse);
  const findings = [...config.diagnostics, ...(hooks?.diagnostics ?? []), ...unreadable.values()];
  if (hasErrors(findings)) {
    throw new PacksmithError('MANIFEST_INVALID', `the cargo-generate template ${reference} cannot be used as it is`, {
      diagnostics: findings,
    });
  }
  const { variables, conditions } = defineVariables(files, config, hooks);
  const hooked = hooks && runWithHooks(source, config, hooks);
  const reported = hooks?.report() ?? [];
  const untranslated = { source, config, variables, conditions, templates, unreadable: new Set(unreadable.keys()), hooks: reported };
  return {
    manifest: foreignManifest(source, { description: `A cargo-generate template: ${reference}`, variables }),
    foreign: {
      kind: 'cargo-generate',
      asksAll: true,
      answersKey: 'values',
      whereIs: () => ({ file: CONFIG_FILE }),
      templates,
      remarks: findings,
      ...(parse && { translate: (id) => translateCargoGenerate(id, { ...untranslated, parse }) }),
      makeEnvironment: ({ now, hash }) => createLiquidEnvironment({ now, hash }),
      makeContext: (answers, _scope, environment, budget) => makeContext(config, { answers, environment, budget }),
      planHooks: () => [],
      ...(hooked && pickHooked(hooked)),
      refine: makeRefine(config, conditions, hooked),
      textsOf: (name) => [
        (conditions.get(name) ?? []).flatMap(({ condition }) => condition.names).join(' '),
        ...(hooked?.asks(name) === true ? variables.map((variable) => variable.name) : []),
      ],
      expand: makeExpand(config, parse),
      renderText: renderLiquid,
    },
  };
}

/**
 * The files of the template. A single one that is listed, and has no settings of its own, has those of the list.
 * @throws SeveralTemplates
 */
function findTemplate({ files, reference }: ForeignSource, { subTemplates }: CargoConfig): FileTree {
  const [first, ...others] = subTemplates;
  if (first === undefined) return files;
  const settings = files.get(CONFIG_FILE);
  const inside = `${first.path}/`;
  if (others.length > 0 || settings === undefined || files.has(`${inside}${CONFIG_FILE}` as ProjectPath))
    throw new SeveralTemplates(reference, subTemplates);
  const below = [...files].filter(([path]) => path.startsWith(inside));
  return new Map([[CONFIG_FILE, settings], ...below.map(([path, entry]) => [path.slice(inside.length) as ProjectPath, entry] as const)]);
}

function pickHooked({ makeContext: make, list, finish, messages, planHooks }: HookedTemplate): Partial<ForeignTemplate> {
  return { makeContext: make, list, finish, messages, planHooks };
}

function makeRefine(
  config: CargoConfig,
  conditions: CargoVariables['conditions'],
  hooked: HookedTemplate | undefined,
): NonNullable<ForeignTemplate['refine']> {
  return (definition, question) => {
    const { name } = definition;
    if (hooked?.asks(name) === true) return hooked.refine(definition, question);
    const initial = hooked?.initialNames(question);
    // What a script has set is not asked.
    const isOpen = initial?.has(name) !== true || !isPlaceholder(name, config);
    if (name === 'project-name')
      return { definition: { ...definition, default: projectNameFor(question.scope.directory) }, applies: isOpen };
    const asked = conditions.get(name);
    if (asked === undefined) return { definition, applies: isOpen };
    const { answers, environment, budget } = question;
    const context = makeContext(config, { answers, environment, budget, ...(initial && { initial }) });
    const held = asked.findLast(({ condition }) => holds(condition, { context, environment, budget }));
    return { definition: held?.definition ?? definition, applies: isOpen && held !== undefined };
  };
}

/** What is set for every template is asked all the same. */
function isPlaceholder(name: string, { placeholders, conditionals }: CargoConfig): boolean {
  const all = [...placeholders, ...conditionals.flatMap((conditional) => conditional.placeholders)];
  return name === 'project-name' || all.some((placeholder) => placeholder.name === name);
}

/** What of a template is used with the answers at hand; decided once for each context. */
function makeExpand(config: CargoConfig, parse: ParseTemplate | undefined): NonNullable<ForeignTemplate['expand']> {
  const decided = new WeakMap<ValueMap, FileLists>();
  const readable = new WeakMap<FileEntry, boolean>();
  const isReadable = ({ entry, name }: TemplateSource): boolean => {
    const known = entry && readable.get(entry);
    if (known !== undefined || entry === undefined || parse === undefined) return known ?? false;
    const result = findProblem(entry, name, parse) === undefined;
    readable.set(entry, result);
    return result;
  };
  return (source, run) => {
    const { name, outputTemplate = '' } = source;
    const lists = decided.get(run.context) ?? listsFor(config, run);
    decided.set(run.context, lists);
    if (isIgnored(name, lists.ignore)) return [];
    const path = renderLiquidPath(outputTemplate, { ...run, name: `${name} (path)` });
    return [{ path, context: run.context, isRendered: isIncluded(name, lists) && isReadable(source) }];
  };
}

function listsFor({ lists, conditionals }: CargoConfig, run: ForeignRun): FileLists {
  return mergeLists(
    lists,
    conditionals.filter((conditional) => holds(conditional, run)).map((conditional) => conditional.lists),
  );
}
