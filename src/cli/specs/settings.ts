import type { CommandSpec } from '../command-spec.ts';

export const configSpec = {
  verb: 'config',
  aliases: [],
  group: 'Settings',
  summary: 'Read and change the settings',
  description:
    'Settings are in one config.toml for the user; what a project settles for itself stands in its packsmith.toml. Changing one keeps the comments and the order of the file.',
  arguments: [
    { name: 'ACTION', summary: 'What to do', isRequired: true, choices: ['list', 'get', 'set', 'unset', 'path'] },
    { name: 'KEY', summary: 'A setting, such as defaults.author', isRequired: false, settingAfter: ['get', 'set', 'unset'] },
    { name: 'VALUE', summary: 'Its new value; a TOML value, or text as it is', isRequired: false },
  ],
  flags: {
    all: { kind: 'switch', summary: 'With list: also what is not set, with what holds without it and what it is about' },
  },
  examples: [
    { line: 'config list --all', does: 'every setting there is' },
    { line: 'config set signatures.policy warn', does: 'change one' },
    { line: 'config path', does: 'where the file is' },
  ],
} as const satisfies CommandSpec;

export const doctorSpec = {
  verb: 'doctor',
  aliases: [],
  group: 'Settings',
  summary: 'Check what packsmith stands on, and mend it',
  description:
    'Looks at Node.js, git, directories and their permissions, keys, the clock, the settings, locks, installed packs, interrupted changes and registries, and says what to do about what is wrong. Exits with 2 when something must be mended.',
  arguments: [],
  flags: {
    fix: { kind: 'switch', summary: 'Mend what can be mended without losing anything' },
  },
  examples: [
    { line: 'doctor', does: 'every check' },
    { line: 'doctor --fix --offline', does: 'mend what is safe, ask no registry' },
  ],
} as const satisfies CommandSpec;

export const completionSpec = {
  verb: 'completion',
  aliases: [],
  group: 'Settings',
  summary: 'Print a completion script for a shell',
  description:
    'Prints a script that completes commands, flags and their values, the ids of packs, and their variables and templates. For another shell, or an editor: `completion candidates LINE` prints what the last word of a line can be, one a line.',
  arguments: [
    { name: 'SHELL', summary: 'Which shell', isRequired: true, choices: ['bash', 'zsh', 'fish', 'powershell', 'candidates'] },
    { name: 'LINE', summary: 'With candidates: the command line up to the cursor', isRequired: false, isRepeatable: true },
  ],
  flags: {},
  examples: [
    { line: 'completion bash > ~/.local/share/bash-completion/completions/packs', does: 'for bash' },
    { line: 'completion fish > ~/.config/fish/completions/packs.fish', does: 'for fish' },
    { line: 'completion powershell >> $PROFILE', does: 'for PowerShell, typed in it' },
    { line: "completion candidates 'packs show web'", does: 'what the last word can be' },
  ],
} as const satisfies CommandSpec;
