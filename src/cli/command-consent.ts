import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import { editUserConfig } from '../core/manifest/edit-user-config.ts';
import type { Pack } from '../core/pack/pack.ts';
import { formatArguments } from '../core/text/format-arguments.ts';
import { stripControlLine } from '../core/text/strip-control.ts';
import type { NodePorts } from '../node-ports.ts';
import type { AskAboutCommands, CommandOfCase } from '../ops/author/test-pack.ts';
import { trustOwn } from '../ops/packs/manage-trust.ts';
import type { CommandContext } from './command.ts';

export interface CommandConsentSettings {
  /** `--trust` was given. */
  readonly isTrusted: boolean;
  readonly ports: Pick<NodePorts, 'config' | 'configFile' | 'files' | 'prompter'>;
}

export interface TestedPack {
  readonly pack: Pack;
  /** Absolute. */
  readonly directory: string;
}

/** Who agrees to the commands of the test cases of a pack. */
export type CommandConsent = (tested: TestedPack) => AskAboutCommands;

type Verdict = Awaited<ReturnType<AskAboutCommands>>;

/**
 * The commands of test cases run only where this user agreed: when asked, by `--trust`, or by the settings of this machine, which name the pack at
 * exactly this content, or as the user's own work in this directory. That a pack stands below the working directory says nothing of who wrote it.
 * What was agreed to once holds until the program ends.
 */
export function openCommandConsent(settings: CommandConsentSettings, context: CommandContext): CommandConsent {
  const replies = new Map<string, Verdict>();
  return (tested) => async (commands) => {
    if (isKnown(tested, settings)) return 'run';
    const key = JSON.stringify([tested.directory, commands]);
    const reply = replies.get(key) ?? (await ask(commands, tested, { settings, context }));
    replies.set(key, reply);
    return reply;
  };
}

function isKnown({ pack, directory }: TestedPack, { isTrusted, ports: { config } }: CommandConsentSettings): boolean {
  const { id } = pack.manifest;
  return (
    isTrusted ||
    config.trustedPacks.some((trusted) => trusted.id === id && trusted.integrity === pack.integrity) ||
    config.ownPacks.some((own) => own.id === id && own.directory === directory)
  );
}

/** Nobody works on a pack in an archive, a repository elsewhere or the store. */
export function isFolder({ provenance }: Pack): boolean {
  return FOLDERS.includes(provenance.kind);
}

const FOLDERS: readonly Pack['provenance']['kind'][] = ['project', 'directory', 'local'];

interface Asking {
  readonly settings: CommandConsentSettings;
  readonly context: CommandContext;
}

async function ask(commands: readonly CommandOfCase[], tested: TestedPack, { settings, context }: Asking): Promise<Verdict> {
  const { prompter } = settings.ports;
  if (prompter === undefined) return 'refuse';
  const { id } = tested.pack.manifest;
  context.note(({ style }) => {
    const lines = commands.map(({ file, run }) => `      ${style.bold(formatArguments(run))}  ${style.dim(file)}\n`);
    return `the test cases of ${id} run commands, which needs your consent\n${lines.join('')}`;
  });
  const options = [
    { value: 'skip', label: 'No, leave them out' },
    { value: 'once', label: 'Yes, this time' },
    ...(isFolder(tested.pack)
      ? [{ value: 'own', label: `Yes, always: ${id} is my own work`, hint: stripControlLine(tested.directory) }]
      : []),
  ];
  const reply = await prompter.ask({ kind: 'select', message: 'Run these commands?', options, initial: 'skip' }, context.signal);
  if (reply.kind !== 'answer') throw new PacksmithError('CANCELLED', 'cancelled: no command was run');
  if (reply.value === 'own') remember(tested, settings);
  return reply.value === 'skip' ? 'skip' : 'run';
}

function remember({ pack, directory }: TestedPack, { ports: { config, configFile, files } }: CommandConsentSettings): void {
  const { edits } = trustOwn({ id: pack.manifest.id, directory }, config);
  files.write(configFile, editUserConfig(files.read(configFile) ?? '', edits, configFile));
}
