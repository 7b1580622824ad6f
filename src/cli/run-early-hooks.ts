import { describeHookOutput } from '../core/diagnostics/hook-output.ts';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import type { Pack } from '../core/pack/pack.ts';
import type { PlannedHook } from '../core/plan/generation-plan.ts';
import type { NodePorts } from '../node-ports.ts';
import type { LoadedPack } from '../ops/project/loaded-pack.ts';
import { runHook } from '../ops/project/run-hook.ts';
import type { CommandContext } from './command.ts';
import { consentToHooks } from './hook-consent.ts';

interface EarlyHooks {
  /** Runs what the packs have to run before their questions, each once. @throws PacksmithError `HOOK_FAILED`. */
  readonly run: (packs: readonly LoadedPack[]) => Promise<void>;
  /** Whether a person decided about a hook already. */
  readonly isSettled: (hook: PlannedHook) => boolean;
}

/** Hooks that run before anything is asked, in a copy of their template, with the consent that all hooks need. */
export function earlyHooks(isTrusted: boolean, ports: NodePorts, context: CommandContext): EarlyHooks {
  const settled = new Set<string>();
  const keyOf = ({ pack, name }: PlannedHook): string => `${pack} ${name}`;
  const { trustedPacks } = ports.config;
  const run = async (packs: readonly LoadedPack[]): Promise<void> => {
    for (const { pack } of packs) {
      const hooks = (pack.foreign?.earlyHooks?.() ?? []).filter((hook) => !settled.has(keyOf(hook)));
      if (hooks.length === 0) continue;
      const consented = await consentToHooks({ hooks, isTrusted, trustedPacks, prompter: ports.prompter }, context);
      // Where nobody could be asked, the plan says that it does not run.
      const decided = ports.prompter === undefined ? consented : hooks;
      for (const hook of decided) settled.add(keyOf(hook));
      if (consented.length > 0) await runInCopy(consented, pack, ports, context);
    }
  };
  return { run, isSettled: (hook) => settled.has(keyOf(hook)) };
}

async function runInCopy(consented: readonly PlannedHook[], { files }: Pack, ports: NodePorts, context: CommandContext): Promise<void> {
  const { scratch } = await ports.openTrials();
  const copy = await scratch.open('template');
  try {
    await copy.write(files);
    for (const hook of consented) await runOne(hook, copy.project.root, ports, context);
  } finally {
    await copy.dispose();
  }
}

async function runOne(hook: PlannedHook, directory: string, { hooks, reporter }: NodePorts, { signal }: CommandContext): Promise<void> {
  const [missing] = hooks.findMissing([hook]);
  const hint = 'nothing was written; `--skip-hooks` leaves the hooks out';
  if (missing !== undefined)
    throw new PacksmithError('HOOK_FAILED', `${missing} is not installed, and ${hook.name} needs it: nothing was written`, {
      hint: 'install it, or leave the hooks out with `--skip-hooks`',
    });
  reporter.report({ kind: 'hook-started', pack: hook.pack, name: hook.name });
  const { result, exitCode, output } = await runHook(hook, { directory, signal, hint: 'nothing was written' }, hooks);
  if (result === 'done') return;
  const end = result === 'timed-out' ? 'took too long' : `failed with exit code ${exitCode ?? 'none'}`;
  throw new PacksmithError('HOOK_FAILED', `the hook "${hook.name}" of ${hook.pack} ${end}`, {
    hint,
    diagnostics: describeHookOutput(output),
  });
}
