import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { RunCommand } from '../command.ts';
import type { schemaSpec } from '../specs/author.ts';

export const runSchema: RunCommand<typeof schemaSpec> = async ({ positionals }, context) => {
  const { files, schemaDirectory } = await context.openPorts();
  const isVocabulary = positionals[0] === 'vocabulary';
  const file = `${schemaDirectory}/${positionals[0]}${isVocabulary ? '.ttl' : '.schema.json'}`;
  const text = files.read(file);
  if (text === undefined) throw new PacksmithError('FILE_NOT_FOUND', `${file} is missing`, { hint: 'install packsmith again' });
  return { data: isVocabulary ? { text } : JSON.parse(text), view: () => text };
};
