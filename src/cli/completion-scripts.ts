import { type ArgumentSpec, type CommandSpec, shownFlags } from './command-spec.ts';
import { GLOBAL_FLAGS } from './global-flags.ts';

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
  /** The packs that arguments can name, asked for when somebody completes. */
  readonly packs: 'all' | 'installed' | undefined;
  readonly flags: readonly {
    readonly name: string;
    readonly summary: string;
    readonly values: readonly string[];
    readonly hasValue: boolean;
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
    packs: packsOf(positionals[0]),
    flags: all.map(([name, flag]) => ({
      name: `--${name}`,
      summary: flag.summary,
      values: flag.kind === 'choice' ? flag.choices : [],
      hasValue: flag.kind !== 'switch',
    })),
  };
}

function packsOf(first: ArgumentSpec | undefined): Entry['packs'] {
  if (first?.name === 'REF') return 'all';
  return first?.name === 'ID' && /\binstalled packs?\b/i.test(first.summary) ? 'installed' : undefined;
}

/** The first column of `packs list` without its title. That command is answered from an index, so that completing is not slow. */
function listLine({ packs }: Entry): string {
  return `packs list${packs === 'installed' ? ' --installed' : ''} 2>/dev/null | sed -e 1d -e 's/ .*//'`;
}

function formatBash(entries: readonly Entry[]): string {
  const verbs = entries.map(({ verb }) => verb).join(' ');
  const cases = entries.map((entry) => {
    const { verb, words, flags, packs } = entry;
    const candidates = [...words, ...flags.map(({ name }) => name)].join(' ');
    const ids = packs === undefined ? '' : ` [[ "$current" == -* ]] || words=$(${listLine(entry)});`;
    const values = flags
      .filter((flag) => flag.values.length > 0)
      .map((flag) => `${verb}:${flag.name}) words="${flag.values.join(' ')}" ;;`);
    return { candidates: `    ${verb}) words="${candidates}";${ids} ;;`, values };
  });
  const values = cases.flatMap((entry) => entry.values).map((line) => `    ${line}`);
  // COMP_WORDS is broken at "@" as well, unlike the word that is replaced: it is taken from the line.
  return `_packs() {
  local verb="" word words="" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local current="\${COMP_LINE:0:COMP_POINT}"
  current="\${current##* }"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) verb="$word"; break ;; esac
  done
  case "$verb" in
    "") words="${verbs} help --help --version" ;;
${cases.map((entry) => entry.candidates).join('\n')}
  esac
  case "$verb:$previous" in
${values.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _packs packs packsmith
`;
}

function formatZsh(entries: readonly Entry[]): string {
  const verbs = entries.map(({ verb, summary }) => `    ${quotePosix(`${verb}:${summary}`)}`).join('\n');
  const cases = entries.map((entry) => {
    const { verb, words, flags, packs } = entry;
    const specs = flags.map(({ name, summary, values, hasValue }) => {
      const value = values.length > 0 ? `:value:(${values.join(' ')})` : hasValue ? ':value:_files' : '';
      return quotePosix(`*${name}[${summary.replace(/[[\]:]/g, ' ')}]${value}`);
    });
    const others = words.length > 0 ? `1:word:(${words.join(' ')})` : packs === undefined ? '*:file:_files' : '*:pack:_packs_ids';
    const ask = packs === undefined ? '' : `packs_ids=(\${(f)"$(${listLine(entry)})"}); `;
    return `    ${verb}) ${ask}_arguments ${[...specs, quotePosix(others)].join(' ')} ;;`;
  });
  return `#compdef packs packsmith
_packs_ids() {
  compadd -a packs_ids
  _files
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

function formatFish(entries: readonly Entry[]): string {
  const lines = entries.flatMap(({ verb, summary, words, flags, ...entry }) => [
    `complete -c $program -n __fish_use_subcommand -f -a ${verb} -d ${quotePosix(summary)}`,
    ...words.map((word) => `complete -c $program -n '__fish_seen_subcommand_from ${verb}' -f -a ${word}`),
    ...(entry.packs === undefined
      ? []
      : [
          `complete -c $program -n '__fish_seen_subcommand_from ${verb}' -a ${quotePosix(`(${listLine({ verb, summary, words, flags, ...entry })})`)}`,
        ]),
    ...flags.map(({ name, summary: about, values, hasValue }) => {
      const value = values.length > 0 ? ` -x -a ${quotePosix(values.join(' '))}` : hasValue ? ' -r' : '';
      return `complete -c $program -n '__fish_seen_subcommand_from ${verb}' -l ${name.slice(2)}${value} -d ${quotePosix(about)}`;
    }),
  ]);
  return `for program in packs packsmith\n${lines.map((line) => `  ${line}\n`).join('')}end\n`;
}

function formatPowershell(entries: readonly Entry[]): string {
  const list = (words: readonly string[]) => `@(${words.map((word) => `'${word}'`).join(', ')})`;
  const naming = (wanted: Entry['packs']) => list(entries.filter(({ packs }) => packs === wanted).map(({ verb }) => verb));
  const table = entries.map(({ verb, words, flags }) => `  '${verb}' = ${list([...words, ...flags.map(({ name }) => name)])}`);
  return `$packsWords = @{
${table.join('\n')}
}
Register-ArgumentCompleter -Native -CommandName packs, packsmith -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  $verb = $typed | Where-Object { $packsWords.ContainsKey($_) } | Select-Object -First 1
  $candidates = if ($verb) { $packsWords[$verb] } else { $packsWords.Keys | Sort-Object }
  if ($wordToComplete -notlike '-*') {
    if ($verb -in ${naming('all')}) { $candidates = packs list 2>$null }
    if ($verb -in ${naming('installed')}) { $candidates = packs list --installed 2>$null }
    if ($verb -in ${naming('all')} + ${naming('installed')}) {
      $candidates = $candidates | Select-Object -Skip 1 | ForEach-Object { ($_ -split ' ')[0] }
    }
  }
  $candidates | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}

/** A word for bash, zsh or fish, in single quotes. */
function quotePosix(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
