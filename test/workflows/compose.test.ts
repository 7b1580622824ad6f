import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import {
  askUntilAnswered,
  developerEnvironment,
  freePort,
  hasProgram,
  installPackages,
  runInProject,
} from '../support/generated-project.ts';
import { endOf, makeWorkshops } from '../support/run-program.ts';

const makeWorkshop = makeWorkshops();

describe('workflow 3: a web API and what runs it', () => {
  it('is one project, every line of which can be traced', async () => {
    const { succeed, json, work } = makeWorkshop();
    await succeed(['compose', 'web-api-starter', 'devops-automation', '--output', 'shop']);
    const project = join(work, 'shop');
    const read = readerOf(project);

    expect(read('.gitignore').split('\n')).toEqual(expect.arrayContaining(['node_modules/', '.env', 'kubeconfig*']));
    expect(read('.gitignore').match(/^\.env$/gm)).toHaveLength(1);
    expect(read('.env.example')).toMatch(/^JWT_SECRET=$[\s\S]*^SITE_ADDRESS=localhost$/m);
    const headings = [...read('README.md').matchAll(/^##? .+$/gm)].map(([heading]) => heading);
    expect(headings[0]).toBe('# shop');
    expect(headings).toEqual(expect.arrayContaining(['## First steps', '## Operations', '## License']));
    expect(new Set(headings).size).toBe(headings.length);

    const { services, volumes } = parseYaml(read('docker-compose.yml')) as Compose;
    expect(Object.keys(services)).toEqual(['api', 'proxy']);
    expect(services['api']).toMatchObject({
      build: '.',
      image: expect.stringContaining('ghcr.io/my-org/shop:local'),
      cap_drop: ['ALL'],
      init: true,
    });
    expect(Object.keys(volumes)).toEqual(['data', 'proxy-data', 'proxy-config']);
    const { jobs } = parseYaml(read('.github/workflows/ci.yml')) as { jobs: object };
    expect(Object.keys(jobs)).toEqual(expect.arrayContaining(['check', 'container', 'operations']));

    const explained = await succeed(['explain', 'docker-compose.yml'], { cwd: project });
    expect(explained.stdout).toMatch(/\/services\/api\/build\s+web-api-starter/);
    expect(explained.stdout).toMatch(/\/services\/proxy\s+devops-automation/);
    expect((await json(['status', '--check'], { cwd: project })).exitCode).toBe(0);

    await installPackages(project);
    await pass(['npm', 'run', 'check'], project);
    await checkOperations(project, 'the manifests of workflow 3');
  });

  it('intersects the ranges of packages, and says what excludes what', async () => {
    const { json, succeed, work } = makeWorkshop();
    await succeed(['compose', 'web-api-starter', 'observability', 'devops-automation', '--output', 'shop']);
    const manifest = JSON.parse(readFileSync(join(work, 'shop', 'package.json'), 'utf8')) as Record<string, Record<string, string>>;
    expect(manifest['dependencies']).toMatchObject({ fastify: expect.stringMatching(/^\^5\./), 'prom-client': expect.any(String) });

    const refused = await json(['compose', 'web-api-starter', 'cli-app-starter', '--output', 'both']);
    expect(refused).toMatchObject({ ok: false, error: { code: 'COMPOSE_CONFLICT' } });
    const messages = refused.error?.diagnostics.map(({ message }) => message).join('\n');
    expect(messages).toMatch(/web-api-starter and cli-app-starter disagree on src\/main\.ts/);
  });
});

describe('workflow 4: a composition becomes a pack', () => {
  it('is saved, installed with all it needs, generated, and passes the tests of both languages', async () => {
    const { succeed, json, work } = makeWorkshop();
    await succeed(['compose', 'startup-essentials', 'data-science-toolkit', 'devops-automation', '--save-as', 'ml-service']);
    await succeed(['validate', './packs/ml-service']);
    const installed = await succeed(['install', 'ml-service']);
    for (const id of [
      'base-typescript',
      'web-api-starter',
      'observability',
      'startup-essentials',
      'data-science-toolkit',
      'devops-automation',
    ])
      expect(installed.stdout).toContain(id);
    await succeed(['generate', 'ml-service', 'svc']);
    const project = join(work, 'svc');
    const read = readerOf(project);

    expect(read('README.md')).toMatch(/^# svc$/m);
    expect(read('.editorconfig')).toMatch(/\[\*\]\n[\s\S]*indent_size = 2[\s\S]*\[\*\.py\]\nindent_size = 4/);
    // Sample data lies beside the database, and is committed while that is not.
    expect(read('.gitignore').split('\n')).toContain('data/*.db*');
    expect(read('.gitignore').split('\n')).not.toContain('data/');
    const { jobs } = parseYaml(read('.github/workflows/ci.yml')) as { jobs: object };
    expect(Object.keys(jobs)).toEqual(expect.arrayContaining(['check', 'test', 'operations']));
    expect((await json(['status', '--check'], { cwd: project })).exitCode).toBe(0);

    await pass(['python3', '-m', 'unittest'], project);
    await installPackages(project);
    await pass(['npm', 'run', 'check'], project);
    await checkOperations(project, 'the manifests of workflow 4');
  });

  it('can be added to and taken from again, without a trace', async () => {
    const { succeed, work } = makeWorkshop();
    await succeed(['compose', 'data-science-toolkit', '--output', 'alone']);
    const project = join(work, 'alone');
    const before = readerOf(project)('README.md');
    await succeed(['add', 'devops-automation'], { cwd: project });
    expect(readerOf(project)('README.md')).toContain('## Operations');
    await succeed(['remove', 'devops-automation'], { cwd: project });
    expect(readerOf(project)('README.md')).toBe(before);
    expect(() => readerOf(project)('ops/check.sh')).toThrow();
    await pass(['python3', '-m', 'unittest'], project);
  });
});

describe('a full deployment', () => {
  it('has a service that answers, infrastructure that is valid, and alerts', async () => {
    const { succeed, work } = makeWorkshop();
    const packs = ['web-api-starter', 'observability', 'production-deployment'];
    await succeed(['compose', ...packs, '--output', 'live', '--var', 'domain=live.example.com', '--var', 'alert_address=ops@live.example']);
    const project = join(work, 'live');
    const read = readerOf(project);

    const { services } = parseYaml(read('docker-compose.yml')) as Compose;
    expect(Object.keys(services)).toEqual(expect.arrayContaining(['api', 'proxy', 'prometheus', 'grafana', 'blackbox', 'alertmanager']));
    const prometheus = parseYaml(read('ops/prometheus/prometheus.yml')) as { rule_files: string[]; scrape_configs: { job_name: string }[] };
    expect(prometheus.rule_files).toEqual(['alerts.yml', 'availability.yml']);
    expect(prometheus.scrape_configs.map(({ job_name }) => job_name)).toEqual(['service', 'availability']);
    expect(read('infra/environments/production.tfvars')).toContain('"live.example.com"');
    if (hasProgram('terraform', 'what terraform says of the infrastructure code')) {
      const infra = join(project, 'infra');
      await pass(['terraform', 'fmt', '-check', '-recursive'], infra);
      await pass(['terraform', 'init', '-backend=false', '-input=false'], infra);
      await pass(['terraform', 'validate'], infra);
      await pass(['terraform', 'test'], infra);
    }
    await installPackages(project);
    await pass(['npm', 'run', 'check'], project);
    await withServer(['npm', 'start'], project, async (origin, metrics) => {
      expect((await askUntilAnswered(`${origin}/health`)).status).toBe(200);
      expect((await askUntilAnswered(`${metrics}/readyz`)).status).toBe(200);
    });
  });

  it('serves an API and its pages as one program', async () => {
    const { succeed, work } = makeWorkshop();
    await succeed(['generate', 'web-fullstack', 'site']);
    const project = join(work, 'site');
    await installPackages(project);
    await installPackages(join(project, 'web'));
    await pass(['npm', 'run', 'check:all'], project);
    await withServer(['npm', 'start'], project, async (origin) => {
      expect(JSON.parse((await askUntilAnswered(`${origin}/health`)).text)).toMatchObject({ status: 'ok' });
      expect((await askUntilAnswered(`${origin}/`)).text).toContain('<title>site</title>');
    });
  });

  it('makes a model, and serves it', async () => {
    const { succeed, work } = makeWorkshop();
    await succeed(['compose', 'ml-data-science', 'production-deployment', '--output', 'churn']);
    const project = join(work, 'churn');
    await pass(['python3', '-m', 'unittest'], project);
    await pass(['make', 'train'], project);
    await withServer(['python3', '-m', 'churn.serving'], project, async (origin) => {
      expect(JSON.parse((await askUntilAnswered(`${origin}/health`)).text)).toMatchObject({ status: 'ok' });
      expect(JSON.parse((await askUntilAnswered(`${origin}/model`)).text)).toMatchObject({ kind: 'logistic_regression' });
    });
  });
});

interface Compose {
  readonly services: Record<string, object>;
  readonly volumes: Record<string, unknown>;
}

const readerOf = (project: string) => (path: string) => readFileSync(join(project, path), 'utf8');

/** Runs a command of the project, which must succeed. */
async function pass(command: readonly string[], cwd: string): Promise<void> {
  const end = await runInProject(command, cwd);
  expect(end.exitCode, `${command.join(' ')}\n${end.stdout}\n${end.stderr}`).toBe(0);
}

/** Runs the project's own check of what runs it; where a tool is missing, says loudly what is left out. */
async function checkOperations(project: string, what: string): Promise<void> {
  const { exitCode, stdout, stderr } = await runInProject(['ops/check.sh'], project);
  expect(exitCode, `${stdout}\n${stderr}`).toBe(0);
  const missing = [...stderr.matchAll(/^left out: (.+) is not installed$/gm)].map(([, tool]) => tool);
  for (const tool of missing) process.stderr.write(`\n*** LEFT OUT: ${what}, because ${tool} is not installed ***\n\n`);
  if (missing.includes('kubectl')) return;
  const printed = await runInProject(['ops/deploy.sh', '--print', 'production', '1.2.3'], project);
  expect(printed.stdout, printed.stderr).toMatch(/image: ghcr\.io\/my-org\/[a-z]+:1\.2\.3/);
}

/** Starts a server on free ports, and ends it whatever happens. */
async function withServer(
  command: readonly [string, ...string[]],
  cwd: string,
  use: (origin: string, metrics: string) => Promise<void>,
): Promise<void> {
  const [port, metrics] = [await freePort(), await freePort()];
  const env = developerEnvironment({
    PORT: String(port),
    METRICS_PORT: String(metrics),
    MODEL_PORT: String(port),
    PYTHONPATH: 'src',
    JWT_SECRET: 'a secret that is long enough for the tests of it',
  });
  const [file, ...args] = command;
  const server = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const end = endOf(server);
  try {
    await use(`http://127.0.0.1:${port}`, `http://127.0.0.1:${metrics}`);
  } finally {
    if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid, 'SIGTERM');
    await end;
  }
}
