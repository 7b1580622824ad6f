import type { CommandSpec, FlagSpecs } from '../command-spec.ts';
import { APPLY_FLAGS, GENERATION_FLAGS } from './generate.ts';

const { template: _template, output: _output, ...CHANGE_FLAGS } = GENERATION_FLAGS;

export const CONFLICT_FLAG = {
  conflict: {
    kind: 'choice',
    choices: ['markers', 'reject', 'ours', 'theirs'],
    summary: "What cannot be merged: both between markers (the default), the pack's version beside yours, yours, or the pack's",
  },
} as const satisfies FlagSpecs;

const FORMAT_FLAG = {
  format: {
    kind: 'switch',
    summary:
      'Run the formatters that packsmith.toml names over what is merged, once you agreed to each, so that a formatted project merges as cleanly as one that is not',
  },
} as const satisfies FlagSpecs;

export const PREVIEW_FLAGS = {
  'dry-run': { kind: 'switch', summary: 'Show what would be done, and do nothing' },
  diff: { kind: 'switch', summary: 'Show what would change, as a unified diff, and do nothing' },
} as const satisfies FlagSpecs;

export const composeSpec = {
  verb: 'compose',
  aliases: [],
  group: 'Generate and keep up to date',
  summary: 'Put several packs into one project, or into a new pack',
  description:
    'Renders all packs and what they depend on, and puts paths that several of them write together: by the form of the file, by the rules of [merge], never by overwriting. What cannot be decided is a conflict that names both packs. With --save-as the composition becomes a pack in packs/ID that can be generated, published and composed in turn.',
  arguments: [
    {
      name: 'REF',
      summary: 'A pack: its id, a directory, an archive, or an address such as gh:owner/repository',
      isRequired: false,
      isRepeatable: true,
    },
  ],
  flags: {
    output: { kind: 'text', short: 'o', placeholder: 'DIR', summary: "The project's directory" },
    'save-as': { kind: 'text', placeholder: 'ID', summary: 'Write a pack to packs/ID instead of a project' },
    file: {
      kind: 'text',
      short: 'f',
      placeholder: 'FILE',
      summary: 'A composition file in the form of packsmith.toml, as TOML, YAML or JSON',
    },
    ...CHANGE_FLAGS,
    ...PREVIEW_FLAGS,
    ...APPLY_FLAGS,
  },
  examples: [
    { line: 'compose web-api-starter data-science-toolkit --output shop', does: 'one project from two packs' },
    { line: 'compose --file composition.toml --output shop', does: 'as a file describes it' },
    { line: 'compose web-api-starter data-science-toolkit --save-as ml-service', does: 'a new pack in packs/ml-service' },
  ],
} as const satisfies CommandSpec;

export const addSpec = {
  verb: 'add',
  aliases: [],
  group: 'Generate and keep up to date',
  summary: 'Put packs into an existing project',
  description: 'Lists the packs in packsmith.toml and merges what they bring into the project, keeping every edit.',
  arguments: [
    {
      name: 'REF',
      summary: 'A pack: its id, a directory, an archive, or an address such as gh:owner/repository',
      isRequired: true,
      isRepeatable: true,
    },
  ],
  flags: { ...CHANGE_FLAGS, ...PREVIEW_FLAGS, ...APPLY_FLAGS },
  examples: [{ line: 'add data-science-toolkit --diff', does: 'what it would change' }],
} as const satisfies CommandSpec;

export const removeSpec = {
  verb: 'remove',
  aliases: [],
  group: 'Generate and keep up to date',
  summary: 'Take packs out of a project',
  description: 'What a pack brought leaves with it; files that you edited stay, and are named.',
  arguments: [{ name: 'ID', summary: 'A pack of the project', isRequired: true, isRepeatable: true }],
  flags: { ...CHANGE_FLAGS, ...PREVIEW_FLAGS, ...APPLY_FLAGS },
  examples: [{ line: 'remove data-science-toolkit --dry-run', does: 'what would go' }],
} as const satisfies CommandSpec;

export const updateSpec = {
  verb: 'update',
  aliases: [],
  group: 'Generate and keep up to date',
  summary: 'Merge newer versions of packs into the project, keeping every edit',
  description:
    'Three-way merge of what was generated last, what you made of it, and what the new versions give. What cannot be merged is left for you: settle it and run `packs update --continue`, or take everything back with `packs update --abort`. Until then packsmith.lock stays as it was, and nothing else changes the project. Both show with --dry-run what they would do. An abort names what was settled, which goes with the change, and keeps other files that were edited since as copies, PATH.bak; `packs undo ID` takes the abort back, with the id that `packs undo --list` has.',
  arguments: [{ name: 'ID', summary: 'A pack of the project; all of them unless given', isRequired: false, isRepeatable: true }],
  flags: {
    to: {
      kind: 'text',
      placeholder: 'VERSION',
      summary: 'The version or range to go to, older ones too; the range in packsmith.toml unless given',
    },
    source: {
      kind: 'text',
      placeholder: 'REF',
      summary: 'Where the pack is now, if it moved: another address, a fork, or another pack that continues it',
    },
    ...CONFLICT_FLAG,
    ...FORMAT_FLAG,
    continue: { kind: 'switch', summary: 'Record an update, or another change, whose conflicts are settled' },
    abort: { kind: 'switch', summary: 'Take back an update, or another change, that left conflicts' },
    ...CHANGE_FLAGS,
    ...PREVIEW_FLAGS,
    ...APPLY_FLAGS,
  },
  examples: [
    { line: 'update --dry-run', does: 'what would change, and what would conflict' },
    { line: 'update web-api-starter --to 2.0.0', does: 'one pack, to one version' },
    { line: 'update api --source gh:acme/packs/api#v2', does: 'a pack that moved to another address' },
    { line: 'update --continue', does: 'after the conflicts are settled' },
    { line: 'update --abort --dry-run', does: 'what taking the update back would change' },
  ],
} as const satisfies CommandSpec;

export const regenerateSpec = {
  verb: 'regenerate',
  aliases: [],
  group: 'Generate and keep up to date',
  summary: 'Generate the same versions again: changed answers, restored files',
  description: 'Brings back files that you deleted, and merges what changed answers change, keeping every edit.',
  arguments: [],
  flags: {
    template: { kind: 'text', placeholder: 'PATH', summary: 'Only this one template' },
    preserve: { kind: 'texts', placeholder: 'GLOB', summary: 'Leave the files that match as they are' },
    ...CONFLICT_FLAG,
    ...FORMAT_FLAG,
    ...CHANGE_FLAGS,
    ...PREVIEW_FLAGS,
    ...APPLY_FLAGS,
  },
  examples: [
    { line: 'regenerate --var port=8080 --diff', does: 'what another answer would change' },
    { line: 'regenerate --template Dockerfile', does: 'one file back as it was' },
  ],
} as const satisfies CommandSpec;
