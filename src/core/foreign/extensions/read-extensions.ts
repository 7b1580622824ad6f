import type { Diagnostic, SourcePosition } from '../../diagnostics/diagnostic.ts';
import { createBudget, DEFAULT_LIMITS } from '../../jinja/budget.ts';
import { remarkOnExtensions, standInFor } from '../../jinja/extensions/extension-set.ts';
import type { CodeReader } from './code-reader.ts';
import type { ReadFile } from './extension-code.ts';
import { isOwnExtension } from './own-extensions.ts';

/** An extension by the name that the template has for it, and by its file where it stands in the template. */
export interface NamedExtension {
  readonly name: string;
  readonly place: string;
}

export interface ExtensionsRequest {
  readonly readFile: ReadFile;
  /** Where they are named. */
  readonly where: SourcePosition;
  readonly code: CodeReader | undefined;
}

/** The extensions of a template that are there, and what is to be said of the others. */
export interface ReadExtensions {
  readonly extensions: readonly string[];
  /** Whether some are Python code that is not read: what they define is missing. */
  readonly isLacking: boolean;
  /** Why the first of those that stand in the template and are not read is not. */
  readonly problem: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the extensions that a template names: those that stand in it are tried, once. */
export function readExtensions(named: readonly NamedExtension[], { readFile, where, code }: ExtensionsRequest): ReadExtensions {
  const files = new Set<string>();
  const record: ReadFile = (path) => {
    const text = readFile(path);
    if (text !== undefined) files.add(path);
    return text;
  };
  const problemOf = code?.judgeCode(record, createBudget(DEFAULT_LIMITS));
  const judged = named.map((each) => ({ ...each, problem: isOwnExtension(each.place) ? problemOf?.(each.place) : null }));
  const own = judged.filter(({ problem }) => problem === undefined).map(({ place }) => place);
  const others = judged.filter(({ problem }) => problem !== undefined);
  const remarks = remarkOnExtensions(others.map(({ name, problem }) => [name, problem ?? undefined]));
  const warn = (remark: { readonly message: string; readonly suggestion: string }, place: SourcePosition): Diagnostic => ({
    code: 'FOREIGN_APPROXIMATED',
    severity: 'warning',
    ...remark,
    where: place,
  });
  const programs = own.length === 0 ? [] : (code?.findPrograms(files, readFile) ?? []);
  return {
    extensions: [...standInFor(others.map(({ name }) => name)), ...own],
    isLacking: remarks.length > 0,
    problem: others.map(({ problem }) => problem ?? undefined).find((problem) => problem !== undefined),
    diagnostics: [...remarks.map((remark) => warn(remark, where)), ...programs.map((place) => warn(PROGRAMS, place))],
  };
}

const PROGRAMS = {
  message: 'the extension looks for programs or for the network, of which none is found here: what it gives for want of them is given',
  suggestion: 'answer the questions whose defaults come from a program, such as a name that git knows',
};
