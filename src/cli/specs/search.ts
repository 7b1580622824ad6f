import type { CommandSpec } from '../command-spec.ts';

export const searchSpec = {
  verb: 'search',
  aliases: [{ name: 'find' }],
  group: 'Discover',
  summary: 'Find packs by words, best match first',
  description:
    'Looks for the words in ids, titles, keywords, categories and descriptions, ranks what it finds and says why each pack matched. Besides the packs on this machine it looks into configured folder registries.',
  arguments: [{ name: 'QUERY', summary: 'One or more words', isRequired: true, isRepeatable: true }],
  flags: {
    category: { kind: 'text', placeholder: 'NAME', summary: 'Only packs of this category' },
    tag: { kind: 'texts', placeholder: 'WORD', summary: 'Only packs with this keyword; may be repeated' },
    fuzzy: { kind: 'switch', summary: 'Also accept words that are spelled differently; done anyway when nothing matches exactly' },
    registry: { kind: 'text', placeholder: 'NAME', summary: 'Only packs of this folder registry of the settings, on this machine or not' },
    limit: { kind: 'count', placeholder: 'N', summary: 'At most N packs' },
  },
  examples: [
    { line: 'search rest api', does: 'packs about both words' },
    { line: 'search pyton', does: 'a typo still finds its pack' },
  ],
} as const satisfies CommandSpec;
