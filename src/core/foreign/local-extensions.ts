import type { JinjaEnvironmentOptions } from '../jinja/environment.ts';
import { type ExtensionSet, isKnownExtension, missingFilterAdvice } from '../jinja/extensions/extension-set.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import type { FileTree } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import type { ExtensionPlace, ReadFile } from './extension-code.ts';

/** Where an extension of a cookiecutter template stands in it: its folder is one in which Python looks for modules. `undefined` for another. */
export function findLocal(name: string, readFile: ReadFile): ExtensionPlace | undefined {
  const [, module, type] = /^([\w.]+)[.:](\w+)$/.exec(name) ?? [];
  if (module === undefined || type === undefined || isKnownExtension(name)) return undefined;
  const path = module.replaceAll('.', '/');
  const file = [`${path}/__init__.py`, `${path}.py`].find((each) => readFile(each) !== undefined);
  return file === undefined ? undefined : { file, type };
}

/** Reads the texts of a template whose files stand in a folder. */
export function readerIn(files: FileTree, folder = ''): ReadFile {
  return (path) => {
    const entry = files.get(`${folder}${path}` as ProjectPath);
    return entry === undefined ? undefined : decodeUtf8(entry.content);
  };
}

/** What reads the Python of extensions: a lot of code, which is loaded for templates that have some. */
export type CodeReader = typeof import('./extension-code.ts');

interface LocalFacts {
  readonly now: string;
  readonly readFile: ReadFile;
  readonly code: CodeReader | undefined;
  /** Why one that stands in the template is not read. */
  readonly problem: string | undefined;
}

/** What extensions bring to an environment, with those that stand in the template itself. */
export function withLocal(
  { filters, functions, ...set }: ExtensionSet,
  names: readonly string[],
  { now, readFile, code, problem }: LocalFacts,
): Pick<JinjaEnvironmentOptions, 'filters' | 'tests' | 'functions' | 'missingFilter'> {
  const missingFilter = problem === undefined ? set.missingFilter : missingFilterAdvice(problem);
  if (code === undefined || names.length === 0) return { filters, functions, missingFilter };
  const places = names.flatMap((name) => findLocal(name, readFile) ?? []);
  const own = code.loadCode(places, { now, readFile });
  return {
    filters: new Map([...filters, ...own.filters]),
    tests: own.tests,
    missingFilter,
    functions: (runtime, template) => new Map([...functions(runtime, template), ...code.globalsFor(own, runtime)]),
  };
}
