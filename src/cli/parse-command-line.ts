import { parseArgs } from 'node:util';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import { lowerFirst } from '../core/text/lower-first.ts';
import { nearest } from '../core/text/nearest.ts';
import { type CommandSpec, type FlagSpec, type FlagSpecs, type FlagValues, shownFlags } from './command-spec.ts';
import { GLOBAL_FLAGS, type GlobalFlags } from './global-flags.ts';
import { parseFlagValues, type RawFlags, type RawFlagValue } from './parse-flag-values.ts';

/** What a command line asks for. */
export type ParsedCommandLine =
  | { readonly kind: 'version'; readonly globals: GlobalFlags }
  | { readonly kind: 'help'; readonly globals: GlobalFlags; readonly spec: CommandSpec | undefined }
  | {
      readonly kind: 'run';
      readonly globals: GlobalFlags;
      readonly spec: CommandSpec;
      readonly flags: FlagValues<FlagSpecs>;
      readonly positionals: readonly string[];
    };

/**
 * Parses the arguments after the program's name. Flags of every command may stand before the verb; after `--` everything is an argument.
 * @throws PacksmithError `INVALID_ARGUMENTS` with the nearest known names.
 */
export function parseCommandLine(argv: readonly string[], specs: readonly CommandSpec[]): ParsedCommandLine {
  const at = findVerb(argv);
  const typed = argv[at];
  if (typed === undefined) return parseWithoutVerb(argv);
  if (typed === 'help') return parseHelp(argv, at, specs);
  const { spec, implied } = findCommand(typed, specs);
  const { raw, positionals } = tokenize([...argv.slice(0, at), ...implied, ...argv.slice(at + 1)], spec);
  const help = `\`packs ${spec.verb} --help\` shows how it is used`;
  const hint = spec.instead === undefined ? help : `${spec.instead}; ${help}`;
  const globals = parseFlagValues(GLOBAL_FLAGS, raw, help);
  if (globals.help) return { kind: 'help', globals, spec };
  if (globals.version) return { kind: 'version', globals };
  checkPositionals(spec, positionals, hint);
  return { kind: 'run', globals, spec, flags: parseFlagValues(spec.flags, raw, help), positionals };
}

const SEE_HELP = '`packs --help` lists the commands';

function parseWithoutVerb(argv: readonly string[]): ParsedCommandLine {
  const globals = parseFlagValues(GLOBAL_FLAGS, tokenize(argv, undefined).raw, SEE_HELP);
  return globals.version ? { kind: 'version', globals } : { kind: 'help', globals, spec: undefined };
}

function parseHelp(argv: readonly string[], at: number, specs: readonly CommandSpec[]): ParsedCommandLine {
  const { raw, positionals } = tokenize([...argv.slice(0, at), ...argv.slice(at + 1)], undefined);
  const topic = positionals[0];
  return {
    kind: 'help',
    globals: parseFlagValues(GLOBAL_FLAGS, raw, SEE_HELP),
    spec: topic === undefined ? undefined : findCommand(topic, specs).spec,
  };
}

/** The index of the verb: the first argument that is neither a flag nor the value of one. */
function findVerb(argv: readonly string[]): number {
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index] ?? '';
    if (argument === '--') return argv.length;
    if (!argument.startsWith('-') || argument === '-') return index;
    if (takesNextArgument(argument)) index++;
  }
  return argv.length;
}

function takesNextArgument(argument: string): boolean {
  const flag = (GLOBAL_FLAGS as FlagSpecs)[argument.slice(2)];
  return argument.startsWith('--') && flag !== undefined && flag.kind !== 'switch';
}

function findCommand(typed: string, specs: readonly CommandSpec[]): { spec: CommandSpec; implied: readonly string[] } {
  for (const spec of specs) {
    if (spec.verb === typed) return { spec, implied: [] };
    const alias = spec.aliases.find((candidate) => candidate.name === typed);
    if (alias !== undefined) return { spec, implied: alias.implies ?? [] };
  }
  const names = specs.flatMap((spec) => [spec.verb, ...spec.aliases.map((alias) => alias.name)]);
  const known = ELSEWHERE.get(typed);
  if (known !== undefined)
    throw new PacksmithError('INVALID_ARGUMENTS', `there is no command \`${typed}\``, { hint: `here it is ${known}` });
  throw unknownName({ what: 'command', typed, names, prefix: 'packs ', otherwise: SEE_HELP });
}

/** What other tools call commands, where the nearest name would be another thing. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['apply', '`packs generate`, or `packs update` in a project'],
  ['compare', '`packs diff`'],
  ['delete', '`packs uninstall`, or `packs remove` in a project'],
  ['outdated', '`packs status --outdated`'],
  ['pack', '`packs export`'],
  ['related', '`packs query related --param pack=ID`'],
  ['revert', '`packs undo`'],
  ['rollback', '`packs undo`'],
  ['version', '`packs --version`'],
]);

/** Splits the arguments into flags and positionals; every flag is known, and has a value exactly where it takes one. */
function tokenize(args: readonly string[], spec: CommandSpec | undefined): { raw: RawFlags; positionals: string[] } {
  const known: FlagSpecs = { ...GLOBAL_FLAGS, ...spec?.flags };
  const { tokens } = parseArgs({ args: [...args], options: toParseOptions(known), strict: false, allowPositionals: true, tokens: true });
  const raw = new Map<string, RawFlagValue[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (flag === undefined) throw unknownFlag(token.rawName, known, spec);
    checkFlagValue(token, flag);
    raw.set(token.name, [...(raw.get(token.name) ?? []), token.value ?? true]);
  }
  return { raw, positionals };
}

type ParseOptions = Record<string, { type: 'boolean' | 'string'; short?: string; multiple: boolean }>;

function toParseOptions(flags: FlagSpecs): ParseOptions {
  return Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [
      name,
      { type: flag.kind === 'switch' ? 'boolean' : 'string', multiple: true, ...(flag.short === undefined ? {} : { short: flag.short }) },
    ]),
  );
}

function checkFlagValue(token: { rawName: string; value: string | undefined; inlineValue: boolean | undefined }, flag: FlagSpec): void {
  if (flag.kind === 'switch') {
    if (token.value === undefined) return;
    throw new PacksmithError('INVALID_ARGUMENTS', `\`${token.rawName}\` takes no value`, { hint: `give it as \`${token.rawName}\` alone` });
  }
  const looksLikeFlag = token.inlineValue !== true && token.value?.startsWith('-') === true && token.value !== '-';
  if (token.value !== undefined && !looksLikeFlag) return;
  const form = flag.kind === 'choice' ? flag.choices.join('|') : flag.placeholder;
  const hint = looksLikeFlag
    ? `a value that begins with "-" is written \`${token.rawName}=${token.value}\``
    : `write \`${token.rawName} ${form}\``;
  throw new PacksmithError('INVALID_ARGUMENTS', `\`${token.rawName}\` needs a value`, { hint });
}

function unknownFlag(typed: string, known: FlagSpecs, spec: CommandSpec | undefined): PacksmithError {
  const names = shownFlags(known).map(([name]) => `--${name}`);
  const where = spec === undefined ? 'packs' : `packs ${spec.verb}`;
  return unknownName({ what: 'flag', typed, names, prefix: '', otherwise: `\`${where} --help\` lists the flags` });
}

interface UnknownName {
  readonly what: string;
  readonly typed: string;
  readonly names: readonly string[];
  readonly prefix: string;
  readonly otherwise: string;
}

function unknownName({ what, typed, names, prefix, otherwise }: UnknownName): PacksmithError {
  const suggestions = typed.length === 1 ? [] : nearest(typed, names);
  const hint = suggestions.length === 0 ? otherwise : `did you mean ${suggestions.map((name) => `\`${prefix}${name}\``).join(' or ')}?`;
  return new PacksmithError('INVALID_ARGUMENTS', `there is no ${what} \`${typed}\``, { suggestions, hint });
}

function checkPositionals(spec: CommandSpec, positionals: readonly string[], hint: string): void {
  const missing = spec.arguments.find((argument, index) => argument.isRequired && positionals[index] === undefined);
  if (missing !== undefined) {
    throw new PacksmithError('INVALID_ARGUMENTS', `\`packs ${spec.verb}\` needs ${missing.name}: ${whatItIs(missing)}`, { hint });
  }
  const isOpen = spec.arguments.at(-1)?.isRepeatable === true;
  const surplus = positionals[spec.arguments.length];
  if (!isOpen && surplus !== undefined) {
    throw new PacksmithError('INVALID_ARGUMENTS', `\`packs ${spec.verb}\` has no use for the argument ${JSON.stringify(surplus)}`, {
      hint,
    });
  }
  for (const [index, { name, choices }] of spec.arguments.entries()) {
    const typed = positionals[index];
    if (choices === undefined || typed === undefined || choices.includes(typed)) continue;
    const suggestions = nearest(typed, choices);
    throw new PacksmithError('INVALID_ARGUMENTS', `${name} cannot be ${JSON.stringify(typed)}: it is one of ${choices.join(', ')}`, {
      suggestions,
      hint: suggestions[0] === undefined ? hint : `did you mean \`${suggestions[0]}\`?`,
    });
  }
}

function whatItIs({ choices, summary }: CommandSpec['arguments'][number]): string {
  return choices === undefined ? lowerFirst(summary) : `one of ${choices.join(', ')}`;
}
