import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import { createEnvironment, type JinjaEnvironment, type JinjaEnvironmentOptions, type MakeFunctions } from '../../jinja/environment.ts';
import { type ExtensionSet, loadExtensions, missingFilterAdvice } from '../../jinja/extensions/extension-set.ts';
import { TemplateFault } from '../../jinja/fault.ts';
import type { JinjaSettings } from '../../jinja/settings.ts';
import type { ForeignScope } from '../foreign-template.ts';
import { type CodeReader, readOwn } from './code-reader.ts';
import type { CodeFacts, ExtensionCode, ReadFile } from './extension-code.ts';
import { isOwnExtension } from './own-extensions.ts';

/** What a template says of the language that it is written in. */
export interface Extended {
  readonly settings: JinjaSettings;
  /** The names of its extensions; those that stand in the template itself with their files. */
  readonly extensions: readonly string[];
  readonly id: string;
  /** Reads the files of which extensions consist. */
  readonly readFile: ReadFile;
  /** The folder of the template that its files are rendered in, where that is one. */
  readonly folder?: string | undefined;
  readonly loadTemplate: NonNullable<JinjaEnvironmentOptions['loadTemplate']>;
  /** What reads those that stand in the template itself, where there are some. */
  readonly code: CodeReader | undefined;
  /** Why one that stands in it is not read. */
  readonly extensionProblem?: string | undefined;
  /** What the tool itself has besides. */
  readonly functions?: MakeFunctions;
}

/**
 * The template language with the extensions of a template: those that are built in, and those that stand in it, which are read.
 * @throws PacksmithError `TEMPLATE_FAILED` for one that is neither, or cannot be read
 */
export function extendedEnvironment(extended: Extended, { now, hash }: ForeignScope): JinjaEnvironment {
  const { settings, extensions, id, readFile, folder, loadTemplate, code, extensionProblem: problem, functions: ofTool } = extended;
  const seed = `${now}\n${id}`;
  const known = knownExtensions(extended, { now, seed });
  const own = readCode(extensions, { now, readFile, folder, chance: { seed, hash } }, code);
  return createEnvironment({
    settings,
    hash,
    filters: new Map([...known.filters, ...(own?.filters ?? [])]),
    tests: own?.tests ?? new Map(),
    missingFilter: problem === undefined ? known.missingFilter : missingFilterAdvice(problem),
    functions: (runtime, template) =>
      new Map([...(ofTool?.(runtime, template) ?? []), ...known.functions(runtime, template), ...(own?.globals(runtime) ?? [])]),
    changeContext: own?.changeContext,
    loadTemplate,
  });
}

function knownExtensions({ extensions, id }: Extended, facts: { readonly now: string; readonly seed: string }): ExtensionSet {
  const known = loadExtensions(
    extensions.filter((name) => !isOwnExtension(name)),
    facts,
  );
  const [unknown] = known.unknown;
  if (unknown === undefined) return known;
  const message = `${id} names the extension ${JSON.stringify(unknown)}, which is not known`;
  throw new PacksmithError('TEMPLATE_FAILED', message, { where: { file: 'pack.toml' } });
}

function readCode(names: readonly string[], facts: CodeFacts, code: CodeReader | undefined): ExtensionCode | undefined {
  try {
    return readOwn(names, facts, code);
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error;
    throw new PacksmithError(error.code, error.message, error.hint === undefined ? {} : { hint: error.hint });
  }
}
