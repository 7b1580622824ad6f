import { planRegeneration } from '../../ops/project/regenerate-project.ts';
import { applyChange } from '../apply-change.ts';
import type { RunCommand } from '../command.ts';
import { definedOnly } from '../defined-only.ts';
import { openFormatter } from '../formatter-consent.ts';
import { projectOptions } from '../prepare-generation.ts';
import { repeatCommand } from '../repeat-command.ts';
import { regenerateSpec } from '../specs/compose.ts';

export const runRegenerate: RunCommand<typeof regenerateSpec> = async ({ flags, positionals }, context) => {
  const { ports, project, directory } = await context.openProject({ mayAsk: true });
  const request = {
    ...(await projectOptions(flags, context, ports)),
    ...(flags.format ? { formatter: await openFormatter({ ports, project, isTrusted: flags.trust }, context) } : {}),
    preserve: flags.preserve,
    onConflict: flags.conflict ?? 'markers',
    ...definedOnly({ template: flags.template }),
  } as const;
  const preview = await planRegeneration(request, { ...ports, project });
  const commandLine = repeatCommand({ spec: regenerateSpec, positionals, flags, preview });
  return applyChange({ preview, ports, project, directory, commandLine, flags }, context);
};
