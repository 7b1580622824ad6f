import type { CommandSpec, FlagSpecs } from '../command-spec.ts';

/** What to generate, from which answers, and what to do about files that are there. */
export const GENERATION_FLAGS = {
  output: { kind: 'text', short: 'o', placeholder: 'DIR', summary: "The project's directory; the last argument does the same" },
  var: { kind: 'texts', placeholder: 'NAME=VALUE', summary: "Answer a variable; PACK.NAME=VALUE for one pack's own" },
  'vars-file': { kind: 'texts', placeholder: 'FILE', summary: 'Answers from a TOML, YAML or JSON file; later files win' },
  interactive: { kind: 'switch', short: 'i', summary: 'Ask every variable, show where each answer came from, and confirm' },
  defaults: { kind: 'switch', summary: 'Ask nothing: defaults stand for whatever is not answered' },
  template: { kind: 'text', placeholder: 'PATH', summary: 'Only this one template of the pack' },
  overwrite: { kind: 'switch', summary: 'Replace files that are in the way' },
  backup: { kind: 'switch', summary: 'Keep a copy beside every file that is replaced' },
  'into-existing': { kind: 'switch', summary: 'Generate into a directory that has files, merging into those of the same path' },
  'skip-hooks': { kind: 'switch', summary: "Do not run the packs' hooks" },
  frozen: { kind: 'switch', summary: 'Fail when packsmith.lock would change' },
  strategy: {
    kind: 'choice',
    choices: ['merge', 'layer', 'fail', 'ask'],
    summary: 'Paths that several packs write: merge by their form, take the last pack, refuse, or ask',
  },
  prefer: { kind: 'text', placeholder: 'ID', summary: 'The pack whose file is taken where a merge is not clean' },
} as const satisfies FlagSpecs;

/** What happens beside writing files. */
export const APPLY_FLAGS = {
  trust: { kind: 'switch', summary: "Run the packs' hooks without asking" },
  install: { kind: 'switch', summary: "Run the ecosystem's own package manager in the project afterwards" },
} as const satisfies FlagSpecs;

export const generateSpec = {
  verb: 'generate',
  aliases: [{ name: 'new' }, { name: 'gen' }, { name: 'apply-template' }],
  group: 'Generate and keep up to date',
  summary: 'Make a project from one or more packs',
  description:
    'Reads the packs, answers their variables, renders everything in memory, and writes the result as one transaction that `packs undo` takes back. On a terminal it asks what has no default, and all that a template of another tool asks. It refuses, and lists what is in the way, when the directory has files. Hooks run only when you consent to them.',
  arguments: [
    { name: 'REF', summary: 'A pack: its id, a directory, an archive, or an address such as gh:owner/repository', isRequired: true },
    { name: 'DIR', summary: 'Further packs, and last the directory of the project', isRequired: false, isRepeatable: true },
  ],
  flags: {
    ...GENERATION_FLAGS,
    'dry-run': { kind: 'switch', summary: 'Show what would be done, and do nothing' },
    diff: { kind: 'switch', summary: 'Show what would change, as a unified diff, and do nothing' },
    ...APPLY_FLAGS,
  },
  examples: [
    { line: 'generate web-api-starter my-api', does: 'a new project in my-api' },
    { line: 'generate web-api-starter my-api --var port=8080 --var database=postgres', does: 'with two answers given' },
    { line: 'generate web-api-starter my-api --interactive', does: 'asked for everything' },
    { line: 'generate web-api-starter . --into-existing --diff', does: 'what it would change in this directory' },
  ],
} as const satisfies CommandSpec;
