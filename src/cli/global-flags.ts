import type { FlagSpecs, FlagValues } from './command-spec.ts';

/** The flags that every command takes, before or after the verb. */
export const GLOBAL_FLAGS = {
  json: { kind: 'switch', summary: 'Print one JSON document instead of text' },
  quiet: { kind: 'switch', short: 'q', summary: 'No progress, notes or hints' },
  verbose: { kind: 'switch', short: 'v', summary: 'A line for every step, and the causes of a failure' },
  'no-color': { kind: 'switch', summary: 'No colour (NO_COLOR, FORCE_COLOR, CI and TERM=dumb are honoured too)' },
  // No command of this version asks for a confirmation that it could answer: hooks of packs are never covered by it.
  yes: { kind: 'switch', short: 'y', isHidden: true, summary: 'Answer yes to confirmations' },
  offline: { kind: 'switch', summary: 'Never touch the network: work from what was fetched before' },
  cwd: { kind: 'text', placeholder: 'DIR', summary: 'Work as if started in DIR' },
  help: { kind: 'switch', short: 'h', summary: 'Show help, with examples' },
  version: { kind: 'switch', short: 'V', summary: 'Show the version' },
} as const satisfies FlagSpecs;

export type GlobalFlags = FlagValues<typeof GLOBAL_FLAGS>;
