import { findPathProblem } from '../tree/project-path.ts';
import type { KeyPath } from './key-path.ts';
import type { Problems } from './problems.ts';
import { maskTemplate } from './text-templates.ts';

/** Checks a path that may be a template: what is written plainly must not be able to leave the project. What it renders to is checked again then. */
export function checkPathTemplate(path: KeyPath, text: string, problems: Problems): void {
  report(path, text, maskTemplate(text), problems);
}

/** Checks a path or glob; the characters of globs are allowed. */
export function checkGlob(path: KeyPath, text: string, problems: Problems): void {
  report(path, text, text.replace(/\[[^/\]]*\]/g, 'x').replaceAll(/[*?{},]/g, 'x'), problems);
}

/** Checks a plain path below the pack or the project. */
export function checkPath(path: KeyPath, text: string, problems: Problems): void {
  report(path, text, text, problems);
}

/** Checks a plain path that may end in "/" for a directory. */
export function checkPathOrDirectory(path: KeyPath, text: string, problems: Problems): void {
  report(path, text, text.endsWith('/') ? text.slice(0, -1) : text, problems);
}

function report(path: KeyPath, text: string, judged: string, problems: Problems): void {
  const reason = findPathProblem(judged);
  if (reason !== undefined) problems.unsafePath(path, text, reason);
}
