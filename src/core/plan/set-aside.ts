import { BASELINE_PATH } from '../lockfile/lockfile.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import type { PlannedHook } from './generation-plan.ts';

/** A call of git that commits, or gets ready to: `git add .`, `["git", "commit"]`, `repo.git.add`. */
const COMMIT = /\bgit\b\W+(?:add|commit)\b/;

/**
 * What of packsmith's own records a hook should not meet: the one that is no text, since scripts of templates read every file of the project as
 * text. Scripts that commit what is there find it.
 */
export function setAsideFor({ stage, run, script }: PlannedHook): ProjectPath | undefined {
  const text = script?.text ?? (run.at(-2) === '-c' ? run.at(-1) : undefined);
  return stage === 'post_generate' && text !== undefined && !COMMIT.test(text) ? BASELINE_PATH : undefined;
}
