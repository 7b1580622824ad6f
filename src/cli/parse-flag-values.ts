import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import { nearest } from '../core/text/nearest.ts';
import type { FlagSpec, FlagSpecs, FlagValues } from './command-spec.ts';

/** `true` for a switch, the text for any other flag. */
export type RawFlagValue = string | true;

/** What was given for each flag, in order. */
export type RawFlags = ReadonlyMap<string, readonly RawFlagValue[]>;

/**
 * Gives each flag of a set its typed value. A flag that holds one value takes the last that was given.
 * `hint` stands where nothing better can be said.
 * @throws PacksmithError `INVALID_ARGUMENTS` for a count that is none, or a word that is not among the choices.
 */
export function parseFlagValues<Flags extends FlagSpecs>(flags: Flags, raw: RawFlags, hint: string): FlagValues<Flags> {
  const values = Object.entries(flags).map(([name, flag]) => [name, parseFlagValue({ name, flag, hint }, raw.get(name) ?? [])]);
  return Object.fromEntries(values) as FlagValues<Flags>;
}

interface Typed {
  readonly name: string;
  readonly flag: FlagSpec;
  readonly hint: string;
}

function parseFlagValue({ name, flag, hint }: Typed, given: readonly RawFlagValue[]): unknown {
  const texts = given.filter((value) => typeof value === 'string');
  const last = texts.at(-1);
  switch (flag.kind) {
    case 'switch':
      return given.length > 0;
    case 'text':
      return last;
    case 'texts':
      return texts;
    case 'count':
      return last === undefined ? undefined : parseCount(name, last, hint);
    case 'choice':
      return last === undefined ? undefined : parseChoice(last, flag.choices, { name, hint });
    default:
      return flag satisfies never;
  }
}

function parseCount(name: string, text: string, hint: string): number {
  if (/^[1-9][0-9]{0,8}$/.test(text)) return Number(text);
  throw new PacksmithError('INVALID_ARGUMENTS', `\`--${name}\` cannot be ${JSON.stringify(text)}: it is a whole number, at least 1`, {
    hint,
  });
}

function parseChoice(text: string, choices: readonly string[], { name, hint }: Pick<Typed, 'name' | 'hint'>): string {
  if (choices.includes(text)) return text;
  const suggestions = nearest(text, choices);
  throw new PacksmithError('INVALID_ARGUMENTS', `\`--${name}\` cannot be ${JSON.stringify(text)}: it is one of ${choices.join(', ')}`, {
    suggestions,
    hint: suggestions[0] === undefined ? hint : `did you mean \`--${name} ${suggestions[0]}\`?`,
  });
}
