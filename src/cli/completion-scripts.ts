import { type CommandSpec, shownFlags } from './command-spec.ts';
import { GLOBAL_FLAGS } from './global-flags.ts';
import { packsOfArgument } from './packs-of-argument.ts';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

export type Shell = (typeof SHELLS)[number];

/** Tells whether there is a completion script for a shell of that name. */
export function isShell(name: string): name is Shell {
  return (SHELLS as readonly string[]).includes(name);
}

/** A script that completes verbs, flags, the words that arguments and flags can be, and the ids of packs, for `packs` and `packsmith`. */
export function formatCompletion(shell: Shell, specs: readonly CommandSpec[]): string {
  return FORMATS[shell](specs.map(toEntry));
}

/** What can follow one verb. */
interface Entry {
  readonly verb: string;
  readonly summary: string;
  /** The words that the first argument can be. */
  readonly words: readonly string[];
  /** The first words after which the second one is asked for. */
  readonly askedAfter: readonly string[];
  /** The packs that arguments can name, asked for when somebody completes. */
  readonly packs: 'all' | 'installed' | undefined;
  readonly flags: readonly {
    readonly name: string;
    readonly summary: string;
    readonly values: readonly string[];
    readonly hasValue: boolean;
    /** Whether its values are asked for when somebody completes. */
    readonly isAsked: boolean;
  }[];
}

const FORMATS: Readonly<Record<Shell, (entries: readonly Entry[]) => string>> = {
  bash: formatBash,
  zsh: formatZsh,
  fish: formatFish,
  powershell: formatPowershell,
};

function toEntry({ verb, summary, arguments: positionals, flags }: CommandSpec): Entry {
  const all = [...shownFlags(flags), ...shownFlags(GLOBAL_FLAGS)];
  return {
    verb,
    summary,
    words: positionals[0]?.choices ?? [],
    askedAfter: positionals[1]?.settingAfter ?? [],
    packs: packsOfArgument(positionals[0]),
    flags: all.map(([name, flag]) => ({
      name: `--${name}`,
      summary: flag.summary,
      values: flag.kind === 'choice' ? flag.choices : [],
      hasValue: flag.kind !== 'switch',
      isAsked: flag.kind !== 'switch' && ASKED.has(name) && !(verb === 'publish' && name === 'tag'),
    })),
  };
}

/** Flags of which `completeLine` knows values that depend on packs and settings. */
const ASKED: ReadonlySet<string> = new Set(['var', 'template', 'check', 'category', 'tag', 'registry', 'sign', 'with', 'prefer']);

/**
 * The first column of `packs list` without its title. That command is answered from an index, so that completing is not slow. Only what is an id is
 * taken: a pack that cannot be read is listed by the name of its directory, which might be a command to the shell.
 */
function listLine({ packs }: Entry): string {
  return `packs list${packs === 'installed' ? ' --installed' : ''} 2>/dev/null | sed -n -e 1d -e 's/^\\([a-z0-9@][a-z0-9@/._-]*\\) .*/\\1/p'`;
}

function formatBash(entries: readonly Entry[]): string {
  const verbs = entries.map(({ verb }) => verb).join(' ');
  const cases = entries.map((entry) => {
    const { verb, words, flags, packs, askedAfter } = entry;
    const candidates = [...words, ...flags.map(({ name }) => name)].join(' ');
    const ids = packs === undefined ? '' : ` [[ "$current" == -* ]] || words=$(${listLine(entry)});`;
    const values = flags
      .filter((flag) => flag.values.length > 0)
      .map((flag) => `${verb}:${flag.name}) words="${flag.values.join(' ')}" ;;`);
    const asked = [...flags.filter((flag) => flag.isAsked).map(({ name }) => name), ...askedAfter].map((word) => `${verb}:${word}`);
    return { candidates: `    ${verb}) words="${candidates}";${ids} ;;`, values, asked };
  });
  const values = cases.flatMap((entry) => entry.values).map((line) => `    ${line}`);
  const asked = cases.flatMap((entry) => entry.asked).join('|');
  // COMP_WORDS is broken at "@" and "=" as well, unlike the word that is replaced: it is taken from the line.
  return `_packs() {
  local verb="" word words="" line="\${COMP_LINE:0:COMP_POINT}"
  local current="\${line##* }"
  local previous="\${line%"$current"}"
  previous="\${previous%"\${previous##*[! ]}"}"
  previous="\${previous##* }"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) verb="$word"; break ;; esac
  done
  case "$verb" in
    "") words="${verbs} help --help --version" ;;
    help) words="${verbs}" ;;
${cases.map((entry) => entry.candidates).join('\n')}
  esac
  case "$verb:$previous" in
${values.join('\n')}
  esac
  case "$verb:$previous" in
    ${asked})
      words=""
      while IFS= read -r word; do COMPREPLY+=("$word"); done < <(packs completion candidates "$line" 2>/dev/null)
      [[ "\${COMPREPLY[0]}" == *= ]] && compopt -o nospace
      ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
  esac
  if [[ "$current" == *=* && "$COMP_WORDBREAKS" == *=* ]]; then
    COMPREPLY=("\${COMPREPLY[@]#"\${current%"\${current##*=}"}"}")
  fi
}
complete -o default -F _packs packs packsmith
`;
}

function formatZsh(entries: readonly Entry[]): string {
  const verbs = entries.map(({ verb, summary }) => `    ${quotePosix(`${verb}:${summary}`)}`).join('\n');
  const cases = entries.map((entry) => {
    const { verb, words, flags, packs, askedAfter } = entry;
    const specs = flags.map(({ name, summary, values, hasValue, isAsked }) => {
      const value = values.length > 0 ? `:value:(${values.join(' ')})` : isAsked ? ':value:_packs_asked' : hasValue ? ':value:_files' : '';
      return quotePosix(`*${name}[${summary.replace(/[[\]:]/g, ' ')}]${value}`);
    });
    const others = words.length > 0 ? `1:word:(${words.join(' ')})` : packs === undefined ? '*:file:_files' : '*:pack:_packs_ids';
    const ask = packs === undefined ? '' : `packs_ids=(\${(f)"$(${listLine(entry)})"}); `;
    const second = askedAfter.length > 0 ? ['2:setting:_packs_asked'] : [];
    return `    ${verb}) ${ask}_arguments ${[...specs, ...[others, ...second].map(quotePosix)].join(' ')} ;;`;
  });
  return `#compdef packs packsmith
_packs_ids() {
  compadd -a packs_ids
  _files
}
_packs_asked() {
  local -a found
  found=(\${(f)"$(packs completion candidates "\${(j: :)words[1,CURRENT-1]} $PREFIX" 2>/dev/null)"})
  compadd -S '' -a found
}
_packs() {
  local -a verbs packs_ids
  verbs=(
${verbs}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' verbs
    return
  fi
  local verb=$words[2]
  shift words
  (( CURRENT-- ))
  case $verb in
    help) _describe 'command' verbs ;;
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = "_packs" ]; then
  _packs "$@"
else
  compdef _packs packs packsmith
fi
`;
}

const ASK_FISH = 'packs completion candidates (commandline -cp) 2>/dev/null';

function formatFish(entries: readonly Entry[]): string {
  const ask = quotePosix(`(${ASK_FISH})`);
  const lines = entries.flatMap(({ verb, summary, words, flags, ...entry }) => [
    `complete -c $program -n __fish_use_subcommand -f -a ${verb} -d ${quotePosix(summary)}`,
    ...words.map((word) => `complete -c $program -n '__fish_seen_subcommand_from ${verb}' -f -a ${word}`),
    ...entry.askedAfter.map(
      (word) => `complete -c $program -n '__fish_seen_subcommand_from ${verb}; and __fish_seen_subcommand_from ${word}' -f -a ${ask}`,
    ),
    ...(entry.packs === undefined
      ? []
      : [
          `complete -c $program -n '__fish_seen_subcommand_from ${verb}' -a ${quotePosix(`(${listLine({ verb, summary, words, flags, ...entry })})`)}`,
        ]),
    ...flags.map(({ name, summary: about, values, hasValue, isAsked }) => {
      const known = isAsked ? `(${ASK_FISH})` : values.join(' ');
      const value = known !== '' ? ` -x -a ${quotePosix(known)}` : hasValue ? ' -r' : '';
      return `complete -c $program -n '__fish_seen_subcommand_from ${verb}' -l ${name.slice(2)}${value} -d ${quotePosix(about)}`;
    }),
  ]);
  const verbs = entries.map(({ verb }) => verb).join(' ');
  lines.push(`complete -c $program -n '__fish_seen_subcommand_from help' -f -a ${quotePosix(verbs)}`);
  return `for program in packs packsmith\n${lines.map((line) => `  ${line}\n`).join('')}end\n`;
}

/**
 * Asks for everything, since PowerShell is slower than the question. What means something to PowerShell, such as "@" or ",", is quoted. The text of the
 * command is filled up to the cursor: spaces behind it are no part of the syntax tree.
 */
function formatPowershell(): string {
  return `Register-ArgumentCompleter -Native -CommandName packs, packsmith -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $line = $commandAst.Extent.Text
  $length = $cursorPosition - $commandAst.Extent.StartOffset
  $line = if ($length -lt $line.Length) { $line.Substring(0, $length) } else { $line.PadRight($length) }
  packs completion candidates $line 2>$null | ForEach-Object {
    $text = if ($_ -match '[^A-Za-z0-9_./:=+-]') { "'$_'" } else { $_ }
    [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
  }
}
`;
}

/** A word for bash, zsh or fish, in single quotes. */
function quotePosix(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
