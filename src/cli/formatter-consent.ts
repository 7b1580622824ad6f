import type { TrustedFormatter } from '../core/manifest/user-config.ts';
import { formatArguments } from '../core/text/format-arguments.ts';
import type { NodePorts } from '../node-ports.ts';
import type { Formatter } from '../ports/formatter.ts';
import type { ProjectDir } from '../ports/project-dir.ts';
import { askConsent } from './ask-consent.ts';
import type { CommandContext } from './command.ts';

export interface FormatterSettings {
  readonly ports: Pick<NodePorts, 'openFormatter' | 'config' | 'prompter'>;
  readonly project: Pick<ProjectDir, 'root'>;
  /** `--trust` was given. */
  readonly isTrusted: boolean;
}

/**
 * A formatter that runs a command of packsmith.toml only where this user agreed to it as it stands there: when asked, by `--trust`, or by the settings
 * of this machine, for this directory. The file comes with a repository, so that it says nothing of who wrote it.
 */
export async function openFormatter(settings: FormatterSettings, context: CommandContext): Promise<Formatter> {
  const formatter = await settings.ports.openFormatter();
  const replies = new Map<string, Promise<boolean>>();
  let last: Promise<unknown> = Promise.resolve();
  const isAgreed = (run: readonly string[]): Promise<boolean> => {
    const key = JSON.stringify(run);
    const known = replies.get(key);
    if (known !== undefined) return known;
    // One question at a time.
    const reply = last.then(() => ask(run, settings, context));
    last = reply.catch(() => undefined);
    replies.set(key, reply);
    return reply;
  };
  return {
    format: async (request) => {
      if (await isAgreed(request.formatter.run)) return formatter.format(request);
      return { kind: 'failed', reason: 'nobody agreed that it runs (`--trust` agrees)' };
    },
  };
}

async function ask(run: readonly string[], { ports, project, isTrusted }: FormatterSettings, context: CommandContext): Promise<boolean> {
  const { config, prompter } = ports;
  const isSame = (trusted: TrustedFormatter): boolean =>
    trusted.directory === project.root && JSON.stringify(trusted.run) === JSON.stringify(run);
  if (isTrusted || config.trustedFormatters.some(isSame)) return true;
  if (prompter === undefined) return false;
  context.note(
    ({ style }) => `packsmith.toml names a formatter, which runs only with your consent\n      ${style.bold(formatArguments(run))}\n`,
  );
  return askConsent('Run this formatter?', prompter, context.signal);
}
