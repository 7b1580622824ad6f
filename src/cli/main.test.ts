import { describe, expect, it } from 'vitest';
import type { Host } from './host.ts';
import { runMain } from './main.ts';

/** Runs a line in a process that has no terminal, and gives what it printed and its exit code. */
async function run(line: string, more: Partial<Host> = {}) {
  const printed = { stdout: '', stderr: '', code: 0 };
  const nowhere = '/nonexistent/packsmith';
  const host: Host = {
    argv: line.split(' ').filter((word) => word !== ''),
    env: {},
    home: nowhere,
    workingDirectory: nowhere,
    isDirectory: () => false,
    packageRoot: nowhere,
    directories: { config: nowhere, data: nowhere, cache: nowhere, state: nowhere },
    version: '1.2.3',
    stdout: {
      isTerminal: false,
      columns: undefined,
      write: (text) => {
        printed.stdout += text;
      },
    },
    stderr: {
      isTerminal: false,
      columns: undefined,
      write: (text) => {
        printed.stderr += text;
      },
    },
    isInputTerminal: false,
    openPromptStreams: () => {
      throw new Error('nobody can be asked');
    },
    setExitCode: (code) => {
      printed.code = code;
    },
    exit: () => undefined,
    onInterrupt: () => () => undefined,
    ...more,
  };
  await runMain(host);
  return printed;
}

describe('the program', () => {
  it.each(['--version', '-V', 'list --version'])('packs %s', async (line) => {
    expect(await run(line)).toEqual({ stdout: '1.2.3\n', stderr: '', code: 0 });
  });

  it.each(['', '--help', 'help', '-h'])('packs %s', async (line) => {
    const { stdout, stderr, code } = await run(line);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout).toMatch(/^packs makes projects[\s\S]*Usage[\s\S]*generate +Make a project/);
  });

  it('folds a failure to the width of the terminal', async () => {
    let shown = '';
    const write = (text: string | Uint8Array) => {
      shown += String(text);
    };
    await run('lisst', { env: { NO_COLOR: '1' }, stderr: { isTerminal: true, columns: 28, write } });
    expect(shown).toBe('error[INVALID_ARGUMENTS]:\n  there is no command\n  `lisst`\n\nhint: did you mean\n  `packs list`?\n');
  });

  it('shows a failure on stderr only', async () => {
    const { stdout, stderr, code } = await run('lisst');
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
    expect(stderr).toBe('error[INVALID_ARGUMENTS]: there is no command `lisst`\n\nhint: did you mean `packs list`?\n');
  });

  it.each<[string, unknown, number]>([
    ['--json lisst', { ok: false, command: null, data: null, warnings: [], error: { code: 'INVALID_ARGUMENTS' } }, 2],
    ['list --json --lmit', { ok: false, command: null, error: { suggestions: ['--limit'] } }, 2],
    ['list --json', { ok: true, command: 'list', data: { packs: [], total: 0 }, warnings: [], error: null }, 0],
    ['show nothing --json', { ok: false, command: 'show', data: null, error: { code: 'PACK_NOT_FOUND' } }, 7],
    ['status --json', { ok: false, command: 'status', error: { code: 'PROJECT_NOT_FOUND' } }, 7],
    ['config path --json', { ok: true, command: 'config', data: { path: '/nonexistent/packsmith/config.toml' } }, 0],
    ['config get a.b --json', { ok: false, command: 'config', error: { code: 'SETTING_NOT_FOUND' } }, 8],
    ['config set a --json', { ok: false, error: { code: 'INVALID_ARGUMENTS', hint: 'write `packs config set KEY VALUE`' } }, 2],
    ['generate a b --interactive --json', { ok: false, error: { code: 'INVALID_ARGUMENTS' } }, 2],
    ['generate a b --vars-file none.toml --json', { ok: false, error: { code: 'FILE_NOT_FOUND', where: { file: 'none.toml' } } }, 7],
    ['generate a b --var x --json', { ok: false, error: { code: 'VAR_FLAG_INVALID' } }, 2],
    ['help generate --json', { ok: true, command: 'generate', data: { verb: 'generate' } }, 0],
  ])('packs %s prints one document', async (line, expected, code) => {
    const printed = await run(line);
    expect(JSON.parse(printed.stdout)).toMatchObject(expected as object);
    expect({ stderr: printed.stderr, code: printed.code }).toEqual({ stderr: '', code });
  });

  it.each(['bash', 'zsh', 'fish', 'powershell'])('prints a completion script for %s', async (shell) => {
    const { stdout, code } = await run(`completion ${shell}`);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      shell === 'powershell' ? /Register-ArgumentCompleter[\s\S]*packs completion candidates/ : /into-existing[\s\S]*powershell/,
    );
  });
});
