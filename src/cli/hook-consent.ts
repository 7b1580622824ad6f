import type { TrustedPack } from '../core/manifest/user-config.ts';
import type { PlannedHook } from '../core/plan/generation-plan.ts';
import type { Prompter } from '../ports/prompter.ts';
import { askConsent } from './ask-consent.ts';
import type { CommandContext } from './command.ts';
import { viewHooks } from './views/plan.ts';

export interface ConsentSettings {
  readonly hooks: readonly PlannedHook[];
  /** `--trust` was given. */
  readonly isTrusted: boolean;
  readonly trustedPacks: readonly TrustedPack[];
  /** Absent where nobody can be asked. */
  readonly prompter: Prompter | undefined;
}

/**
 * The hooks that may run: those of packs that are trusted at exactly this content, and the others if a person who was shown each of them agrees.
 * Without a terminal nobody can agree. `--yes` is no consent.
 * @throws PacksmithError `CANCELLED` where somebody gives up at the question.
 */
export async function consentToHooks(
  { hooks, isTrusted, trustedPacks, prompter }: ConsentSettings,
  context: CommandContext,
): Promise<readonly PlannedHook[]> {
  const trusted = hooks.filter(
    (hook) => isTrusted || trustedPacks.some(({ id, integrity }) => id === hook.pack && integrity === hook.integrity),
  );
  const others = hooks.filter((hook) => !trusted.includes(hook));
  if (others.length === 0) return hooks;
  if (prompter === undefined) return trusted;
  context.note(({ style }) => `${viewHooks(others, style)}\n`);
  return (await askConsent('Run these hooks?', prompter, context.signal)) ? hooks : trusted;
}
