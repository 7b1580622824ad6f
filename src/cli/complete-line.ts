import { basename } from 'node:path';
import type { Pack } from '../core/pack/pack.ts';
import type { VariableDefinition } from '../core/pack/pack-manifest.ts';
import { CHECK_NAMES } from '../core/quality/validation-checks.ts';
import { listTemplates, TEMPLATE_ROOT } from '../core/template/list-templates.ts';
import { compareText } from '../core/text/compare-text.ts';
import type { CommandContext } from './command.ts';
import { type CommandSpec, type FlagSpec, type FlagSpecs, shownFlags } from './command-spec.ts';
import { GLOBAL_FLAGS } from './global-flags.ts';
import { loadNamedPacks } from './load-named-packs.ts';
import { packsOfArgument } from './packs-of-argument.ts';
import { splitLine } from './split-line.ts';

/** What a shell, or a person, can take as it is: no name of a pack's may become a command of whoever completes it. */
const PLAIN = /^[A-Za-z0-9@%+=:,./_-]+$/;

/** What the last word of a line can be, sorted; nothing where nothing is known. Only what is on this machine is looked at. */
export async function completeLine(line: string, context: CommandContext): Promise<string[]> {
  const position = findPosition(line, context.specs);
  const found = await candidatesOf(position, context);
  const fitting = found.filter((candidate) => PLAIN.test(candidate) && candidate.startsWith(position.typed));
  return [...new Set(fitting)].sort(compareText).map((candidate) => position.prefix + candidate);
}

/** What is typed, and what it is a part of. */
interface Position {
  readonly spec: CommandSpec | undefined;
  /** Whether it is the command itself, or the one whose help is wanted. */
  readonly isVerb: boolean;
  /** The flag whose value it is. */
  readonly flag: string | undefined;
  readonly flags: FlagSpecs;
  readonly positionals: readonly string[];
  /** `--var=`, where a flag and its value are one word. */
  readonly prefix: string;
  readonly typed: string;
}

function findPosition(line: string, specs: readonly CommandSpec[]): Position {
  const [verb, ...rest] = argumentsOf(line);
  const spec = specs.find((each) => each.verb === verb || each.aliases.some(({ name }) => name === verb));
  const flags: FlagSpecs = { ...spec?.flags, ...GLOBAL_FLAGS };
  const isVerb = rest.length === 0;
  const typed = rest.pop() ?? verb ?? '';
  const positionals: string[] = [];
  let flag: string | undefined;
  for (const word of rest) {
    if (flag === undefined && !word.startsWith('-')) positionals.push(word);
    flag = flag === undefined ? takesValue(word, flags) : undefined;
  }
  const joined = flag === undefined ? /^(--[a-z-]+=)(.*)$/s.exec(typed) : null;
  const name = joined === null ? undefined : takesValue(joined[1]?.slice(0, -1) ?? '', flags);
  return name === undefined
    ? { spec, isVerb, flags, flag, positionals, prefix: '', typed }
    : { spec, isVerb, flags, flag: name, positionals, prefix: joined?.[1] ?? '', typed: joined?.[2] ?? '' };
}

/** The words after the program, where it is named, and after `help`, where its command is not typed yet. */
function argumentsOf(line: string): string[] {
  const words = splitLine(line);
  const isProgram = /^(?:packs|packsmith)(?:\.(?:cmd|exe|ps1))?$/.test(basename(words[0] ?? ''));
  const others = isProgram ? words.slice(1) : words;
  return others[0] === 'help' && others.length === 2 ? others.slice(1) : others;
}

/** The name of the flag that the next word is the value of. */
function takesValue(word: string, flags: FlagSpecs): string | undefined {
  const found = Object.entries(flags).find(
    ([name, flag]) => word === `--${name}` || (flag.short !== undefined && word === `-${flag.short}`),
  );
  return found === undefined || found[1].kind === 'switch' ? undefined : found[0];
}

async function candidatesOf(position: Position, context: CommandContext): Promise<readonly string[]> {
  const { spec, flag, flags, typed } = position;
  if (position.isVerb) return [...context.specs.map(({ verb }) => verb), 'help', '--help', '--version'];
  if (spec === undefined) return [];
  if (flag !== undefined) return valuesOf(flag, flags[flag], position, context);
  if (typed.startsWith('-')) return shownFlags(flags).map(([name]) => `--${name}`);
  const [first, second] = spec.arguments;
  if (position.positionals.length === 0 && first?.choices !== undefined) return first.choices;
  const [given = '', ...others] = position.positionals;
  if (others.length === 0 && second?.settingAfter?.includes(given) === true) return settings();
  const packs = packsOfArgument(first);
  return packs === undefined ? [] : await idsOf(context, packs);
}

async function valuesOf(name: string, flag: FlagSpec | undefined, position: Position, context: CommandContext): Promise<readonly string[]> {
  if (flag?.kind === 'choice') return flag.choices;
  switch (name) {
    case 'var':
      return (await packsOf(position, context)).flatMap(({ manifest }) =>
        manifest.variables.flatMap((each) => answersOf(each, position.typed)),
      );
    case 'template':
      return (await packsOf(position, context)).flatMap((pack) =>
        listTemplates(pack).map(({ outputTemplate, name: path }) => outputTemplate ?? path.slice(TEMPLATE_ROOT.length)),
      );
    case 'check':
      return CHECK_NAMES;
    case 'category':
      return (await entriesOf(context)).flatMap(({ category }) => category ?? []);
    case 'tag':
      return position.spec?.verb === 'publish' ? [] : (await entriesOf(context)).flatMap(({ keywords }) => keywords);
    case 'registry':
      return (await context.openPorts()).places.registries.map((registry) => registry.name);
    case 'sign':
      return (await context.openPorts()).signer.list().map((key) => key.name);
    case 'with':
    case 'prefer':
      return idsOf(context);
    default:
      return [];
  }
}

/** `name=` until the name is typed, and then its choices. */
function answersOf({ name, type, choices, computed }: VariableDefinition, typed: string): string[] {
  if (computed !== undefined) return [];
  if (!typed.startsWith(`${name}=`)) return [`${name}=`];
  const values = type === 'boolean' ? ['true', 'false'] : choices.map(({ value }) => String(value));
  return values.map((value) => `${name}=${value}`);
}

async function settings(): Promise<string[]> {
  const { listSettingKeys } = await import('../core/manifest/setting-keys.ts');
  return listSettingKeys().map(({ key }) => key);
}

/** The packs that the line names, or else those of the project here. */
function packsOf({ positionals }: Position, context: CommandContext): Promise<readonly Pack[]> {
  return loadNamedPacks(positionals, context);
}

async function entriesOf(context: CommandContext) {
  return (await context.openPorts()).repository.list();
}

async function idsOf(context: CommandContext, which: 'all' | 'installed' = 'all'): Promise<string[]> {
  const usable = (await entriesOf(context)).filter(({ isBroken }) => !isBroken);
  return usable.filter(({ provenance }) => which === 'all' || provenance.kind === 'installed').map(({ id }) => id);
}
