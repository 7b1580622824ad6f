import type { CommandSpec } from '../command-spec.ts';

export const testSpec = {
  verb: 'test',
  aliases: [],
  group: 'Author',
  summary: "Run a pack's test cases",
  description:
    'Generates a project for each case of tests/*.toml and compares it with what the case expects; update cases generate with an earlier version, edit, and update. Commands of cases run only with your consent: asked for on a terminal, by --trust, or once for a pack of your own by `packs trust add DIR --own`. Nothing is written but into temporary directories, and with --update the snapshots. Exits with 2 when a case fails.',
  arguments: [{ name: 'REF', summary: 'The directory of the pack, or its id; this directory unless given', isRequired: false }],
  flags: {
    update: { kind: 'switch', short: 'u', summary: 'Store what differs from the snapshots, and delete those that nothing asks for' },
    filter: {
      kind: 'texts',
      placeholder: 'TEXT',
      summary: 'Only cases of which the name or the file has this text; more than one: any of them',
    },
    watch: { kind: 'switch', summary: 'Run again whenever a file of the pack changes, until Ctrl+C' },
    trust: { kind: 'switch', summary: 'Run the commands of the cases without asking' },
    'skip-commands': { kind: 'switch', summary: 'Leave the commands of the cases out' },
    format: { kind: 'choice', choices: ['human', 'json', 'junit'], summary: 'The form: text, the bare report, or JUnit XML for CI' },
  },
  examples: [
    { line: 'test', does: 'the pack in this directory' },
    { line: 'test ./packs/my-pack --filter postgres', does: 'some cases of another one' },
    { line: 'test --update', does: 'and take what differs from snapshots as right' },
    { line: 'test --format junit > report.xml', does: 'for a CI server' },
  ],
} as const satisfies CommandSpec;
