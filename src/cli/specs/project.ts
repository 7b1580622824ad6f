import type { CommandSpec } from '../command-spec.ts';

export const statusSpec = {
  verb: 'status',
  aliases: [{ name: 'check' }],
  group: 'Generate and keep up to date',
  summary: 'Compare the project with what was generated',
  description: 'Shows the packs the project is made from, and the files that were edited, are missing or hold conflict markers.',
  arguments: [],
  instead: '`packs explain PATH` is about one file',
  flags: {
    check: {
      kind: 'switch',
      summary:
        'Exit with 2 unless every file and its data is as generated, the baseline is whole, and with --outdated every pack is as new as it can be, and no version is deprecated or yanked',
    },
    diff: { kind: 'switch', summary: 'What you changed since, as a unified diff' },
    outdated: {
      kind: 'switch',
      summary:
        'The packs of which there is a newer version, or other content in a folder: what `packs update` would bring, and what the ranges keep out; also whose version is deprecated or yanked',
    },
    all: { kind: 'switch', summary: 'Also list the files that are as generated' },
  },
  examples: [
    { line: 'status', does: 'what differs' },
    { line: 'status --diff', does: 'what you changed' },
    { line: 'status --outdated', does: 'what an update would bring' },
    { line: 'status --check --quiet', does: 'for a script: only the exit code' },
  ],
} as const satisfies CommandSpec;

export const undoSpec = {
  verb: 'undo',
  aliases: [],
  group: 'Generate and keep up to date',
  summary: 'Take back the last change to the project',
  description:
    'Puts back the bytes that the last change replaced; given again, it takes back the one before. What hooks and package managers did stays; those that ran are named. It refuses, and names them, when files were changed since. An older change goes back only where every file it changed is still as it left it; an undo is a change as well: with its ID it is taken back, which does the change again.',
  arguments: [
    {
      name: 'ID',
      summary: 'The change to take back, as --list names it; the last one that was not taken back unless given',
      isRequired: false,
    },
  ],
  flags: {
    list: {
      kind: 'switch',
      summary: 'The changes that are kept, the newest first, what each did, and which were taken back; of ID, every file',
    },
    'dry-run': { kind: 'switch', summary: 'Show what would be done, and do nothing' },
  },
  examples: [
    { line: 'undo', does: 'take back the last change' },
    { line: 'undo --list', does: 'see what can be taken back' },
  ],
} as const satisfies CommandSpec;

export const explainSpec = {
  verb: 'explain',
  aliases: [{ name: 'blame' }],
  group: 'Generate and keep up to date',
  summary: 'Say where a generated file came from',
  description: 'Names the packs and the template behind one file of the project, and says whether it was edited since.',
  arguments: [{ name: 'PATH', summary: 'A file of the project', isRequired: true }],
  flags: {},
  examples: [{ line: 'explain package.json', does: 'what is behind it' }],
} as const satisfies CommandSpec;
