import type { LoadOptions } from '../ops/packs/load-named-pack.ts';
import type { CommandContext } from './command.ts';

/** How a command looks for the packs that it names. */
export function loadOptionsOf({ workingDirectory, globals, signal }: CommandContext): Required<LoadOptions> {
  return { workingDirectory, offline: globals.offline, signal };
}
