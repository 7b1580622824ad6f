/**
 * The declarative form of a command. One table of these gives the parser, the help, the completion scripts and the reference,
 * so that none of them can disagree. A spec imports nothing; what a command does is loaded only when it runs.
 */

export interface SwitchFlag {
  readonly kind: 'switch';
  /** Accepted, and left out of the help. */
  readonly isHidden?: boolean;
  readonly short?: string;
  readonly summary: string;
}

export interface TextFlag {
  readonly kind: 'text';
  readonly short?: string;
  readonly placeholder: string;
  readonly summary: string;
}

/** A text flag that may be given several times; its values keep their order. */
export interface TextsFlag {
  readonly kind: 'texts';
  readonly short?: string;
  readonly placeholder: string;
  readonly summary: string;
}

/** A whole number, at least 1. */
export interface CountFlag {
  readonly kind: 'count';
  readonly short?: string;
  readonly placeholder: string;
  readonly summary: string;
}

export interface ChoiceFlag {
  readonly kind: 'choice';
  readonly short?: string;
  readonly choices: readonly string[];
  readonly summary: string;
}

export type FlagSpec = SwitchFlag | TextFlag | TextsFlag | CountFlag | ChoiceFlag;

export type FlagSpecs = Readonly<Record<string, FlagSpec>>;

export interface ArgumentSpec {
  /** As the usage line shows it, such as `REF`. */
  readonly name: string;
  readonly summary: string;
  readonly isRequired: boolean;
  /** Only the last argument may be. */
  readonly isRepeatable?: boolean;
  /** The words it can be, where it is one of a few. */
  readonly choices?: readonly string[];
  /** The words before it behind which it is the key of a setting, which shells complete. */
  readonly settingAfter?: readonly string[];
}

/** Another name that works and stays out of the help; `implies` are flags it stands for. */
export interface AliasSpec {
  readonly name: string;
  readonly implies?: readonly string[];
}

export interface ExampleSpec {
  /** The line without `packs`. */
  readonly line: string;
  readonly does: string;
}

export type CommandGroup = 'Discover' | 'Install' | 'Generate and keep up to date' | 'Author' | 'Settings';

export interface CommandSpec<Flags extends FlagSpecs = FlagSpecs> {
  readonly verb: string;
  readonly aliases: readonly AliasSpec[];
  readonly group: CommandGroup;
  /** One clause, as the list of commands shows it. */
  readonly summary: string;
  /** A few sentences for the command's own help. */
  readonly description: string;
  readonly arguments: readonly ArgumentSpec[];
  /** What may have been meant where the arguments do not fit. */
  readonly instead?: string;
  readonly flags: Flags;
  readonly examples: readonly ExampleSpec[];
}

type FlagValue<Flag extends FlagSpec> = Flag extends { kind: 'switch' }
  ? boolean
  : Flag extends { kind: 'texts' }
    ? readonly string[]
    : Flag extends { kind: 'count' }
      ? number | undefined
      : Flag extends { kind: 'choice'; choices: readonly (infer Choice)[] }
        ? Choice | undefined
        : string | undefined;

/** The flags that people are shown. */
export function shownFlags(flags: FlagSpecs): [string, FlagSpec][] {
  return Object.entries(flags).filter(([, flag]) => !(flag.kind === 'switch' && flag.isHidden === true));
}

/** The values that a command's flags have after parsing, by name. */
export type FlagValues<Flags extends FlagSpecs> = { readonly [Name in keyof Flags]: FlagValue<Flags[Name]> };

/** What the user asked a command to do. */
export interface CommandInput<Spec extends CommandSpec> {
  readonly flags: FlagValues<Spec['flags']>;
  readonly positionals: readonly string[];
}
