import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasProgram } from '../support/generated-project.ts';
import { talkTo } from '../support/pseudo-terminal.ts';
import { makeWorkshops, programEnvironment, programFile, type Workshop } from '../support/run-program.ts';

const makeWorkshop = makeWorkshops();

interface Shell {
  readonly name: 'bash' | 'zsh' | 'fish';
  /** Starts it with nothing of the user's but the script. */
  readonly start: (workshop: Workshop, script: string) => readonly string[];
}

const SHELLS: readonly Shell[] = [
  {
    name: 'bash',
    start: ({ root }, script) => {
      const rc = join(root, 'bashrc');
      writeFileSync(rc, `source '${script}'\nPS1='ready> '\n`);
      return ['bash', '--noprofile', '--rcfile', rc, '-i'];
    },
  },
  {
    name: 'zsh',
    start: ({ root }, script) => {
      writeFileSync(join(root, '.zshrc'), `autoload -Uz compinit\ncompinit -u -d '${root}/dump'\nsource '${script}'\nPS1='ready> '\n`);
      return ['zsh', '-i'];
    },
  },
  {
    name: 'fish',
    start: (_, script) => ['fish', '--no-config', '--init-command', `function fish_prompt; echo 'ready> '; end; source '${script}'`, '-i'],
  },
];

/** The program under its names, and a script for the shell. */
async function prepare(shell: Shell, workshop: Workshop) {
  const { root, work, home } = workshop;
  const bin = join(root, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'packs'), `#!/bin/sh\nexec '${process.execPath}' '${programFile()}' "$@"\n`, { mode: 0o755 });
  const script = join(root, 'completion');
  writeFileSync(script, (await workshop.succeed(['completion', shell.name])).stdout);
  for (const id of ['my-pack', '@acme/tea']) await workshop.succeed(['create', id, join('packs', id.replace('@acme/', ''))]);
  const environment = programEnvironment({ home });
  const env = { ...environment, PATH: `${bin}:${environment['PATH']}`, ZDOTDIR: root, LC_ALL: 'C.UTF-8' };
  return { argv: shell.start(workshop, script), cwd: work, env };
}

const hasPython = hasProgram('python3', 'completion in shells');

describe.each(SHELLS)('completion in $name', (shell) => {
  it.runIf(hasPython && hasProgram(shell.name, `completion in ${shell.name}`))(
    'completes commands, ids of packs, flags and their values',
    async () => {
      const talk = await talkTo(await prepare(shell, makeWorkshop()), [
        ['ready> ', 'packs benchm\t --help\r'],
        ['Measure how long a pack takes', ''],
        ['ready> ', 'packs show my-p\t\r'],
        ['A project made with My Pack', ''],
        ['ready> ', 'packs show @acm\t\r'],
        ['A project made with Tea', ''],
        ['ready> ', 'packs tree my-pack --form\t mer\t\r'],
        ['flowchart', ''],
        ['ready> ', 'packs config pa\t\r'],
        ['config.toml', ''],
        ['ready> ', 'exit\r'],
      ]);
      expect(talk.exitCode).toBe(0);
    },
  );
});
