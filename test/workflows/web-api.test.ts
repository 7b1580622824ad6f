import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askUntilAnswered, developerEnvironment, freePort, installPackages, runInProject } from '../support/generated-project.ts';
import { endOf, makeWorkshops, readWholeTree } from '../support/run-program.ts';

const makeWorkshop = makeWorkshops();

describe('workflow 1: a web API from one pack', () => {
  it('is found, generated, installed, tested, started, and answers', async () => {
    const { run, succeed, work } = makeWorkshop();
    const list = await succeed(['list', '--category', 'web']);
    expect(list.stdout).toContain('web-api-starter');
    expect(list.stdout).not.toContain('data-science-toolkit');

    const show = await succeed(['show', 'web-api-starter', '--variables']);
    for (const group of ['Basic info', 'Server', 'Database', 'Authentication', 'Tooling']) expect(show.stdout).toContain(group);
    expect(show.stdout).toMatch(/port integer[\s\S]*value: from 1024 to 65535/);

    const generated = await succeed(['generate', 'web-api-starter', 'my-api', '--var', 'author=Ada Example']);
    expect(generated.stdout).toContain('in my-api from web-api-starter');
    expect(generated.stderr).toContain('cat README.md');
    const project = join(work, 'my-api');
    expect(readFileSync(join(project, 'LICENSE'), 'utf8')).toContain('Ada Example');
    expect(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))).toMatchObject({ name: 'my-api', author: 'Ada Example' });

    await installPackages(project);
    const tests = await runInProject(['npm', 'test'], project);
    expect(tests.exitCode, `${tests.stdout}\n${tests.stderr}`).toBe(0);
    // What CI of the generated project runs: types, lint, tests, build.
    const checks = await runInProject(['npm', 'run', 'check'], project);
    expect(checks.exitCode, `${checks.stdout}\n${checks.stderr}`).toBe(0);

    await checkFirstSteps(project);
    const status = await run(['status', '--check'], { cwd: project });
    expect(status.exitCode, status.stdout).toBe(0);
  });

  it('has what else the README promises, with PostgreSQL and a prefix', async () => {
    const { succeed, work } = makeWorkshop();
    await succeed([
      'generate',
      'web-api-starter',
      'notes',
      '--var',
      'database=postgres',
      '--var',
      'api_prefix=/api/v1',
      '--var',
      'ci=gitlab',
    ]);
    const project = join(work, 'notes');
    expect(Object.keys(readWholeTree(project))).toEqual(expect.arrayContaining(['.gitlab-ci.yml', 'Dockerfile', 'docker-compose.yml']));
    await installPackages(project);
    const tests = await runInProject(['npm', 'test'], project);
    expect(tests.exitCode, `${tests.stdout}\n${tests.stderr}`).toBe(0);
  });
});

/** Does what the README of the project says to do first, in the way it says. */
async function checkFirstSteps(project: string): Promise<void> {
  const readme = readFileSync(join(project, 'README.md'), 'utf8');
  const scripts = Object.keys((JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { scripts: object }).scripts);
  const named = [...readme.matchAll(/npm (?:run (\w+)|(test|start))/g)].map(([, script, verb]) => script ?? verb ?? '');
  expect(scripts).toEqual(expect.arrayContaining([...new Set(named)]));

  const port = await freePort();
  const server = spawn('npm', ['start'], {
    cwd: project,
    env: developerEnvironment({ PORT: String(port), JWT_SECRET: 'a secret that is long enough for the tests of it' }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const end = endOf(server);
  try {
    const health = await askUntilAnswered(`http://127.0.0.1:${port}/health`);
    expect(health.status, health.text).toBe(200);
    const user = { email: 'ada@example.com', password: 'correct horse battery', name: 'Ada' };
    expect((await post(`http://127.0.0.1:${port}/api/auth/register`, user)).status).toBe(201);
    const { name: _name, ...login } = user;
    const { token } = (await (await post(`http://127.0.0.1:${port}/api/auth/login`, login)).json()) as { token: string };
    expect((await post(`http://127.0.0.1:${port}/api/notes`, { title: 'Milk' }, token)).status).toBe(201);
    expect((await post(`http://127.0.0.1:${port}/api/notes`, { title: 'Milk' })).status).toBe(401);
  } finally {
    if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid, 'SIGTERM');
    await end;
  }
}

function post(url: string, body: object, token?: string): Promise<Response> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...authorization }, body: JSON.stringify(body) });
}
