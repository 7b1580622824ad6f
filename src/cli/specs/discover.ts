import type { CommandSpec } from '../command-spec.ts';

export const treeSpec = {
  verb: 'tree',
  aliases: [
    { name: 'dependencies' },
    { name: 'deps' },
    { name: 'dependents', implies: ['--invert'] },
    { name: 'why', implies: ['--invert'] },
  ],
  group: 'Discover',
  summary: 'Show what packs need, or what needs them',
  description: 'Resolves the packs and draws what each needs, with totals, levels and sizes. Without an id it draws what is installed.',
  arguments: [{ name: 'REF', summary: 'Packs; those that are installed unless given', isRequired: false, isRepeatable: true }],
  flags: {
    depth: { kind: 'count', placeholder: 'N', summary: 'No more than N steps away' },
    format: { kind: 'choice', choices: ['tree', 'json', 'dot', 'mermaid'], summary: 'The form; a tree unless given' },
    invert: { kind: 'switch', summary: 'Who needs them, among the packs that are installed or here' },
  },
  examples: [
    { line: 'tree enterprise-stack', does: 'everything it would bring' },
    { line: 'tree base-typescript --invert', does: 'who needs it' },
    { line: 'tree enterprise-stack --format mermaid', does: 'as a flowchart' },
  ],
} as const satisfies CommandSpec;

export const diffSpec = {
  verb: 'diff',
  aliases: [],
  group: 'Discover',
  summary: 'Compare two versions of a pack, or two packs',
  description: 'Says what changed for whoever uses the pack, breaking changes first. Sections can be shown alone.',
  instead: '`packs status --diff` shows what you changed in a project',
  arguments: [
    { name: 'REF', summary: 'The pack, or the older of two references', isRequired: true },
    { name: 'OLDER', summary: 'The older version, or the newer of two references', isRequired: true },
    { name: 'NEWER', summary: 'The newer version, where the first argument is an id', isRequired: false },
  ],
  flags: {
    variables: { kind: 'switch', summary: 'Only what changed about variables' },
    templates: { kind: 'switch', summary: 'Only the files, as a unified diff' },
    format: { kind: 'choice', choices: ['human', 'json'], summary: 'The form; for people unless given' },
  },
  examples: [
    { line: 'diff web-api-starter 1.0.0 2.0.0', does: 'what 2.0.0 changes' },
    { line: 'diff web-api-starter ./my-fork', does: 'what a fork changed' },
  ],
} as const satisfies CommandSpec;
