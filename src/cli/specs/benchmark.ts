import type { CommandSpec } from '../command-spec.ts';

export const benchmarkSpec = {
  verb: 'benchmark',
  aliases: [{ name: 'bench' }],
  group: 'Author',
  summary: 'Measure how long a pack takes, by phase',
  description:
    'Generates the project again and again into temporary directories, with the engine that users run and its writes, and shows how the times of each phase lie. Hooks do not run; examples stand for answers that are missing.',
  arguments: [{ name: 'REF', summary: 'A pack; this directory unless given', isRequired: false, isRepeatable: true }],
  flags: {
    iterations: { kind: 'count', placeholder: 'N', summary: 'How many generations are measured; 20 unless given' },
    var: { kind: 'texts', placeholder: 'NAME=VALUE', summary: 'Answer a variable' },
    'vars-file': { kind: 'texts', placeholder: 'FILE', summary: 'Answers from a TOML, YAML or JSON file' },
    compare: {
      kind: 'text',
      placeholder: 'FILE|REF',
      summary: 'A result that was saved, or another pack or version, which is measured in turns',
    },
    output: { kind: 'text', short: 'o', placeholder: 'FILE', summary: 'Save the result as JSON' },
    'max-regression': {
      kind: 'count',
      placeholder: 'PERCENT',
      summary: 'With --compare: fail when the whole is slower by more than this, and by more than noise',
    },
  },
  examples: [
    { line: 'benchmark ./my-pack', does: 'the phases of one pack' },
    { line: 'benchmark ./my-pack --output before.json', does: 'and keep the result' },
    { line: 'benchmark ./my-pack --compare before.json --max-regression 20', does: 'a gate for CI' },
    { line: 'benchmark ./my-pack --compare my-pack@1.0.0', does: 'against a published version' },
  ],
} as const satisfies CommandSpec;
