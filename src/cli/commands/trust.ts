import { resolve } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { editUserConfig } from '../../core/manifest/edit-user-config.ts';
import type { NodePorts } from '../../node-ports.ts';
import { loadNamedPack } from '../../ops/packs/load-named-pack.ts';
import { distrust, listTrust, type TrustChange, trustOwn, trustPack, trustPublisher } from '../../ops/packs/manage-trust.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import { isFolder } from '../command-consent.ts';
import type { CommandInput } from '../command-spec.ts';
import { loadOptionsOf } from '../load-options.ts';
import type { trustSpec } from '../specs/trust.ts';
import { viewTrust, viewTrustChange } from '../views/trust.ts';

export const runTrust: RunCommand<typeof trustSpec> = async (input, context) => {
  const [action = '', name] = input.positionals;
  checkArguments(input);
  const ports = await context.openPorts();
  const { config, configFile, files, signer } = ports;
  if (action === 'list' || name === undefined) {
    const trust = listTrust(config, signer.tools);
    return { data: trust, view: (terminal) => viewTrust(trust, terminal), next: ['packs trust add NAME'] };
  }
  const change = action === 'remove' ? distrust({ name }, config, signer.tools) : await add(name, { input, context, ports });
  files.write(configFile, editUserConfig(files.read(configFile) ?? '', change.edits, configFile));
  const { packs, own, publishers } = change;
  return {
    data: { action, packs, own, publishers, path: configFile },
    view: (terminal) => viewTrustChange(action === 'remove' ? 'remove' : 'add', change, terminal),
    next: ['packs trust list'],
  };
};

interface Adding {
  readonly input: CommandInput<typeof trustSpec>;
  readonly context: CommandContext;
  readonly ports: NodePorts;
}

function add(name: string, { input, context, ports }: Adding): TrustChange | Promise<TrustChange> {
  const { key, for: packs, own } = input.flags;
  const { config, signer, files } = ports;
  if (own) return addOwn(name, { context, ports });
  if (key === undefined) return trustPack({ reference: name, ...loadOptionsOf(context) }, config, ports);
  const isLine = /^(?:ssh-ed25519\s|[A-Za-z0-9+/]{43}=$)/.test(key.trim());
  const text = isLine ? key : files.read(resolve(context.workingDirectory, key));
  if (text === undefined)
    throw new PacksmithError('FILE_NOT_FOUND', `there is no file ${key}`, { hint: 'give a file, or the key itself: `ssh-ed25519 …`' });
  return trustPublisher({ name, key: text, packs }, config, signer.tools);
}

async function addOwn(name: string, { context, ports }: Omit<Adding, 'input'>): Promise<TrustChange> {
  const { pack, directory } = await loadNamedPack(name, loadOptionsOf(context), ports);
  if (!isFolder(pack))
    throw new PacksmithError('INVALID_ARGUMENTS', `${name} is no directory that you could work on a pack in`, {
      hint: 'give the directory, such as `packs trust add ./my-pack --own`',
    });
  return trustOwn({ id: pack.manifest.id, directory }, ports.config);
}

function checkArguments({ flags, positionals }: CommandInput<typeof trustSpec>): void {
  const [action = '', ...rest] = positionals;
  const wanted = action === 'list' ? 0 : 1;
  if (rest.length !== wanted) {
    const message = `\`packs trust ${action}\` takes ${wanted === 0 ? 'nothing' : 'one name'} more`;
    throw new PacksmithError('INVALID_ARGUMENTS', message, {
      hint: wanted === 0 ? 'write `packs trust list`' : `write \`packs trust ${action} NAME\``,
    });
  }
  if (action !== 'add' && flags.key !== undefined) throw new PacksmithError('INVALID_ARGUMENTS', '--key goes with `packs trust add`');
  if (flags.own && (action !== 'add' || flags.key !== undefined))
    throw new PacksmithError('INVALID_ARGUMENTS', '--own goes with `packs trust add DIR`, without --key');
  if (flags.key === undefined && flags.for.length > 0) throw new PacksmithError('INVALID_ARGUMENTS', '--for goes with --key');
}
