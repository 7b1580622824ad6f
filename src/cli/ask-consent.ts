import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import type { Prompter } from '../ports/prompter.ts';

/** Asks whether something that was shown may run. @throws PacksmithError `CANCELLED` where somebody gives up, or goes back: there is nothing before the question. */
export async function askConsent(message: string, prompter: Prompter, signal: AbortSignal): Promise<boolean> {
  const reply = await prompter.ask({ kind: 'confirm', message, initial: false }, signal);
  if (reply.kind !== 'answer') throw new PacksmithError('CANCELLED', 'cancelled: nothing was written');
  return reply.value === true;
}
