import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasProgram } from '../support/generated-project.ts';
import { talkToProgram } from '../support/pseudo-terminal.ts';
import { makeWorkshops, readTexts, type Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

interface HookFixture {
  readonly stage?: 'pre_generate' | 'post_generate';
  readonly name?: string;
  readonly run: readonly string[];
  readonly more?: string;
}

/** One hook that runs a small Node program. */
const node = (script: string, more: Partial<HookFixture> = {}): HookFixture => ({ run: ['node', '-e', script], ...more });

function setScene(...hooks: readonly HookFixture[]): Workshop & { readonly pack: string; readonly project: string } {
  const workshop = makeWorkshop();
  const manifest = hooks
    .map(
      ({ stage = 'post_generate', name = 'the hook', run, more = '' }) =>
        `[[hooks.${stage}]]\nname = ${JSON.stringify(name)}\nrun = ${JSON.stringify(run)}\n${more}\n`,
    )
    .join('\n');
  const pack = writePack(join(workshop.root, 'hooked'), { id: 'hooked', manifest, files: { 'templates/a.txt': 'a\n' } });
  return { ...workshop, pack, project: join(workshop.work, 'out') };
}

const LEAVE_MARK = "require('fs').writeFileSync('mark', process.cwd())";

/** A grandchild that will not go when it is asked to, holds no pipe, and says when it lives. */
const STUBBORN = `
  const child = require('child_process').spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); require('fs').writeFileSync('grandchild', String(process.pid)); setInterval(() => {}, 1000)"], { stdio: 'ignore' });
  child.unref();
  const wait = setInterval(() => { if (require('fs').existsSync('grandchild')) { clearInterval(wait); if (process.argv[1] !== 'stay') process.exit(0); setInterval(() => {}, 1000); } }, 20);
`;

describe('a hook', () => {
  it.each([[[]], [['--yes']], [['-y', '--quiet']], [['--defaults']], [['--skip-hooks']]])(
    'does not run without consent (%j), and the project is generated',
    async (args) => {
      const { run, pack, project } = setScene(node(LEAVE_MARK));
      const { exitCode, stderr } = await run(['generate', pack, 'out', ...args], { input: 'y\ny\n' });
      expect(exitCode, stderr).toBe(0);
      expect(readTexts(project)['a.txt']).toBe('a\n');
      expect(existsSync(join(project, 'mark'))).toBe(false);
      if (args.length > 0) return;
      expect(stderr).toMatch(/the hook "the hook" of hooked did not run: node -e/);
      expect(stderr).toContain('take this back with `packs undo` and give the command again with --trust');
    },
  );

  it.each([
    ['an escape sequence', "\u001b]0;console.log('hidden')\u0007", "\\x1b]0;console.log(\\'hidden\\')\\x07"],
    ['a comment that ends', "1 // x\nconsole.log('hidden')", "1 // x\\nconsole.log(\\'hidden\\')"],
    ['a mark that turns the direction', "'\u202e' + 1", "\\'\\u202e\\' + 1"],
  ])('hides nothing of what it would run behind %s', async (_, script, shown) => {
    const { run, pack } = setScene(node(script));
    const { stdout } = await run(['generate', pack, 'out', '--dry-run']);
    expect(stdout).toContain(`node -e $'${shown}'`);
  });

  it('that was left out is named in the JSON document, with all its arguments', async () => {
    const { json, pack } = setScene(node(LEAVE_MARK));
    const { data, warnings, ok } = await json(['generate', pack, 'out']);
    expect(ok).toBe(true);
    expect(data.skippedHooks).toMatchObject([{ name: 'the hook', run: ['node', '-e', LEAVE_MARK] }]);
    expect(warnings.join()).toContain('the hook');
  });

  it('runs with --trust, in the project', async () => {
    const { succeed, pack, project } = setScene(node(LEAVE_MARK));
    await succeed(['generate', pack, 'out', '--trust']);
    expect(readFileSync(join(project, 'mark'), 'utf8')).toBe(project);
  });

  it('before generating runs in the project too, although there is none yet', async () => {
    const { succeed, pack, project } = setScene(node(LEAVE_MARK, { stage: 'pre_generate' }));
    await succeed(['generate', pack, 'out', '--trust']);
    expect(readTexts(project)).toMatchObject({ mark: project, 'a.txt': 'a\n' });
  });

  it('before generating that fails leaves nothing', async () => {
    const { run, pack, project } = setScene(node('process.exit(3)', { stage: 'pre_generate' }));
    const { exitCode, stderr } = await run(['generate', pack, 'out', '--trust']);
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/HOOK_FAILED[\s\S]*exit code 3[\s\S]*nothing was written/);
    expect(existsSync(project)).toBe(false);
  });

  it('that fails is told, with its output, and the project can be taken back', async () => {
    const { run, succeed, pack, project } = setScene(node("console.error('no \\u001b[31mluck\\u001b[0m'); process.exit(7)"));
    const { exitCode, stderr } = await run(['generate', pack, 'out', '--trust']);
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/HOOK_FAILED[\s\S]*exit code 7[\s\S]*no luck[\s\S]*packs undo/);
    expect(stderr).not.toContain('\u001b');
    await succeed(['undo'], { cwd: project });
    expect(readTexts(project)).toEqual({});
  });

  it('that is not there at all is told as well', async () => {
    const { run, pack } = setScene({ run: ['no-such-program-anywhere'] });
    const { exitCode, stderr } = await run(['generate', pack, 'out', '--trust']);
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/HOOK_FAILED[\s\S]*no-such-program-anywhere/);
  });

  it('that may fail does not stop the next', async () => {
    const { succeed, pack, project } = setScene(node('process.exit(1)', { more: 'continue_on_error = true' }), node(LEAVE_MARK));
    const { stdout } = await succeed(['generate', pack, 'out', '--trust']);
    expect(stdout).toContain('failed');
    expect(existsSync(join(project, 'mark'))).toBe(true);
  });

  it('gets its arguments as they are: nothing is given to a shell', async () => {
    const { succeed, pack, project } = setScene(
      node("require('fs').writeFileSync('args', JSON.stringify(process.argv.slice(1)))", {
        run: [
          'node',
          '-e',
          "require('fs').writeFileSync('args', JSON.stringify(process.argv.slice(1)))",
          '; touch pwned',
          '$(touch pwned)',
          '`touch pwned`',
          '| tee pwned',
          '&& touch pwned',
          '*',
          '$HOME',
          '> pwned',
        ],
      }),
    );
    await succeed(['generate', pack, 'out', '--trust']);
    expect(JSON.parse(readFileSync(join(project, 'args'), 'utf8'))).toEqual([
      '; touch pwned',
      '$(touch pwned)',
      '`touch pwned`',
      '| tee pwned',
      '&& touch pwned',
      '*',
      '$HOME',
      '> pwned',
    ]);
    expect(existsSync(join(project, 'pwned'))).toBe(false);
  });

  it('as one line is no program: a shell would have run it', async () => {
    const { run, pack, project } = setScene({ run: ['echo hello; touch pwned'] });
    expect((await run(['generate', pack, 'out', '--trust'])).exitCode).toBe(4);
    expect(existsSync(join(project, 'pwned'))).toBe(false);
  });

  it('gets an answer as one argument, whatever is in it', async () => {
    const workshop = makeWorkshop();
    const manifest = `[variables.word]\ntype = "string"\n\n[[hooks.post_generate]]\nname = "h"\nrun = ["node", "-e", "require('fs').writeFileSync('args', JSON.stringify(process.argv.slice(1)))", "--", "{{ word }}"]`;
    const pack = writePack(join(workshop.root, 'hooked'), { id: 'hooked', manifest, files: { 'templates/a.txt': 'a' } });
    await workshop.succeed(['generate', pack, 'out', '--trust', '--var', 'word=a b"; touch pwned #']);
    expect(JSON.parse(readFileSync(join(workshop.work, 'out', 'args'), 'utf8'))).toEqual(['a b"; touch pwned #']);
  });

  it('does not see what is in the environment of the user', async () => {
    const { succeed, pack, project } = setScene(node("require('fs').writeFileSync('env.json', JSON.stringify(process.env))"));
    const env = {
      GITHUB_TOKEN: 'token-of-the-user',
      NPM_TOKEN: 'x',
      AWS_SECRET_ACCESS_KEY: 'y',
      NODE_OPTIONS: '--no-warnings',
      PACKSMITH_VAR_SECRET: 'z',
      SSH_AUTH_SOCK: '/s',
    };
    await succeed(['generate', pack, 'out', '--trust'], { env });
    const seen = JSON.parse(readFileSync(join(project, 'env.json'), 'utf8')) as Record<string, string>;
    for (const name of [...Object.keys(env), 'PACKSMITH_HOME']) expect(seen).not.toHaveProperty(name);
    expect(seen).toHaveProperty('PATH');
  });

  it('that takes too long is ended with everything it started', async () => {
    const { run, pack, project } = setScene({ run: ['node', '-e', STUBBORN, 'stay'], more: 'timeout = 3' });
    const { exitCode, stderr } = await run(['generate', pack, 'out', '--trust']);
    expect(exitCode, stderr).toBe(4);
    expect(stderr).toMatch(/HOOK_FAILED[\s\S]*after 3 s/);
    await expectGone(join(project, 'grandchild'));
  });

  it('that ends leaves no process behind, not even a stubborn one that holds no pipe', async () => {
    const { succeed, pack, project } = setScene({ run: ['node', '-e', STUBBORN, 'go'] });
    await succeed(['generate', pack, 'out', '--trust']);
    await expectGone(join(project, 'grandchild'));
  });

  it('is not waited for when a process that left its group holds its pipes', async () => {
    const script = `require('child_process').spawn(process.execPath, ['-e', "require('fs').writeFileSync('runaway', String(process.pid)); setInterval(() => {}, 1000)"], { stdio: 'inherit', detached: true }).unref(); const wait = setInterval(() => { if (require('fs').existsSync('runaway')) process.exit(0); }, 20);`;
    const { succeed, pack, project } = setScene(node(script));
    try {
      await succeed(['generate', pack, 'out', '--trust']);
    } finally {
      process.kill(Number(readFileSync(join(project, 'runaway'), 'utf8')), 'SIGKILL');
    }
  });

  it('that prints without end costs no memory', async () => {
    const { succeed, pack } = setScene(node("for (let i = 0; i < 20000; i++) process.stdout.write('x'.repeat(10000))"));
    await succeed(['generate', pack, 'out', '--trust']);
  });
});

describe('trust in the settings', () => {
  it('is bound to the content: one byte more, and the hook does not run', async () => {
    const { succeed, json, pack, project, home } = setScene(node(LEAVE_MARK));
    const { data } = await json(['plan', pack, 'out']);
    const { id, integrity } = data.plan.packs[0];
    mkdirSync(join(home, 'packsmith'), { recursive: true });
    writeFileSync(join(home, 'packsmith', 'config.toml'), `format = 1\n\n[[trust.packs]]\nid = "${id}"\nintegrity = "${integrity}"\n`);
    await succeed(['generate', pack, 'out']);
    expect(existsSync(join(project, 'mark'))).toBe(true);
    appendFileSync(join(pack, 'templates', 'a.txt'), '!');
    const { stderr } = await succeed(['generate', pack, 'again']);
    expect(stderr).toContain('did not run');
    expect(existsSync(join(project, '..', 'again', 'mark'))).toBe(false);
  });

  it('of another pack is no trust', async () => {
    const { succeed, json, pack, work, home } = setScene(node(LEAVE_MARK));
    const { data } = await json(['plan', pack, 'out']);
    mkdirSync(join(home, 'packsmith'), { recursive: true });
    writeFileSync(
      join(home, 'packsmith', 'config.toml'),
      `format = 1\n\n[[trust.packs]]\nid = "another"\nintegrity = "${data.plan.packs[0].integrity}"\n`,
    );
    await succeed(['generate', pack, 'out']);
    expect(existsSync(join(work, 'out', 'mark'))).toBe(false);
  });
});

describe.runIf(hasProgram('python3', 'asking for consent to hooks in a pseudo-terminal'))('on a terminal', () => {
  it.each([
    ['yes', '\u001b[D\r', true],
    ['no', '\r', false],
  ])('every hook is shown in full and asked for: %s', async (_, keys, runs) => {
    const scene = setScene(node(LEAVE_MARK));
    const { output, exitCode } = await talkToProgram(['generate', scene.pack, 'out'], scene, [['Run these hooks?', keys]]);
    expect(exitCode, output).toBe(0);
    expect(output).toContain('node -e');
    expect(output).toContain('writeFileSync');
    expect(existsSync(join(scene.project, 'mark'))).toBe(runs);
  });
});

/** A killed process may be seen for a moment longer, until its parent has taken note. */
async function expectGone(file: string): Promise<void> {
  const pid = Number(readFileSync(file, 'utf8'));
  for (let attempt = 0; attempt < 100 && isAlive(pid); attempt++) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(isAlive(pid)).toBe(false);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // Where nobody collects orphans, they stay as zombies: ended, but counted.
  return !existsSync(`/proc/${pid}/stat`) || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}
