import { type CommandSpec, type FlagSpec, type FlagSpecs, shownFlags } from '../command-spec.ts';
import { GLOBAL_FLAGS } from '../global-flags.ts';
import type { Terminal } from '../terminal.ts';
import { textWidth, wrapText } from '../text-width.ts';

const WIDEST_HELP = 100;
const NARROWEST_TWO_COLUMNS = 60;

/** The help of one command, or of the whole program. */
export function viewHelp(specs: readonly CommandSpec[], spec: CommandSpec | undefined, terminal: Terminal): string {
  return spec === undefined ? viewProgramHelp(specs, terminal) : viewCommandHelp(spec, terminal);
}

/** The same as data. */
export function describeHelp(specs: readonly CommandSpec[], spec: CommandSpec | undefined): unknown {
  return spec === undefined
    ? { commands: specs.map(describeCommand), flags: Object.fromEntries(shownFlags(GLOBAL_FLAGS)) }
    : describeCommand(spec);
}

/** How a flag is written, such as `-o, --output DIR`. */
export function formatFlag(name: string, flag: FlagSpec): string {
  const short = flag.short === undefined ? '' : `-${flag.short}, `;
  return `${short}--${name}${formatPlaceholder(flag)}`;
}

/** The usage line of a command, without the program's name. */
export function formatUsage(spec: CommandSpec): string {
  const names = spec.arguments.map(({ name, isRequired, isRepeatable, choices }) => {
    const shown = `${choices?.join('|') ?? name}${isRepeatable === true ? '…' : ''}`;
    return isRequired ? shown : `[${shown}]`;
  });
  return [spec.verb, ...names, ...(Object.keys(spec.flags).length === 0 ? [] : ['[flags]'])].join(' ');
}

function describeCommand({ verb, summary, description, arguments: positionals, flags, examples, aliases }: CommandSpec): unknown {
  return { verb, summary, description, arguments: positionals, flags, examples, aliases: aliases.map((alias) => alias.name) };
}

function formatPlaceholder(flag: FlagSpec): string {
  if (flag.kind === 'switch') return '';
  return flag.kind === 'choice' ? ` ${flag.choices.join('|')}` : ` ${flag.placeholder}`;
}

function viewProgramHelp(specs: readonly CommandSpec[], terminal: Terminal): string {
  const { style } = terminal;
  const groups = [...new Set(specs.map((spec) => spec.group))];
  const sections = groups.map((group) => {
    const rows = specs.filter((spec) => spec.group === group).map((spec) => [spec.verb, spec.summary] as const);
    return `${style.bold(group)}\n${viewPairs(rows, terminal)}`;
  });
  const start = specs.find((spec) => spec.verb === 'generate');
  return [
    `packs makes projects from packs of templates.\n`,
    `${style.bold('Usage')}\n  packs COMMAND [arguments] [flags]\n`,
    ...sections,
    `${style.bold('Every command')}\n${viewFlags(GLOBAL_FLAGS, terminal)}`,
    ...(start === undefined ? [] : [`${style.bold('Examples')}\n${viewExamples(start, terminal)}`]),
    `\`packs COMMAND --help\` shows a command with its flags and examples.\n`,
  ].join('\n');
}

function viewCommandHelp(spec: CommandSpec, terminal: Terminal): string {
  const { style } = terminal;
  const width = Math.min(terminal.columns ?? WIDEST_HELP, WIDEST_HELP);
  const positionals = spec.arguments.map(({ name, summary }) => [name, summary] as const);
  return [
    `${style.bold(`packs ${spec.verb}`)}: ${spec.summary}\n`,
    `${style.bold('Usage')}\n  packs ${formatUsage(spec)}\n`,
    `${wrapText(spec.description, width).join('\n')}\n`,
    ...(positionals.length === 0 ? [] : [`${style.bold('Arguments')}\n${viewPairs(positionals, terminal)}`]),
    ...(Object.keys(spec.flags).length === 0 ? [] : [`${style.bold('Flags')}\n${viewFlags(spec.flags, terminal)}`]),
    `${style.bold('Every command')}\n${viewFlags(GLOBAL_FLAGS, terminal)}`,
    `${style.bold('Examples')}\n${viewExamples(spec, terminal)}`,
  ].join('\n');
}

function viewFlags(flags: FlagSpecs, terminal: Terminal): string {
  return viewPairs(
    shownFlags(flags).map(([name, flag]) => [formatFlag(name, flag), flag.summary] as const),
    terminal,
  );
}

function viewExamples(spec: CommandSpec, { style }: Terminal): string {
  return spec.examples.map(({ line, does }) => `  ${style.dim(`# ${does}`)}\n  packs ${line}\n`).join('');
}

/** Names on the left, what they mean on the right; below each other where the terminal is narrow. */
function viewPairs(rows: readonly (readonly [string, string])[], { columns = WIDEST_HELP, style }: Terminal): string {
  const width = Math.min(columns, WIDEST_HELP);
  const left = Math.min(34, Math.max(...rows.map(([name]) => textWidth(name))));
  if (width < NARROWEST_TWO_COLUMNS) {
    const indented = (text: string) =>
      wrapText(text, width - 6)
        .map((line) => `      ${line}\n`)
        .join('');
    return rows.map(([name, text]) => `  ${style.bold(name)}\n${indented(text)}`).join('');
  }
  return rows.map(([name, text]) => viewPair({ name, lines: wrapText(text, width - left - 4), left, style })).join('');
}

interface Pair {
  readonly name: string;
  readonly lines: readonly string[];
  readonly left: number;
  readonly style: Terminal['style'];
}

function viewPair({ name, lines, left, style }: Pair): string {
  const indent = ' '.repeat(left + 4);
  const isLong = textWidth(name) > left;
  const [first = '', ...rest] = lines;
  const head = isLong ? `  ${style.bold(name)}\n${indent}${first}` : `  ${style.bold(name)}${' '.repeat(left - textWidth(name))}  ${first}`;
  return `${[head, ...rest.map((line) => indent + line)].join('\n')}\n`;
}
