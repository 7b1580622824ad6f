import type { AuthoringPorts, NodePorts } from '../node-ports.ts';
import type { CommandContext } from './command.ts';

/** The real world of a command that makes packs or hands them on. @throws PacksmithError `CONFIG_INVALID`. */
export async function openAuthorPorts(
  context: Pick<CommandContext, 'openPorts'>,
  wish?: { readonly mayAsk: boolean },
): Promise<NodePorts & AuthoringPorts> {
  const ports = await context.openPorts(wish);
  return { ...ports, ...(await ports.openAuthoring()) };
}
