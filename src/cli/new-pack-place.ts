import { relative, resolve } from 'node:path';
import type { CommandContext, CommandResult } from './command.ts';

/** The directory of a new pack; absolute. */
export function directoryOf(id: string, given: string | undefined, { workingDirectory }: Pick<CommandContext, 'workingDirectory'>): string {
  return resolve(workingDirectory, given ?? id.slice(id.indexOf('/') + 1));
}

/** What to do with a new pack. */
export function nextCommands(
  directory: string,
  { workingDirectory }: Pick<CommandContext, 'workingDirectory'>,
): Pick<CommandResult, 'next'> {
  const shown = `./${relative(workingDirectory, directory).replaceAll('\\', '/')}`;
  const reference = shown.startsWith('./..') ? directory : shown;
  return { next: [`packs test ${reference}`, `packs generate ${reference} DIR`] };
}
