import { hasErrors } from '../../diagnostics/diagnostic.ts';
import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import { createLiquidEnvironment } from '../../liquid/liquid-environment.ts';
import type { Pack } from '../../pack/pack.ts';
import type { ValueMap } from '../../pack/values.ts';
import type { TemplateSource } from '../../template/template-source.ts';
import { foreignManifest } from '../foreign-manifest.ts';
import type { ForeignRun, ForeignSource, ForeignTemplate } from '../foreign-template.ts';
import { renderLiquid, renderLiquidPath } from '../liquid-text.ts';
import { defineVariables, projectNameFor } from './define-variables.ts';
import { judgeHooks } from './judge-hooks.ts';
import { findUnreadable, isIgnored, isIncluded, listFiles, mergeLists } from './list-files.ts';
import { holds, makeContext } from './make-context.ts';
import { type CargoConfig, type FileLists, readConfig } from './read-config.ts';
import { translateCargoGenerate } from './translate.ts';

/** Makes a pack of a template of cargo-generate. @throws PacksmithError `MANIFEST_INVALID` with all findings. */
export function decodeCargoGenerate(source: ForeignSource): Pick<Pack, 'manifest'> & { readonly foreign: ForeignTemplate } {
  const { files, reference } = source;
  const config = readConfig(files);
  const templates = listFiles(files, config);
  const { parse } = createLiquidEnvironment({ now: '' });
  const unreadable = parse === undefined ? new Map() : findUnreadable(templates, config, parse);
  const findings = [...config.diagnostics, ...judgeHooks(files, config), ...unreadable.values()];
  if (hasErrors(findings)) {
    throw new PacksmithError('MANIFEST_INVALID', `the cargo-generate template ${reference} cannot be used as it is`, {
      diagnostics: findings,
    });
  }
  const { variables, conditions } = defineVariables(files, config);
  const decide = makeDecide(config, new Set(unreadable.keys()));
  return {
    manifest: foreignManifest(source, { description: `A cargo-generate template: ${reference}`, variables }),
    foreign: {
      kind: 'cargo-generate',
      answersKey: 'values',
      templates,
      remarks: findings,
      ...(parse && {
        translate: (id) =>
          translateCargoGenerate(id, { source, config, variables, templates, unreadable: new Set(unreadable.keys()), parse }),
      }),
      makeEnvironment: ({ now, hash }) => createLiquidEnvironment({ now, hash }),
      makeContext: (answers, _scope, environment, budget) => makeContext(config, { answers, environment, budget }),
      refine: (definition, { answers, scope, environment, budget }) => {
        if (definition.name === 'project-name')
          return { definition: { ...definition, default: projectNameFor(scope.directory) }, applies: true };
        const condition = conditions.get(definition.name);
        const context = makeContext(config, { answers, environment, budget });
        return { definition, applies: condition === undefined || holds(condition, { context, environment, budget }) };
      },
      textsOf: (name) => [conditions.get(name) ?? ''],
      expand: decide,
      renderText: renderLiquid,
      planHooks: () => [],
    },
  };
}

/** What of a template is used with the answers at hand; decided once for each context. */
function makeDecide(config: CargoConfig, unreadable: ReadonlySet<string>): NonNullable<ForeignTemplate['expand']> {
  const decided = new WeakMap<ValueMap, FileLists>();
  return ({ name, outputTemplate = '' }: TemplateSource, run) => {
    const lists = decided.get(run.context) ?? listsFor(config, run);
    decided.set(run.context, lists);
    if (isIgnored(name, lists.ignore)) return [];
    const path = renderLiquidPath(outputTemplate, { ...run, name: `${name} (path)` });
    return [{ path, context: run.context, isRendered: isIncluded(name, lists) && !unreadable.has(name) }];
  };
}

function listsFor({ lists, conditionals }: CargoConfig, run: ForeignRun): FileLists {
  return mergeLists(
    lists,
    conditionals.filter(({ expression }) => holds(expression, run)).map((conditional) => conditional.lists),
  );
}
