import type { NodePorts } from '../node-ports.ts';
import { clearBeforePrompts } from './clear-before-prompts.ts';
import type { Host } from './host.ts';
import type { Progress } from './terminal-progress.ts';

export interface OpenPortsSettings {
  readonly host: Host;
  readonly workingDirectory: string;
  readonly reporter: Progress;
  /** Whether a person sits at the terminal and the command may have a question. */
  readonly mayAsk: boolean;
}

/** The real world of a command. @throws PacksmithError `CONFIG_INVALID`. */
export async function openPorts({ host, workingDirectory, reporter, mayAsk }: OpenPortsSettings): Promise<NodePorts> {
  const { createNodePorts, openPrompter } = await import('../node-ports.ts');
  const { version, packageRoot, env, directories, home } = host;
  const prompter = mayAsk ? await openPrompter(host.openPromptStreams()) : undefined;
  const asking = prompter && clearBeforePrompts(reporter, prompter);
  return createNodePorts({ version, packageRoot, workingDirectory, directories, env, home, reporter, prompter: asking });
}
