import type { CommandSpec } from '../command-spec.ts';

export const validateSpec = {
  verb: 'validate',
  aliases: [],
  group: 'Author',
  summary: 'Check that a pack is correct',
  description:
    'Reads the manifest and every template, and reports all problems at once with file, line, column and what to do. Exits with 2 when there are errors.',
  arguments: [{ name: 'REF', summary: 'A pack: its id, or the directory it is in; this directory unless given', isRequired: false }],
  flags: {
    strict: { kind: 'switch', summary: 'Warnings fail too' },
  },
  examples: [
    { line: 'validate', does: 'the pack in this directory' },
    { line: 'validate ./packs/my-pack --strict', does: 'another one, warnings included' },
  ],
} as const satisfies CommandSpec;

export const schemaSpec = {
  verb: 'schema',
  aliases: [],
  group: 'Author',
  summary: 'Print a JSON Schema',
  description:
    'For editors and programs: the schema of pack.toml, of packsmith.toml, of test cases, of config.toml, or of what --json prints.',
  arguments: [{ name: 'NAME', summary: 'Which schema', isRequired: true, choices: ['pack', 'project', 'test', 'config', 'output'] }],
  flags: {},
  examples: [{ line: 'schema pack > pack.schema.json', does: 'for an editor' }],
} as const satisfies CommandSpec;
