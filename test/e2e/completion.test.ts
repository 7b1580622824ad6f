import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasProgram } from '../support/generated-project.ts';
import { talkTo } from '../support/pseudo-terminal.ts';
import { makeWorkshops, programEnvironment, programFile, readWholeTree, type Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

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
  writePack(join(work, 'packs', 'asking'), {
    id: 'asking',
    manifest: `[variables.database]\ntype = "choice"\nchoices = ["sqlite", "postgres", "${HOSTILE}"]\ndefault = "sqlite"\n[variables.secure]\ntype = "boolean"\ndefault = true\n[variables.known]\ncomputed = "1"\ntype = "integer"\n`,
    files: { 'templates/compose.yaml.jinja': 'db: {{ database }}\n', [`templates/${HOSTILE}`]: '' },
  });
  // What cannot be read is listed by the name of its directory.
  mkdirSync(join(work, 'packs', HOSTILE));
  writeFileSync(join(work, 'packs', HOSTILE, 'pack.toml'), 'x');
  for (const id of ['my-pack', '@acme/tea']) await workshop.succeed(['create', id, join('packs', id.replace('@acme/', ''))]);
  const environment = programEnvironment({ home });
  const env = { ...environment, PATH: `${bin}:${environment['PATH']}`, ZDOTDIR: root, LC_ALL: 'C.UTF-8' };
  return { argv: shell.start(workshop, script), cwd: work, env };
}

const HOSTILE = ['z$(touch$', '{IFS}pwned)'].join('');

const hasPython = hasProgram('python3', 'completion in shells');

describe.each(SHELLS)('completion in $name', (shell) => {
  it.runIf(hasPython && hasProgram(shell.name, `completion in ${shell.name}`))(
    'completes commands, ids of packs, flags and their values',
    async () => {
      const workshop = makeWorkshop();
      const talk = await talkTo(await prepare(shell, workshop), [
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
        ['ready> ', 'packs config set defaults.auth\t Ada\r'],
        ['ready> ', 'packs config get defaults.auth\t\r'],
        ['Ada', ''],
        ['ready> ', 'packs help benchm\t\r'],
        ['Measure how long a pack takes', ''],
        ['ready> ', 'packs generate asking made --var datab\tpostg\t --dry-run --diff\r'],
        ['+db: postgres', ''],
        ['ready> ', 'packs generate asking made2 --template comp\t --dry-run\r'],
        ['1 file to create', ''],
        // Fish has its own word for the exit code.
        ['ready> ', `packs show z\t; echo done-${shell.name === 'fish' ? '$status' : '$?'}\r`],
        ['done-7', ''],
        ['ready> ', 'exit\r'],
      ]);
      expect(talk.exitCode).toBe(0);
      expect(readdirSync(workshop.work)).toEqual(['packs']);
    },
  );
});

describe('packs completion candidates', () => {
  async function ask() {
    const workshop = makeWorkshop();
    await prepare({ name: 'bash', start: () => [] }, workshop);
    return {
      ...workshop,
      candidates: async (line: string, cwd = workshop.work) =>
        (await workshop.succeed(['completion', 'candidates', line], { cwd })).stdout.split('\n').slice(0, -1),
    };
  }

  it.each([
    ['packs valid', ['validate']],
    ['packs help valid', ['validate']],
    ['packs tree my-pack --format ', ['dot', 'json', 'mermaid', 'tree']],
    ['packs tree my-pack --format=d', ['--format=dot']],
    ['packs generate asking --va', ['--var', '--vars-file']],
    ['packs generate asking made --var ', ['database=', 'secure=']],
    ['packs generate ./packs/asking --var database=', ['database=postgres', 'database=sqlite']],
    ['packs generate asking --var=secure=f', ['--var=secure=false']],
    ['packs generate asking my-pack --var s', ['secure=']],
    ['packs generate asking --template ', ['compose.yaml']],
    ['packs new "asking" --template c', ['compose.yaml']],
    ['packs show my', ['my-pack']],
    ['packs config ', ['get', 'list', 'path', 'set', 'unset']],
    ['packs config set def', ['defaults.author', 'defaults.variables.NAME']],
    ['packs validate --check ex', ['examples']],
    ['packs uninstall ', []],
    ['packs list --category oper', ['operations']],
    ['packs generate none --var ', []],
    ['packs nothing --var ', []],
    ['show @ac', ['@acme/tea']],
  ])('of %j are %j', async (line, expected) => {
    expect(await (await ask()).candidates(line)).toEqual(expected);
  });

  it('of a project are those of its packs, and nothing of it is changed', async () => {
    const { candidates, succeed, work, json } = await ask();
    await succeed(['generate', './packs/asking', 'made']);
    const before = readWholeTree(work);
    expect(await candidates('packs regenerate --var d', join(work, 'made'))).toEqual(['database=']);
    expect(await candidates('packs update --var database=p', join(work, 'made'))).toEqual(['database=postgres']);
    expect(readWholeTree(work)).toEqual(before);
    expect((await json(['completion', 'candidates', 'packs regen'])).data).toEqual({ candidates: ['regenerate'] });
  });

  it('are never anything that a shell would run', async () => {
    const { candidates } = await ask();
    for (const line of ['packs show z', 'packs generate asking --template $', 'packs generate asking --var database=$'])
      expect(await candidates(line)).toEqual([]);
  });
});

describe('the script for PowerShell', () => {
  it('is the one that was compared with what PowerShell documents', async () => {
    const { succeed } = makeWorkshop();
    expect((await succeed(['completion', 'powershell'])).stdout).toMatchInlineSnapshot(`
      "Register-ArgumentCompleter -Native -CommandName packs, packsmith -ScriptBlock {
        param($wordToComplete, $commandAst, $cursorPosition)
        $line = $commandAst.Extent.Text
        $length = $cursorPosition - $commandAst.Extent.StartOffset
        $line = if ($length -lt $line.Length) { $line.Substring(0, $length) } else { $line.PadRight($length) }
        packs completion candidates $line 2>$null | ForEach-Object {
          $text = if ($_ -match '[^A-Za-z0-9_./:=+-]') { "'$_'" } else { $_ }
          [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
        }
      }
      "
    `);
  });
});
