import type { CommandSpec } from '../command-spec.ts';
import { GENERATION_FLAGS } from './generate.ts';

export const planSpec = {
  verb: 'plan',
  aliases: [
    { name: 'check-conflicts', implies: ['--anywhere'] },
    { name: 'check-compatibility', implies: ['--anywhere'] },
  ],
  group: 'Generate and keep up to date',
  summary: 'Show what generate would do, without doing it',
  description: 'Makes the same plan that `packs generate` applies. With --json it is printed whole, contents included.',
  arguments: [
    { name: 'REF', summary: 'A pack: its id, a directory, an archive, or an address such as gh:owner/repository', isRequired: true },
    { name: 'DIR', summary: 'Further packs, and last the directory of the project', isRequired: false, isRepeatable: true },
  ],
  flags: {
    ...GENERATION_FLAGS,
    diff: { kind: 'switch', summary: 'As a unified diff' },
    anywhere: { kind: 'switch', summary: 'Only whether the packs fit together, whatever directory they would go to' },
    format: {
      kind: 'choice',
      choices: ['human', 'json', 'dot', 'mermaid'],
      summary: 'The form: text, the bare plan, or a graph of the packs and the paths they share',
    },
  },
  examples: [
    { line: 'plan web-api-starter my-api', does: 'every file that would be written' },
    { line: 'plan web-api-starter my-api --json', does: 'the plan itself' },
    { line: 'plan web-api-starter data-science-toolkit --anywhere', does: 'whether two packs fit together' },
  ],
} as const satisfies CommandSpec;
