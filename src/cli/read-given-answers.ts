import { resolve } from 'node:path';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import type { GivenAnswers } from '../core/template/answers/answer-types.ts';
import { collectGiven } from '../core/template/answers/given-sources.ts';
import { parseVarsFile } from '../core/template/answers/vars-file.ts';
import type { NodePorts } from '../node-ports.ts';
import type { CommandContext } from './command.ts';

/**
 * The answers of the command line and the environment, strongest first.
 * @throws PacksmithError `VAR_FLAG_INVALID`, `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `VARS_FILE_INVALID` with all findings of all files.
 */
export function readGivenAnswers(
  flags: { readonly var: readonly string[]; readonly 'vars-file': readonly string[] },
  { workingDirectory, environment }: Pick<CommandContext, 'workingDirectory' | 'environment'>,
  { files }: Pick<NodePorts, 'files'>,
): GivenAnswers[] {
  const parsed = flags['vars-file'].map((name) => {
    const text = files.read(resolve(workingDirectory, name));
    if (text === undefined) throw new PacksmithError('FILE_NOT_FOUND', `there is no file ${name}`, { where: { file: name } });
    return parseVarsFile(text, name);
  });
  const diagnostics = parsed.flatMap((file) => file.diagnostics);
  if (diagnostics.length > 0) throw new PacksmithError('VARS_FILE_INVALID', 'a file with variables cannot be read', { diagnostics });
  return collectGiven({ flags: flags.var, files: parsed.map((file) => file.given), environment });
}
