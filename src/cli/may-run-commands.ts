import { isAbsolute, relative } from 'node:path';
import type { Pack } from '../core/pack/pack.ts';
import type { NodePorts } from '../node-ports.ts';
import type { CommandContext } from './command.ts';

export interface CommandsWish {
  /** Of the pack, absolute. */
  readonly directory: string;
  readonly flags: { readonly trust: boolean; readonly 'skip-commands': boolean };
}

/**
 * Whether the commands of a pack's test cases may be run: of one's own packs, and of those that are trusted at exactly this content. What is installed
 * is nobody's own, also where the store is below the working directory.
 */
export function judgeCommands(
  pack: Pack,
  { directory, flags }: CommandsWish,
  world: { readonly context: CommandContext; readonly ports: Pick<NodePorts, 'config'> },
): 'run' | 'skip' | 'refuse' {
  if (flags['skip-commands']) return 'skip';
  const way = relative(world.context.workingDirectory, directory);
  const isOwn =
    pack.provenance.kind !== 'installed' &&
    !isAbsolute(way) &&
    !way.split(/[\\/]/).some((part) => part === '..' || part === 'node_modules');
  const { id } = pack.manifest;
  const isTrusted = world.ports.config.trustedPacks.some((trusted) => trusted.id === id && trusted.integrity === pack.integrity);
  return isOwn || flags.trust || isTrusted ? 'run' : 'refuse';
}
