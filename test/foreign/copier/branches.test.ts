import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GitRepository } from '../../support/git-repository.ts';
import { runWithShipped } from '../../support/run-in-process.ts';
import { makeWorkshops } from '../../support/run-program.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

interface Workshop {
  readonly root: string;
  readonly packs: (args: readonly string[], directory: string) => Promise<string>;
  readonly read: (path: string) => string;
}

function makePlace(): Workshop {
  const { root, home } = makeWorkshop();
  return {
    root,
    packs: async (args, directory) => {
      const end = await runWithShipped(args, { cwd: join(root, directory), home });
      expect(end.exitCode, end.stdout + end.stderr).toBe(0);
      return end.stdout + end.stderr;
    },
    read: (path) => readFileSync(join(root, path), 'utf8'),
  };
}

function commit(repository: GitRepository, files: Readonly<Record<string, string>>, tag?: string): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repository.work, path)), { recursive: true });
    writeFileSync(join(repository.work, path), text);
  }
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '-m', 'more');
  if (tag !== undefined) repository.git('tag', tag);
  repository.git('push', '--quiet', 'origin', 'main', '--tags');
}

describe('a Copier template without version tags', () => {
  it('is followed along its branch, and status and explain say the commit', async () => {
    const { root, packs, read } = makePlace();
    const repository = new GitRepository(root, 'moving.git');
    commit(repository, { 'copier.yml': 'name: {type: str, default: x}\n', 'a.txt.jinja': '{{ name }}\n\none\n' });
    await packs(['generate', `git+file://${repository.bare}`, 'app', '--defaults'], '.');
    writeFileSync(join(root, 'app/a.txt'), 'mine\n\none\n');
    commit(repository, { 'a.txt.jinja': '{{ name }}\n\ntwo\n' });
    const head = repository.git('rev-parse', 'HEAD').trim();
    await packs(['update', '--defaults'], 'app');
    expect(read('app/a.txt')).toBe('mine\n\ntwo\n');
    const version = new RegExp(`moving 0\\.0\\.0-\\d{14}\\.g${head.slice(0, 12)} \\(.*#${head}\\)`);
    expect(await packs(['status'], 'app')).toMatch(version);
    expect(await packs(['explain', 'a.txt'], 'app')).toMatch(version);
  });
});

describe('a Copier template with tags as PEP 440 has them', () => {
  it('is its default branch until there is a release, as Copier takes HEAD', async () => {
    const { root, packs, read } = makePlace();
    const repository = new GitRepository(root, 'early.git');
    commit(repository, { 'copier.yml': 'name: {type: str, default: x}\n', 'a.txt.jinja': 'candidate\n' }, 'v1.0.0rc1');
    commit(repository, { 'a.txt.jinja': 'head\n' });
    const address = `git+file://${repository.bare}`;
    await packs(['generate', address, 'app', '--defaults'], '.');
    expect(read('app/a.txt')).toBe('head\n');
    await packs(['generate', `${address}#v1.0.0rc1`, 'named', '--defaults'], '.');
    expect(read('named/a.txt')).toBe('candidate\n');
    commit(repository, { 'a.txt.jinja': 'later\n' });
    await packs(['update', '--defaults'], 'app');
    expect(read('app/a.txt')).toBe('later\n');
    commit(repository, { 'a.txt.jinja': 'release\n' }, 'v1.0.0');
    commit(repository, { 'a.txt.jinja': 'after\n' });
    for (const app of ['app', 'named']) {
      await packs(['update', '--defaults'], app);
      expect(read(`${app}/a.txt`)).toBe('release\n');
    }
    await packs(['update', 'early', '--to', 'main', '--defaults'], 'app');
    expect(read('app/a.txt')).toBe('after\n');
  });

  it('is used at its newest release, and goes from a pre-release to the release', async () => {
    const { root, packs, read } = makePlace();
    const repository = new GitRepository(root, 'tagged.git');
    commit(repository, { 'copier.yml': 'name: {type: str, default: x}\n', 'a.txt.jinja': 'one\n' }, 'v1.0.0');
    commit(repository, { 'a.txt.jinja': 'alpha\n' }, 'v2.0.0a1');
    commit(repository, { 'a.txt.jinja': 'candidate\n' }, 'v2.0.0rc1');
    const address = `git+file://${repository.bare}`;
    await packs(['generate', address, 'plain', '--defaults'], '.');
    expect(read('plain/a.txt')).toBe('one\n');
    await packs(['generate', `${address}#v2.0.0rc1`, 'early', '--defaults'], '.');
    expect(read('early/a.txt')).toBe('candidate\n');
    expect(await packs(['status'], 'early')).toContain('tagged 2.0.0-rc.1');
    commit(repository, { 'a.txt.jinja': 'two\n' }, 'v2.0.0');
    for (const app of ['plain', 'early']) {
      await packs(['update', '--defaults'], app);
      expect(read(`${app}/a.txt`)).toBe('two\n');
      expect(await packs(['status'], app)).toContain('tagged 2.0.0 ');
    }
    await packs(['update', 'tagged', '--to', 'v2.0.0a1', '--defaults'], 'plain');
    expect(read('plain/a.txt')).toBe('alpha\n');
  });

  it('goes on to releases of more numbers, and to those that come after one', async () => {
    const { root, packs, read } = makePlace();
    const repository = new GitRepository(root, 'odoo.git');
    const migrations =
      '_migrations: [{version: 18.0.1.0.10, command: echo $VERSION_PEP440_FROM $VERSION_PEP440_TO >> ran.txt}]\nname: {type: str, default: x}\n';
    commit(repository, { 'copier.yml': migrations, 'a.txt.jinja': 'two\n' }, '18.0.1.0.2');
    await packs(['generate', `git+file://${repository.bare}`, 'app', '--defaults'], '.');
    expect(await packs(['status'], 'app')).toContain('odoo 18.0.1+0.2 ');
    commit(repository, { 'a.txt.jinja': 'ten\n' }, '18.0.1.0.10');
    commit(repository, { 'a.txt.jinja': 'after\n' }, '18.0.1.0.10.post1');
    commit(repository, { 'a.txt.jinja': 'candidate\n' }, '18.0.2.0rc1');
    await packs(['update', '--defaults', '--trust'], 'app');
    expect([read('app/a.txt'), read('app/ran.txt')]).toEqual(['after\n', '18.0.1.0.2 18.0.1.0.10.post1\n']);
  });
});

describe('a project at a commit behind a release', () => {
  const migrations = ['v0.9', 'v1.0', 'v2.0'].map((version) => `  - {version: ${version}, command: "touch $VERSION_CURRENT"}\n`).join('');
  const files = {
    'copier.yml': `_migrations:\n${migrations}  - echo $VERSION_PEP440_FROM $VERSION_PEP440_TO >> every.txt\nname: {type: str, default: x}\n`,
    'a.txt.jinja': 'one\n',
    '{{ _copier_conf.answers_file }}.jinja': '{{ _copier_answers | to_nice_yaml -}}\n',
  };

  it('stays there until there is a newer release, with the migrations in between', async () => {
    const { root, packs, read } = makePlace();
    const repository = new GitRepository(root, 'ahead.git');
    commit(repository, files, 'v1.0');
    commit(repository, { 'a.txt.jinja': 'two\n' });
    const described = repository.git('describe', '--tags').trim();
    mkdirSync(join(root, 'app'));
    writeFileSync(join(root, 'app/a.txt'), 'two\n');
    writeFileSync(join(root, 'app/.copier-answers.yml'), `_commit: ${described}\n_src_path: ${repository.bare}\nname: x\n`);
    await packs(['adopt'], 'app');
    expect(await packs(['update', '--defaults'], 'app')).toContain(`ahead stays at ${described}, which is newer than its newest release`);
    expect(await packs(['status', '--outdated'], 'app')).toContain('every pack is as new as its range allows');
    expect(read('app/a.txt')).toBe('two\n');
    commit(repository, { 'a.txt.jinja': 'three\n' }, 'v2.0');
    expect(await packs(['update', '--defaults', '--trust'], 'app')).not.toContain('goes back');
    expect(read('app/a.txt')).toBe('three\n');
    const short = described.slice(-7);
    expect([readdirSync(join(root, 'app')).filter((name) => /^v/.test(name)), read('app/every.txt')]).toEqual([
      ['v2.0'],
      `1.0.post1.dev0+${short} 2.0\n`,
    ]);
    expect(await packs(['update', 'ahead', '--to', 'v1.0', '--defaults', '--trust'], 'app')).toContain('goes back from 2.0.0 to 1.0.0');
    await packs(['update', 'ahead', '--to', 'HEAD', '--defaults', '--skip-hooks'], 'app');
    expect([read('app/a.txt'), read('app/every.txt')]).toEqual(['three\n', `1.0.post1.dev0+${short} 2.0\n`]);
  });
});

describe('a project that Copier made of several templates', () => {
  it('is adopted by all its answers files, and each template is updated', async () => {
    const { root, packs, read } = makePlace();
    for (const name of ['main', 'ci']) {
      const repository = new GitRepository(join(root, name), `${name}.git`);
      const files = {
        'copier.yml': `_answers_file: .copier-answers.${name}.yml\n_external_data: {main: .copier-answers.main.yml}\n${name}_name: {type: str, default: "{{ _external_data.main.main_name }}"}\n`,
        [`${name}.txt.jinja`]: `{{ ${name}_name }} one\n`,
        '{{ _copier_conf.answers_file }}.jinja': '{{ _copier_answers | to_nice_yaml -}}\n',
      };
      commit(repository, files, 'v1.0.0');
      commit(repository, { [`${name}.txt.jinja`]: `{{ ${name}_name }} {{ _external_data.main.main_name }} two\n` }, 'v2.0.0');
      mkdirSync(join(root, 'app'), { recursive: true });
      writeFileSync(
        join(root, `app/.copier-answers.${name}.yml`),
        `_commit: v1.0.0\n_src_path: ${repository.bare}\n${name}_name: of ${name}\n`,
      );
      writeFileSync(join(root, `app/${name}.txt`), `of ${name} one\n`);
    }
    const adopted = await packs(['adopt'], 'app');
    expect(adopted).toContain('main 1.0.0');
    expect(adopted).toContain('ci 1.0.0');
    await packs(['update', '--defaults'], 'app');
    expect(read('app/main.txt')).toBe('of main of main two\n');
    expect(read('app/ci.txt')).toBe('of ci of main two\n');
    expect(read('app/.copier-answers.ci.yml')).toContain('ci_name: of ci\n');
  });
});

describe('tasks and messages of a template', () => {
  it('are not due where it stays as it is while another comes, goes or is updated', async () => {
    const { root, packs } = makePlace();
    const [one, two] = ['one', 'two'].map((name) => {
      const repository = new GitRepository(join(root, name), `${name}.git`);
      const config = `_tasks: [echo the task of ${name}]\n_message_after_update: the news of ${name}\n`;
      commit(repository, { 'copier.yml': config, [`${name}.txt`]: '1\n' }, 'v1');
      return repository;
    });
    if (one === undefined || two === undefined) throw new Error('there are two');
    await packs(['generate', `git+file://${one.bare}`, 'app', '--defaults', '--skip-hooks'], '.');
    commit(two, { 'two.txt': '2\n' }, 'v2');
    const added = await packs(['add', `git+file://${two.bare}#v1`, '--dry-run', '--defaults'], 'app');
    expect(added).toContain('the task of two');
    expect(added).not.toContain('the task of one');
    await packs(['add', `git+file://${two.bare}#v1`, '--defaults', '--skip-hooks'], 'app');
    const updated = await packs(['update', 'two', '--to', 'v2', '--defaults', '--trust'], 'app');
    expect(updated.match(/the (?:task|news) of \w+/g)).toEqual(expect.arrayContaining(['the task of two', 'the news of two']));
    expect(updated).not.toMatch(/the (?:task|news) of one/);
    expect(await packs(['update', '--defaults', '--dry-run'], 'app')).toContain('the task of one');
    expect(await packs(['remove', 'two', '--trust'], 'app')).not.toMatch(/the (?:task|news) of/);
  });
});

describe('a migration before an update', () => {
  const record = { '{{ _copier_conf.answers_file }}.jinja': '{{ _copier_answers | to_nice_yaml -}}\n' };
  const move = 'mkdir ci && cp ci.txt ci/main.txt && echo "$VERSION_FROM" >> ci/main.txt';

  it('may change answers and files: what it leaves is what is updated', async () => {
    const { root, packs, read } = makePlace();
    const repository = new GitRepository(root, 'songs.git');
    commit(repository, { ...record, 'copier.yml': 'song: one\n', 'song.txt.jinja': '{{ song }}\n', 'ci.txt': 'a\n\nb\n' }, 'v1');
    await packs(['generate', `git+file://${repository.bare}`, 'app', '--defaults'], '.');
    writeFileSync(join(root, 'app/ci.txt'), 'a, mine\n\nb\n');
    commit(
      repository,
      {
        'copier.yml': `songs: {type: yaml, default: [none]}\n_tasks: ["echo {{ songs | join(' ') }} > task.txt"]\n_migrations:\n  - version: v2\n    before:\n      - 'sed -i "s/^song: \\(.*\\)/songs: [\\1, two]/" .copier-answers.yml'\n      - '${move}'\n`,
        'song.txt.jinja': '{% for song in songs %}{{ song }}\n{% endfor %}',
        'ci.txt': 'see ci\n\nb\n',
        'ci/main.txt': 'a\n\nb\n',
      },
      'v2',
    );
    expect(await packs(['update', '--defaults', '--dry-run'], 'app')).toContain('pre-update: migration 1 (before)');
    expect(read('app/song.txt')).toBe('one\n');
    const end = await runWithShipped(['update', '--defaults', '--trust'], { cwd: join(root, 'app'), home: join(root, 'home') });
    expect(end.stderr).toContain('CONFLICTS_OPEN');
    expect([read('app/song.txt'), read('app/task.txt'), read('app/.copier-answers.yml')]).toEqual([
      'one\ntwo\n',
      'one two\n',
      `_commit: v2\n_src_path: git+file://${repository.bare}\nsongs:\n- one\n- two\n`,
    ]);
    expect(read('app/ci.txt')).toContain('a, mine');
    expect(read('app/ci/main.txt')).toContain('a, mine\n\nb\nv1\n');
  });
});
