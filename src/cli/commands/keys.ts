import { resolve } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { OwnKey, Signer } from '../../ports/signer.ts';
import type { RunCommand } from '../command.ts';
import type { keysSpec } from '../specs/trust.ts';
import { viewKeys } from '../views/trust.ts';

export const runKeys: RunCommand<typeof keysSpec> = async ({ positionals }, context) => {
  const [action = '', name = '', file = ''] = positionals;
  checkArguments(positionals);
  const { signer } = await context.openPorts();
  if (action === 'list') {
    const keys = signer.list();
    const [first] = keys;
    const next = first === undefined ? 'packs keys generate NAME' : `packs publish --sign ${first.name}`;
    return { data: { keys }, view: (terminal) => viewKeys(keys, terminal), next: [next] };
  }
  const key = change(signer, { action, name, file: resolve(context.workingDirectory, file) });
  const next = action === 'remove' ? 'packs keys list' : `packs publish --sign ${name}`;
  return { data: { key }, view: (terminal) => viewKeys([key], terminal), next: [next] };
};

function change(signer: Signer, { action, name, file }: { readonly action: string; readonly name: string; readonly file: string }): OwnKey {
  if (action === 'generate') return signer.generate(name);
  return action === 'add' ? signer.add(name, file) : signer.remove(name);
}

function checkArguments([action = '', ...rest]: readonly string[]): void {
  const wanted = action === 'list' ? 0 : action === 'add' ? 2 : 1;
  if (rest.length === wanted) return;
  const form = ['packs keys', action, ...['NAME', 'FILE'].slice(0, wanted)].join(' ');
  throw new PacksmithError(
    'INVALID_ARGUMENTS',
    `\`packs keys ${action}\` takes ${['nothing', 'a name', 'a name and a file'][wanted]} more`,
    {
      hint: `write \`${form}\``,
    },
  );
}
