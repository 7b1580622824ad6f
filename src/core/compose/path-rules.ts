import type { MergeMode, ProjectMerge, ProjectMergeRule } from '../manifest/project-manifest.ts';
import type { PackName } from '../pack/pack-name.ts';
import { compileGlob, isGlob } from '../text/glob.ts';
import type { ProjectPath } from '../tree/project-path.ts';

/** What the rules say of one path, and which rule said it. */
export interface Ruling {
  readonly action: MergeMode;
  readonly prefer: PackName | undefined;
  /** The glob that decided, or `default`. */
  readonly by: string;
}

/** Finds the ruling for paths: an exact path before any glob, then the glob with more literal characters, then the later rule. */
export function compileRules({ mode, rules }: ProjectMerge): (path: ProjectPath) => Ruling {
  const compiled = sortRules(rules).map((rule) => ({ rule, glob: compileGlob(rule.path) }));
  return (path) => {
    const found = compiled.find(({ glob }) => glob.matches(path))?.rule;
    if (found === undefined) return { action: mode, prefer: undefined, by: 'default' };
    return { action: found.action, prefer: found.prefer, by: found.path };
  };
}

/** The rules so that the first that matches a path decides. */
export function sortRules(rules: readonly ProjectMergeRule[]): readonly ProjectMergeRule[] {
  const weighed = rules.map((rule, index) => ({ rule, index, weight: specificity(rule.path) }));
  return weighed.sort((a, b) => b.weight - a.weight || b.index - a.index).map(({ rule }) => rule);
}

function specificity(pattern: string): number {
  return isGlob(pattern) ? pattern.replace(/[*?[\]{}]/g, '').length : Number.MAX_SAFE_INTEGER;
}
