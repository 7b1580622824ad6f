import { isPackName } from '../../core/pack/pack-name.ts';
import { isVersion } from '../../core/pack/versions.ts';
import { diffPacks } from '../../ops/packs/diff-packs.ts';
import type { RunCommand } from '../command.ts';
import { formatJson } from '../envelope.ts';
import { loadOptionsOf } from '../load-options.ts';
import type { diffSpec } from '../specs/discover.ts';
import { viewPackDiff } from '../views/pack-diff.ts';

export const runDiff: RunCommand<typeof diffSpec> = async ({ flags, positionals }, context) => {
  const ports = await context.openPorts();
  const difference = await diffPacks({ ...readReferences(positionals), ...loadOptionsOf(context) }, ports);
  const { variables, templates, format } = flags;
  return {
    data: difference,
    view: (terminal) => (format === 'json' ? formatJson(difference) : viewPackDiff(difference, { variables, templates }, terminal)),
  };
};

/** `ID V1 V2`, `ID V1` (against what is newest), or two references. */
function readReferences([first = '', second = '', third]: readonly string[]): { readonly before: string; readonly after: string } {
  if (third !== undefined) return { before: `${first}@${second}`, after: `${first}@${third}` };
  return isPackName(first) && isVersion(second) ? { before: `${first}@${second}`, after: first } : { before: first, after: second };
}
