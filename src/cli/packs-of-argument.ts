import type { ArgumentSpec } from './command-spec.ts';

/** The packs that an argument can name. */
export function packsOfArgument(argument: ArgumentSpec | undefined): 'all' | 'installed' | undefined {
  if (argument?.name === 'REF') return 'all';
  return argument?.name === 'ID' && /\binstalled packs?\b/i.test(argument.summary) ? 'installed' : undefined;
}
