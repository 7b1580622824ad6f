import { applyChange } from '../apply-change.ts';
import type { RunCommand } from '../command.ts';
import { noteDefaults } from '../note-defaults.ts';
import { prepareGeneration } from '../prepare-generation.ts';
import type { generateSpec } from '../specs/generate.ts';

export const runGenerate: RunCommand<typeof generateSpec> = async ({ flags, positionals }, context) => {
  const early = flags['dry-run'] || flags.diff ? undefined : { isTrusted: flags.trust };
  const prepared = await prepareGeneration({ flags, positionals, early }, context);
  const result = await applyChange({ ...prepared, flags }, context);
  noteDefaults(prepared.preview, flags, context);
  return result;
};
