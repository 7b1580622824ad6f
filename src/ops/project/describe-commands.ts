import type { PlannedHook } from '../../core/plan/generation-plan.ts';
import { hookArguments } from '../../core/plan/hook-arguments.ts';
import { formatArguments } from '../../core/text/format-arguments.ts';
import type { RanCommand, TransactionRecord } from '../../ports/project-dir.ts';

/** The command of a hook, as the undo log has it. */
export function toRanCommand(hook: PlannedHook): RanCommand {
  return { pack: hook.pack, name: hook.name, run: hookArguments(hook) };
}

/** What to say of a change that goes back: what its commands did stays. */
export function describeRan({ commands = [] }: Pick<TransactionRecord, 'commands'>): string[] {
  return commands.length === 0 ? [] : [`commands ran with the change, and what they did is not taken back: ${nameCommands(commands)}`];
}

/** What a change that was taken back may have left through its commands, newest change first; `undefined` where there was none. */
export function describeLeft([newest, ...earlier]: readonly TransactionRecord[]): string | undefined {
  const { commands } = (newest?.operation === 'undo' ? earlier.find((record) => record.commands !== undefined) : undefined) ?? {};
  return commands && `what is there may be left of commands that ran here with a change that was taken back: ${nameCommands(commands)}`;
}

/** What is to be done where the project is written, and these hooks are not at their end. */
export function describeByHand(hooks: readonly PlannedHook[]): string {
  const script = hooks.find((hook) => hook.script !== undefined);
  const undo = 'take the project back with `packs undo`, which leaves what hooks did';
  if (script !== undefined)
    return `the project is written, but the hook "${script.name}" of ${script.pack} is a script that is not in it: ${undo}, and give the command again`;
  return `the project is written; run ${hooks.map(({ run }) => shorten(run)).join(', then ')} in it by hand, or ${undo}`;
}

const NAMED = 5;

function nameCommands(commands: readonly RanCommand[]): string {
  const each = commands.slice(0, NAMED).map(({ pack, name, run }) => `"${name}" of ${pack} (${shorten(run)})`);
  const more = commands.length - NAMED;
  return `${each.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const LONGEST = 200;

function shorten(run: readonly string[]): string {
  const line = formatArguments(run);
  return `\`${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line}\``;
}
