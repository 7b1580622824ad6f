import type { CommandSpec } from '../command-spec.ts';

export const listSpec = {
  verb: 'list',
  aliases: [{ name: 'ls' }],
  group: 'Discover',
  summary: 'Show the packs that can be used here',
  description:
    'Lists the packs of the project, of configured directories, those that are installed and those shipped with packsmith. A pack that is hidden by another of the same id, and a pack whose manifest has errors, are shown as such.',
  arguments: [],
  flags: {
    category: { kind: 'text', placeholder: 'NAME', summary: 'Only packs of this category' },
    tag: { kind: 'texts', placeholder: 'WORD', summary: 'Only packs with this keyword; repeat it to ask for several at once' },
    source: {
      kind: 'choice',
      choices: ['builtin', 'project', 'directory', 'installed'],
      summary: 'Only packs from this kind of place',
    },
    installed: { kind: 'switch', summary: 'Only packs that are installed' },
    outdated: { kind: 'switch', summary: 'Installed packs of which there is something newer where they came from' },
    sort: { kind: 'choice', choices: ['name', 'category', 'source', 'score'], summary: 'The order; by name unless given' },
    score: { kind: 'switch', summary: 'Score each pack by what its files show, as `packs score --static` does' },
    limit: { kind: 'count', placeholder: 'N', summary: 'At most N packs' },
    categories: { kind: 'switch', summary: 'The categories and how many packs each has, instead of the packs' },
  },
  examples: [
    { line: 'list', does: 'every pack' },
    { line: 'list --category web --sort source', does: 'packs for the web, grouped by where they come from' },
    { line: 'list --category web --sort score', does: 'the best first' },
    { line: 'list --categories', does: 'the categories that exist' },
    { line: 'list --json', does: 'the same for a program' },
  ],
} as const satisfies CommandSpec;
