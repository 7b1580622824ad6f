import type { CommandSpec } from '../command-spec.ts';

export const validateSpec = {
  verb: 'validate',
  aliases: [],
  group: 'Author',
  summary: 'Check that a pack is correct',
  description:
    'Reads the manifest and every template, and reports all problems at once with file, line, column and what to do. With --deep every pair of choices and every example is rendered, what comes of it is read, and queries are compiled; nothing is written and no hook runs. Exits with 2 when there are errors.',
  arguments: [
    {
      name: 'REF',
      summary:
        'A pack: its id, a directory, an archive, or an address such as gh:owner/repository; this directory unless given; with --all a directory',
      isRequired: false,
    },
  ],
  flags: {
    deep: { kind: 'switch', summary: 'Render the pack with many answers, and judge what comes of it' },
    with: { kind: 'texts', placeholder: 'REF', summary: 'Generate it beside this pack too, and report conflicts' },
    all: { kind: 'switch', summary: 'Every pack that is found from here; with a directory, every pack in it' },
    deployed: {
      kind: 'switch',
      summary: 'Ask the running service what [[health]] names; in a project, with its answers and of all its packs',
    },
    check: { kind: 'texts', placeholder: 'NAME', summary: 'Only this check; may be repeated' },
    'list-checks': { kind: 'switch', summary: 'Show the checks' },
    strict: { kind: 'switch', summary: 'Warnings fail too' },
    var: { kind: 'texts', placeholder: 'NAME=VALUE', summary: 'An answer that the service of --deployed was generated with' },
    timeout: { kind: 'count', placeholder: 'SECONDS', summary: 'How long --deployed waits for one answer; 5 unless given' },
    retries: { kind: 'count', placeholder: 'N', summary: 'How often --deployed asks again, half a second apart; 2 unless given' },
  },
  examples: [
    { line: 'validate', does: 'the pack in this directory' },
    { line: 'validate ./packs/my-pack --deep --strict', does: 'another one, rendered with every pair of choices' },
    { line: 'validate web-api-starter --with observability', does: 'whether two packs go together' },
    { line: 'validate --all packs --strict', does: 'every pack below packs, for CI' },
    { line: 'validate --deployed', does: 'in a project: whether its service that runs is well' },
    { line: 'validate my-pack --deployed --var port=8080', does: 'the same of another one' },
  ],
} as const satisfies CommandSpec;

export const schemaSpec = {
  verb: 'schema',
  aliases: [],
  group: 'Author',
  summary: 'Print a JSON Schema, or the vocabulary of RDF',
  description:
    'For editors and programs: the schema of pack.toml, of packsmith.toml, of test cases, of config.toml, or of what --json prints; and the vocabulary that packs are described in, in Turtle.',
  arguments: [
    { name: 'NAME', summary: 'Which schema', isRequired: true, choices: ['pack', 'project', 'test', 'config', 'output', 'vocabulary'] },
  ],
  flags: {},
  examples: [
    { line: 'schema pack > pack.schema.json', does: 'for an editor' },
    { line: 'schema vocabulary', does: 'for questions in SPARQL' },
  ],
} as const satisfies CommandSpec;
