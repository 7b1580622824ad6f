import { resolve } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { requirePackName } from '../../ops/author/create-pack.ts';
import { applyImport, planImport } from '../../ops/author/import-pack.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command.ts';
import type { CommandInput } from '../command-spec.ts';
import { definedOnly } from '../defined-only.ts';
import { loadOptionsOf } from '../load-options.ts';
import { openAuthorPorts } from '../open-author-ports.ts';
import type { importSpec } from '../specs/publish.ts';
import { viewImport } from '../views/bundles.ts';

type Input = CommandInput<typeof importSpec>;

export const runImport: RunCommand<typeof importSpec> = async (input, context) => {
  const { flags, positionals } = input;
  if (flags.as !== undefined) return importAs(flags.as, input, context);
  if (flags.output !== undefined) {
    throw new PacksmithError('INVALID_ARGUMENTS', '`--output` goes with `--as`', {
      hint: 'a bundle is installed, not written to a directory',
    });
  }
  const ports = await openAuthorPorts(context);
  const { workingDirectory, signal } = context;
  const { integrity, verify: isCheckOnly } = flags;
  const [given = ''] = positionals;
  const file = resolve(workingDirectory, given);
  const planned = await planImport({ file, ...definedOnly({ integrity }) }, { ...ports, tools: ports.signer.tools });
  const stored = isCheckOnly ? [] : await applyImport(planned, ports, { signal });
  const { plan } = planned;
  return {
    data: { plan, integrity: planned.integrity, imported: stored },
    view: (terminal) => viewImport({ plan, integrity: planned.integrity, isCheckOnly, stored: stored.length }, terminal),
    next: isCheckOnly ? [`packs import ${given}`] : plan.requests.map((id) => `packs generate ${id} DIR`),
  };
};

/** A template of another tool becomes a pack. */
async function importAs(as: string, { flags, positionals }: Input, context: CommandContext): Promise<CommandResult> {
  if (flags.verify || flags.integrity !== undefined) {
    throw new PacksmithError('INVALID_ARGUMENTS', '`--verify` and `--integrity` are about bundles: leave them out with `--as`');
  }
  const id = requirePackName(as);
  const [reference = ''] = positionals;
  const given = flags.output ?? id.replace(/^@[^/]*\//, '');
  const ports = await openAuthorPorts(context);
  const { importTemplate } = await import('../../ops/author/import-template.ts');
  const { viewImportedTemplate } = await import('../views/imported-template.ts');
  const directory = resolve(context.workingDirectory, given);
  const imported = await importTemplate({ reference, id, directory, ...loadOptionsOf(context) }, ports);
  const place = /^[./~]/.test(given) ? given : `./${given}`;
  return {
    data: imported,
    view: (terminal) => viewImportedTemplate(imported, terminal),
    next: [`packs validate ${place}`, `packs generate ${place} DIR`],
  };
}
