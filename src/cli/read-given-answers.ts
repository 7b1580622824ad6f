import { resolve } from 'node:path';
import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import type { Value } from '../core/pack/values.ts';
import type { GivenAnswers } from '../core/template/answers/answer-types.ts';
import { collectGiven } from '../core/template/answers/given-sources.ts';
import type { NodePorts } from '../node-ports.ts';
import type { CommandContext } from './command.ts';

/**
 * The answers of the command line, the environment and the user's settings, strongest first.
 * @throws PacksmithError `VAR_FLAG_INVALID`, `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `VARS_FILE_INVALID` with all findings of all files.
 */
export async function readGivenAnswers(
  flags: { readonly var: readonly string[]; readonly 'vars-file': readonly string[] },
  { workingDirectory, environment }: Pick<CommandContext, 'workingDirectory' | 'environment'>,
  { files, config }: Pick<NodePorts, 'files' | 'config'>,
): Promise<GivenAnswers[]> {
  const parsed = await readVarsFiles(flags['vars-file'], workingDirectory, files);
  const diagnostics = parsed.flatMap((file) => file.diagnostics);
  if (diagnostics.length > 0) throw new PacksmithError('VARS_FILE_INVALID', 'a file with variables cannot be read', { diagnostics });
  const { author, variables } = config.defaults;
  const settings = new Map<string, Value>([...(author === undefined ? [] : [['author', author] as const]), ...variables]);
  return collectGiven({ flags: flags.var, files: parsed.map((file) => file.given), environment, settings });
}

async function readVarsFiles(
  names: readonly string[],
  workingDirectory: string,
  files: NodePorts['files'],
): Promise<{ readonly given: GivenAnswers; readonly diagnostics: readonly Diagnostic[] }[]> {
  if (names.length === 0) return [];
  // Loaded only here: the readers of three formats are large, and most runs have no such file.
  const { parseVarsFile } = await import('../core/template/answers/vars-file.ts');
  return names.map((name) => {
    const text = files.read(resolve(workingDirectory, name));
    if (text === undefined) throw new PacksmithError('FILE_NOT_FOUND', `there is no file ${name}`, { where: { file: name } });
    return parseVarsFile(text, name);
  });
}
