import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startServer } from '../support/loopback-server.ts';
import { makeTgz } from '../support/make-tar.ts';
import { makeZip } from '../support/make-zip.ts';
import { runWithShipped } from '../support/run-in-process.ts';
import { makeWorkshops } from '../support/run-program.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

interface Made {
  readonly path: string;
  readonly content: string;
  readonly mode?: number;
}

/** As a host of repositories packs one: everything is below a directory that has the name of the repository and of the branch. */
function cookiecutterFiles(port: string): Made[] {
  return [
    { path: 'thing-main/cookiecutter.json', content: '{"name": "Thing", "slug": "{{ cookiecutter.name | slugify }}"}' },
    { path: 'thing-main/README.md', content: 'not of the template\n' },
    { path: 'thing-main/{{cookiecutter.slug}}/größe.txt', content: `{{ cookiecutter.name }} at ${port}\n` },
    { path: 'thing-main/{{cookiecutter.slug}}/run.sh', content: '#!/bin/sh\n', mode: 0o755 },
  ];
}

const COPIER: readonly Made[] = [
  { path: 'thing-main/copier.yml', content: 'name: Thing\n_subdirectory: tpl\n' },
  { path: 'thing-main/tpl/{{ name }}.txt.jinja', content: '{{ name }}\n' },
];

const KINDS: readonly [string, (files: readonly Made[]) => Uint8Array][] = [
  ['tar.gz', (files) => makeTgz(files)],
  ['zip', (files) => makeZip(files.map((file) => ({ ...file, mode: 0o100_000 | (file.mode ?? 0o644) })))],
];

describe.each(KINDS)('a template in an archive: %s', (ending, pack) => {
  it('on disk is generated, and updated from the next archive', async () => {
    const { root, home } = makeWorkshop();
    const file = join(root, `thing-1.0.${ending}`);
    writeFileSync(file, pack(cookiecutterFiles('80')));
    const made = await runWithShipped(['generate', `./thing-1.0.${ending}`, '--defaults'], { cwd: root, home });
    expect(made.exitCode, made.stdout + made.stderr).toBe(0);
    const app = join(root, 'thing');
    expect(readFileSync(join(app, 'größe.txt'), 'utf8')).toBe('Thing at 80\n');
    expect(statSync(join(app, 'run.sh')).mode & 0o111).toBe(0o111);
    expect(readdirSync(app)).not.toContain('README.md');
    writeFileSync(file, pack(cookiecutterFiles('81')));
    const updated = await runWithShipped(['update'], { cwd: app, home });
    expect(updated.exitCode, updated.stdout + updated.stderr).toBe(0);
    expect(readFileSync(join(app, 'größe.txt'), 'utf8')).toBe('Thing at 81\n');
  });

  it('at an address is generated', async () => {
    const { root, home } = makeWorkshop();
    const archives = new Map([
      [`/thing.${ending}`, pack(cookiecutterFiles('80'))],
      [`/copier.${ending}`, pack(COPIER)],
    ]);
    const server = await startServer((request, response) => {
      const bytes = archives.get(request.url ?? '');
      response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
    });
    try {
      for (const name of ['thing', 'copier']) {
        const reference = `${server.url}/${name}.${ending}`;
        const { exitCode, stdout, stderr } = await runWithShipped(['generate', reference, `from-${name}`, '--defaults'], {
          cwd: root,
          home,
        });
        expect(exitCode, stdout + stderr).toBe(0);
      }
    } finally {
      await server.stop();
    }
    expect(readFileSync(join(root, 'from-thing/größe.txt'), 'utf8')).toBe('Thing at 80\n');
    expect(readFileSync(join(root, 'from-copier/Thing.txt'), 'utf8')).toBe('Thing\n');
  });
});

const LISTED: readonly Made[] = [
  { path: 'things-main/cookiecutter.json', content: '{"templates": {"one": {"path": "./one"}, "two": {"path": "sets/two"}}}' },
  ...['one', 'sets/two'].flatMap((directory) => [
    { path: `things-main/${directory}/cookiecutter.json`, content: '{"slug": "demo"}' },
    { path: `things-main/${directory}/{{cookiecutter.slug}}/a.txt`, content: `${directory} {{ cookiecutter.slug }}\n` },
  ]),
];

describe.each(KINDS)('one of several templates in an archive: %s', (ending, pack) => {
  it('is the first by default, or the one whose directory is named, on disk and at an address', async () => {
    const { root, home } = makeWorkshop();
    const name = `things.${ending}`;
    writeFileSync(join(root, name), pack(LISTED));
    const server = await startServer((request, response) => {
      const isThere = request.url === `/${name}`;
      response.writeHead(isThere ? 200 : 404).end(isThere ? pack(LISTED) : undefined);
    });
    const check = async (reference: string, expected: string): Promise<void> => {
      const app = `app ${expected.replace('/', '-')} ${reference.startsWith('http')} ${reference.includes(expected)}`;
      const made = await runWithShipped(['generate', reference, app, '--defaults'], { cwd: root, home });
      expect(made.exitCode, made.stdout + made.stderr).toBe(0);
      expect(readFileSync(join(root, app, 'a.txt'), 'utf8')).toBe(`${expected} demo\n`);
      const again = await runWithShipped(['update', '--json'], { cwd: join(root, app), home });
      expect(again.exitCode, again.stdout + again.stderr).toBe(0);
    };
    try {
      await check(`./${name}`, 'one');
      await check(`./${name}/sets/two`, 'sets/two');
      await check(`${server.url}/${name}`, 'one');
      await check(`${server.url}/${name}#sets/two`, 'sets/two');
      const missing = await runWithShipped(['generate', `./${name}/three`, 'x', '--defaults'], { cwd: root, home });
      expect(missing.stderr).toContain('has no directory three');
    } finally {
      await server.stop();
    }
  });
});

const MANIFEST = 'format = 1\n[pack]\nid = "web"\nversion = "1.0.0"\ndescription = "A pack"\n';

describe.each(KINDS)('a pack in an archive: %s', (ending, pack) => {
  it('on disk is generated, and found again by its project', async () => {
    const { root, home } = makeWorkshop();
    const files = [
      { path: 'web-1/pack.toml', content: MANIFEST },
      { path: 'web-1/templates/a.txt.jinja', content: '{{ project.name }}\n' },
    ];
    writeFileSync(join(root, `web.${ending}`), pack(files));
    const made = await runWithShipped(['generate', `./web.${ending}`, 'app', '--defaults'], { cwd: root, home });
    expect(made.exitCode, made.stdout + made.stderr).toBe(0);
    const again = await runWithShipped(['update', '--json'], { cwd: join(root, 'app'), home });
    expect(again.exitCode, again.stdout + again.stderr).toBe(0);
  });
});

describe('directories that are called as archives are', () => {
  it('are directories, and archives in them are archives', async () => {
    const { root, home } = makeWorkshop();
    const place = join(root, 'things.zip/sets.tar.gz');
    for (const { path, content } of cookiecutterFiles('80')) {
      const file = join(place, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    writeFileSync(join(place, 'more.zip'), makeZip(LISTED));
    const run = async (args: readonly string[], cwd = root): Promise<void> => {
      const { exitCode, stdout, stderr } = await runWithShipped(args, { cwd, home });
      expect(exitCode, stdout + stderr).toBe(0);
    };
    await run(['validate', './things.zip/sets.tar.gz/thing-main']);
    await run(['generate', 'things.zip/sets.tar.gz/thing-main', 'app', '--defaults']);
    expect(readFileSync(join(root, 'app/größe.txt'), 'utf8')).toBe('Thing at 80\n');
    await run(['generate', './thing-main', 'app', '--defaults'], place);
    await run(['update'], join(place, 'app'));
    await run(['generate', 'things.zip/sets.tar.gz/more.zip/sets/two', 'two', '--defaults']);
    expect(readFileSync(join(root, 'two/a.txt'), 'utf8')).toBe('sets/two demo\n');
  });
});

describe('archives that others made', () => {
  it('a pack in a ZIP of Python is generated', async () => {
    const { root, home } = makeWorkshop();
    const script = [
      'import zipfile',
      'z = zipfile.ZipFile("pack.zip", "w", zipfile.ZIP_DEFLATED)',
      `z.writestr("web-1/pack.toml", ${JSON.stringify(MANIFEST)})`,
      'z.writestr("web-1/templates/a.txt.jinja", "{{ project.name }}\\n")',
      'z.close()',
    ];
    const packed = spawnSync('python3', ['-c', script.join('\n')], { cwd: root, encoding: 'utf8' });
    expect(packed.status, packed.stderr).toBe(0);
    const { exitCode, stdout, stderr } = await runWithShipped(['generate', './pack.zip', 'app', '--defaults'], { cwd: root, home });
    expect(exitCode, stdout + stderr).toBe(0);
    expect(readFileSync(join(root, 'app/a.txt'), 'utf8')).toBe('app\n');
  });
});
