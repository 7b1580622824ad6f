import { describeHookOutput } from '../../core/diagnostics/hook-output.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { GenerationPlan, PlannedHook } from '../../core/plan/generation-plan.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { HookOutcome } from '../../ports/hook-runner.ts';
import type { Ports } from '../../ports/ports.ts';
import { toRanCommand } from './describe-commands.ts';
import { runHook } from './run-hook.ts';

export interface InstallPackagesRequest {
  /** The plan that was applied: package managers run for the manifests it concerns. */
  readonly plan: GenerationPlan;
  readonly signal?: AbortSignal;
  /** The id of the change that was applied, where there was one. */
  readonly transaction?: string;
}

/** Seconds. */
const TIME_LIMIT = 1_200;

/**
 * Runs the package manager of each ecosystem whose manifest is at the top of the project: npm, or the one that package.json names,
 * `pip` for pyproject.toml, `cargo fetch` for Cargo.toml.
 * @throws PacksmithError `INSTALL_FAILED` when one ends with an error; `INTERRUPTED`; the project stays as it is.
 */
export async function installPackages(
  { plan, signal, transaction }: InstallPackagesRequest,
  { project, hooks }: Pick<Ports, 'project' | 'hooks'>,
): Promise<HookOutcome[]> {
  const present = new Set<string>(plan.paths.filter(({ action }) => action !== 'delete').map(({ path }) => path));
  const commands: string[][] = [];
  if (present.has('package.json')) commands.push([await nodePackageManager(project), 'install']);
  if (present.has('pyproject.toml')) commands.push(['python3', '-m', 'pip', 'install', '--editable', '.']);
  if (present.has('Cargo.toml')) commands.push(['cargo', 'fetch']);
  const outcomes: HookOutcome[] = [];
  for (const run of commands) {
    const hook = asHook(run);
    const hint = `the project is written; run \`${run.join(' ')}\` in ${project.root} by hand`;
    if (transaction !== undefined && signal?.aborted !== true) await project.noteCommand(transaction, toRanCommand(hook));
    const outcome = await runHook(hook, { directory: project.root, hint, ...(signal && { signal }) }, hooks);
    outcomes.push(outcome);
    if (outcome.result === 'done') continue;
    throw new PacksmithError('INSTALL_FAILED', `\`${run.join(' ')}\` did not succeed in ${project.root}`, {
      hint,
      diagnostics: describeHookOutput(outcome.output),
    });
  }
  return outcomes;
}

/** What `packageManager` of package.json names, as Corepack reads it; npm otherwise. */
async function nodePackageManager(project: Ports['project']): Promise<string> {
  const text = decodeUtf8((await project.readFile('package.json' as ProjectPath)) ?? new Uint8Array());
  const named = /"packageManager"\s*:\s*"(npm|pnpm|yarn|bun)@/.exec(text ?? '')?.[1];
  return named ?? 'npm';
}

function asHook(run: readonly string[]): PlannedHook {
  return {
    pack: 'packsmith',
    integrity: '',
    stage: 'post_generate',
    name: 'install packages',
    run,
    timeout: TIME_LIMIT,
    continueOnError: false,
  };
}
