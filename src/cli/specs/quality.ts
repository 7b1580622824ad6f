import type { CommandSpec } from '../command-spec.ts';

export const lintSpec = {
  verb: 'lint',
  aliases: [],
  group: 'Author',
  summary: 'Look for what is doubtful in a pack',
  description:
    'Judges a pack by rules, over the syntax trees of its templates and without rendering them. Each rule has an id, a severity and a page in the reference; a pack can change severities and allow findings in [lint]. Exits with 2 when there are errors.',
  arguments: [{ name: 'DIR', summary: 'A pack: its directory, or its id; this directory unless given', isRequired: false }],
  flags: {
    fix: { kind: 'switch', summary: 'Mend what can be mended safely; the files are copied first' },
    strict: { kind: 'switch', summary: 'Warnings fail too' },
    format: { kind: 'choice', choices: ['human', 'json', 'sarif'], summary: 'The form of the findings' },
    map: { kind: 'switch', summary: 'Show instead which files each variable has an effect on' },
    'list-rules': { kind: 'switch', summary: 'Show the rules' },
  },
  examples: [
    { line: 'lint', does: 'the pack in this directory' },
    { line: 'lint ./packs/my-pack --fix', does: 'mend what can be mended' },
    { line: 'lint --format sarif > lint.sarif', does: 'for a code-scanning service' },
  ],
} as const satisfies CommandSpec;

export const scoreSpec = {
  verb: 'score',
  aliases: [],
  group: 'Author',
  summary: 'Measure the quality of a pack',
  description:
    'A score out of 100 in eight dimensions, each point from a fact that was measured: never from what the pack says of itself. Test cases run without their commands, and examples are rendered. With --verbose every fact is shown, and not only those that cost points. Exits with 2 below --min.',
  arguments: [
    {
      name: 'REF',
      summary: 'A pack: its id, a directory, an archive, or an address such as gh:owner/repository; this directory unless given',
      isRequired: false,
    },
  ],
  flags: {
    static: { kind: 'switch', summary: 'Run nothing: measure only what the files show' },
    min: { kind: 'count', placeholder: 'N', summary: 'The least score that passes' },
  },
  examples: [
    { line: 'score', does: 'the pack in this directory, and what would gain the missing points' },
    { line: 'score web-api-starter --verbose', does: 'every fact' },
    { line: 'score ./packs/my-pack --min 90', does: 'a gate for CI' },
  ],
} as const satisfies CommandSpec;
