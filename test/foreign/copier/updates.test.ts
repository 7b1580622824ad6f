import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GitRepository } from '../../support/git-repository.ts';
import { runWithShipped } from '../../support/run-in-process.ts';
import { makeWorkshops } from '../../support/run-program.ts';
import { readResult } from '../template-world.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

const ANSWERS = 'template/{{ _copier_conf.answers_file }}.jinja';

/** A template with two tagged versions. */
function makeHistory(root: string): { readonly repository: GitRepository; readonly address: string } {
  const repository = new GitRepository(root, 'service-template.git');
  const write = (path: string, text: string): void => {
    const file = join(repository.work, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const commit = (message: string, tag: string): void => {
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '-m', message);
    repository.git('tag', tag);
  };
  const questions =
    'name:\n  type: str\n  default: Thing\nslug:\n  type: str\n  default: "{{ name | lower }}"\nfeatures:\n  type: yaml\n  default: {cache: true}\n';
  write('copier.yml', `_subdirectory: template\n_skip_if_exists: [NOTES.md]\n${questions}`);
  write(ANSWERS, '# Copier writes this\n{{ _copier_answers | to_nice_yaml -}}\n');
  write('template/README.md.jinja', '# {{ name }}\n\none\n\ntwo\n\nthree\n');
  write('template/{{ slug }}.conf.jinja', '{% for key in features %}{{ key }}\n{% endfor %}');
  write('template/NOTES.md', 'yours\n');
  write('template/old.txt', 'to go\n');
  commit('one', 'v1.0.0');
  write(
    'copier.yml',
    `_subdirectory: template\n_skip_if_exists: [NOTES.md]\n_tasks:\n  - echo ran > ran.txt\n_migrations:\n  - version: v1.5.0\n    command: echo $STAGE $VERSION_CURRENT from $VERSION_FROM to $VERSION_TO > migrated.txt\n  - version: v0.9.0\n    command: echo never > never.txt\n${questions}port:\n  type: int\n  default: 80\n`,
  );
  write('template/README.md.jinja', '# {{ name }}\n\none\n\ntwo\n\nTHREE {{ port }}\n');
  write('template/NOTES.md', 'yours, said better\n');
  write('template/new.txt.jinja', '{{ slug }}\n');
  rmSync(join(repository.work, 'template/old.txt'));
  commit('two', 'v2.0.0');
  repository.git('push', '--quiet', 'origin', 'main', '--tags');
  return { repository, address: `git+file://${repository.bare}` };
}

describe('a Copier template in git', () => {
  it('is updated from tag to tag, with edits kept, and tasks and migrations run only with consent', async () => {
    const { root, home } = makeWorkshop();
    const { address } = makeHistory(root);
    const app = join(root, 'app');
    const packs = async (args: readonly string[], cwd: string): Promise<string> => {
      const end = await runWithShipped(args, { cwd, home });
      expect(end.exitCode, end.stdout + end.stderr).toBe(0);
      return end.stdout + end.stderr;
    };
    const read = (path: string): string => readFileSync(join(app, path), 'utf8');
    await packs(['generate', `${address}#v1.0.0`, app, '--var', 'name=Shop', '--defaults'], root);
    expect(read('shop.conf')).toBe('cache\n');
    expect(read('.copier-answers.yml')).toMatch(
      /^# Copier writes this\n_commit: v1\.0\.0\n_src_path: git\+file:.*\nfeatures:\n {4}cache: true\nname: Shop\nslug: shop\n$/,
    );
    writeFileSync(join(app, 'README.md'), read('README.md').replace('one', 'ONE, mine'));

    const plan = await packs(['update', '--dry-run', '--defaults'], app);
    expect(plan).toContain('migrated.txt');
    expect(plan).not.toContain('never.txt');
    await packs(['update', '--defaults', '--skip-hooks'], app);
    expect(read('README.md')).toBe('# Shop\n\nONE, mine\n\ntwo\n\nTHREE 80\n');
    expect(read('NOTES.md')).toBe('yours\n');
    expect(read('new.txt')).toBe('shop\n');
    expect(read('.copier-answers.yml')).toContain('port: 80\n');
    expect(() => read('old.txt')).toThrow();
    expect(() => read('ran.txt')).toThrow();
    expect(() => read('migrated.txt')).toThrow();
    expect(await packs(['status'], app)).toContain('service-template 2.0.0');

    await packs(['undo'], app);
    expect(read('old.txt')).toBe('to go\n');
    await packs(['update', '--defaults', '--trust'], app);
    expect(read('ran.txt')).toBe('ran\n');
    expect(read('migrated.txt')).toBe('after v1.5.0 from v1.0.0 to v2.0.0\n');
    expect(() => read('never.txt')).toThrow();
  });

  it('adopts a project that Copier made, by its own record, and updates it', async () => {
    const { root, home } = makeWorkshop();
    const { repository } = makeHistory(root);
    const app = join(root, 'app');
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(app, path)), { recursive: true });
      writeFileSync(join(app, path), text);
    };
    // As `copier copy --vcs-ref v1.0.0` leaves it, with two edits since.
    write(
      '.copier-answers.yml',
      `# Copier writes this\n_commit: v1.0.0\n_src_path: ${repository.bare}\nfeatures:\n    cache: true\n    queue: 2\nname: Shop\nslug: store\n`,
    );
    write('README.md', '# Shop\n\none, mine\n\ntwo\n\nthree\n');
    write('store.conf', 'cache\nqueue\n');
    write('NOTES.md', 'mine\n');
    write('old.txt', 'to go\n');
    const packs = async (args: readonly string[]): Promise<string> => {
      const end = await runWithShipped(args, { cwd: app, home });
      expect(end.exitCode, end.stdout + end.stderr).toBe(0);
      return end.stdout + end.stderr;
    };
    const read = (path: string): string => readFileSync(join(app, path), 'utf8');
    expect(await packs(['adopt'])).toContain('service-template 1.0.0');
    expect(read('README.md')).toBe('# Shop\n\none, mine\n\ntwo\n\nthree\n');
    expect(read('packsmith.toml')).toContain('slug = "store"');
    await packs(['update', '--defaults', '--skip-hooks']);
    expect(read('README.md')).toBe('# Shop\n\none, mine\n\ntwo\n\nTHREE 80\n');
    expect(read('store.conf')).toBe('cache\nqueue\n');
    expect(read('NOTES.md')).toBe('mine\n');
    expect(read('new.txt')).toBe('store\n');
    expect(read('.copier-answers.yml')).toContain('_commit: v2.0.0\n');
    expect(read('.copier-answers.yml')).toContain('features:\n    cache: true\n    queue: 2\nname: Shop\nport: 80\nslug: store\n');
    expect(() => read('old.txt')).toThrow();
    expect(await packs(['update', '--defaults', '--frozen'])).toContain('nothing to change');
  });
});

describe('what the record of the answers calls the commit of a template', () => {
  it('is what `git describe --tags --always` says, in any clone', async () => {
    const { root, home } = makeWorkshop();
    const repository = new GitRepository(root, 'described.git');
    const commit = (text: string): void => {
      writeFileSync(join(repository.work, 'copier.yml'), `name: ${text}\n`);
      writeFileSync(join(repository.work, '{{ _copier_conf.answers_file }}.jinja'), '{{ _copier_answers | to_nice_yaml }}');
      repository.git('add', '--all');
      repository.git('commit', '--quiet', '-m', text);
      repository.git('push', '--quiet', 'origin', 'main', '--tags');
    };
    const record = async (ref: string, app: string, more: readonly string[] = []): Promise<string> => {
      const end = await runWithShipped(['generate', `git+file://${repository.bare}${ref}`, app, '--defaults', ...more], {
        cwd: root,
        home,
      });
      expect(end.exitCode, end.stdout + end.stderr).toBe(0);
      return /^_commit: (.*)$/m.exec(readFileSync(join(root, app, '.copier-answers.yml'), 'utf8'))?.[1] ?? '';
    };
    commit('none');
    expect(await record('', 'untagged')).toBe(repository.git('rev-parse', '--short=7', 'HEAD').trim());
    repository.git('tag', 'a-light');
    repository.git('tag', '-a', 'release-1.0', '-m', 'one');
    repository.git('push', '--quiet', 'origin', '--tags');
    expect(await record('#main', 'annotated')).toBe('release-1.0');
    commit('two');
    commit('three');
    const described = repository.git('describe', '--tags', '--always').trim();
    expect(described).toMatch(/^release-1\.0-2-g[0-9a-f]{7}$/);
    expect(await record('#main', 'later')).toBe(described);
    repository.git('tag', '1.1.0');
    repository.git('push', '--quiet', 'origin', '--tags');
    expect(await record('', 'newest')).toBe('1.1.0');
    // A project keeps what it was called at first, also where nothing is cached.
    const frozen = await runWithShipped(['regenerate'], { cwd: join(root, 'later'), home: join(root, 'another home') });
    expect(frozen.exitCode, frozen.stdout + frozen.stderr).toBe(0);
    expect(frozen.stdout).toContain('nothing to change');
    // Offline it is what it was called last.
    expect(await record('#main', 'again', ['--offline'])).toBe('1.1.0');
    // A repository can call a commit what looks like an option.
    commit('four');
    repository.git('update-ref', 'refs/tags/--unset-all', 'HEAD');
    repository.git('push', '--quiet', 'origin', 'refs/tags/--unset-all');
    expect(await record('#main', 'option')).toBe('--unset-all');
    expect(await record('#main', 'option again', ['--offline'])).toBe('--unset-all');
  });
});

describe('links of a Copier template', () => {
  it('to directories inside are followed, in a folder and in git, but for those that lead back', async () => {
    const { root, home } = makeWorkshop();
    const repository = new GitRepository(root, 'links.git');
    const { work } = repository;
    for (const directory of ['a/sub', 'shared']) mkdirSync(join(work, directory), { recursive: true });
    writeFileSync(join(work, 'copier.yml'), 'name: x\n');
    writeFileSync(join(work, 'a/sub/f.txt.jinja'), '{{ name }}\n');
    writeFileSync(join(work, 'shared/s.txt'), 's\n');
    symlinkSync('a', join(work, 'b'));
    symlinkSync('../shared', join(work, 'a/{{ name }}'));
    symlinkSync('..', join(work, 'a/back'));
    symlinkSync('../a', join(work, 'shared/round'));
    symlinkSync('../..', join(work, 'a/out'));
    repository.commit('one');
    const paths = async (reference: string, app: string): Promise<string[]> => {
      const end = await runWithShipped(['generate', reference, app, '--defaults'], { cwd: root, home });
      expect(end.exitCode, end.stdout + end.stderr).toBe(0);
      return Object.keys(readResult(join(root, app))).sort();
    };
    const expected = ['a/sub/f.txt', 'a/x/s.txt', 'b/sub/f.txt', 'b/x/s.txt', 'shared/round/sub/f.txt', 'shared/s.txt'];
    expect(await paths(work, 'folder')).toEqual(expected);
    expect(await paths(`git+file://${repository.bare}`, 'git')).toEqual(expected);
  });
});

describe('tasks of a Copier template in git', () => {
  it('run files of the template by its path, with consent, and are shown with what these are', async () => {
    const { root, home } = makeWorkshop();
    const repository = new GitRepository(root, 'tasks.git');
    const tasks = [
      '["{{ _copier_python }}", "{{ _copier_conf.src_path }}{{ _copier_conf.sep }}tools/make.py", "--name={{ name }}"]',
      `"cat '{{ _copier_conf.src_path }}/tools/b.txt' > b.txt"`,
      '{command: "cat {{ _copier_conf.src_path }}/tools/b.txt > c.txt", working_directory: sub}',
      `"cat {{ _copier_conf.src_path / 'tools' / 'b.txt' }} > d.txt"`,
    ];
    mkdirSync(join(repository.work, 'tools'));
    mkdirSync(join(repository.work, 'template/sub'), { recursive: true });
    writeFileSync(
      join(repository.work, 'copier.yml'),
      `_subdirectory: template\nname: Ada\n_tasks:\n${tasks.map((task) => `  - ${task}\n`).join('')}`,
    );
    writeFileSync(join(repository.work, 'tools/make.py'), 'import sys\nopen("made.txt", "w").write(sys.argv[1])\n');
    writeFileSync(join(repository.work, 'tools/b.txt'), 'of the template\n');
    writeFileSync(join(repository.work, 'template/sub/x.txt'), 'x\n');
    repository.commit('one');
    const address = `git+file://${repository.bare}`;
    const packs = async (...args: string[]): Promise<string> => {
      const end = await runWithShipped(args, { cwd: root, home });
      expect(end.exitCode, end.stdout + end.stderr).toBe(0);
      return end.stdout;
    };
    const plan = await packs('plan', address, 'app', '--defaults');
    expect(plan).not.toContain('names the folder of the template');
    expect(plan).toContain('python3 make.py --name=Ada');
    expect(plan).toContain('open("made.txt", "w")');
    await packs('generate', address, 'app', '--defaults', '--trust');
    const read = (path: string): string => readFileSync(join(root, 'app', path), 'utf8');
    expect(read('made.txt')).toBe('--name=Ada');
    expect(read('b.txt')).toBe('of the template\n');
    expect(read('sub/c.txt')).toBe('of the template\n');
    expect(read('d.txt')).toBe('of the template\n');
  });

  it('warn where they name its folder, which is nowhere', async () => {
    const { root, home } = makeWorkshop();
    const repository = new GitRepository(root, 'folder.git');
    writeFileSync(
      join(repository.work, 'copier.yml'),
      'name: Ada\n_tasks:\n  - cat {{ _copier_conf.src_path }}/a.txt\n  - [invoke, "--search-root={{ _copier_conf.src_path }}"]\n',
    );
    writeFileSync(join(repository.work, 'a.txt'), 'a\n');
    repository.commit('one');
    const end = await runWithShipped(['generate', `git+file://${repository.bare}`, 'app', '--defaults', '--skip-hooks'], {
      cwd: root,
      home,
    });
    expect(end.exitCode, end.stderr).toBe(0);
    expect(end.stderr).toContain('copier.yml:2:1: task 2 of 2 names the folder of the template');
    expect(end.stderr).not.toContain('task 1 of 2');
  });
});

describe('the settings of Copier', () => {
  it('take the place of the defaults, as templates, where they are valid', async () => {
    const { root, home } = makeWorkshop();
    mkdirSync(join(root, 'template'));
    mkdirSync(join(home, '.config/copier'), { recursive: true });
    writeFileSync(
      join(root, 'template/copier.yml'),
      'name: x\nport: 80\nopen: false\nmail: {type: str}\nkind: {type: str, choices: [a, b], default: a}\nparts: {type: str, choices: [a, b, c], multiselect: true, default: [a]}\nmore: {type: yaml, default: []}\n',
    );
    writeFileSync(
      join(root, 'template/a.txt.jinja'),
      '{{ name }} {{ port + 1 }} {{ open }} {{ mail }} {{ kind }} {{ parts }} {{ more }}\n',
    );
    writeFileSync(
      join(home, '.config/copier/settings.yml'),
      'defaults:\n  name: Ada\n  port: 8080\n  open: true\n  mail: "{{ name | lower }}@example.com"\n  kind: z\n  parts: [c, b]\n  more: {k: [1]}\n  unknown: x\ntrust:\n  - https://example.com/\n',
    );
    const end = await runWithShipped(['generate', './template', 'app', '--defaults', '--var', 'name=Bob'], { cwd: root, home });
    expect(end.exitCode, end.stderr).toBe(0);
    expect(readFileSync(join(root, 'app/a.txt'), 'utf8')).toBe("Bob 8081 True bob@example.com a ['b', 'c'] {'k': [1]}\n");
  });
});

describe('what a Copier template says, and what it reads of a project', () => {
  it('prints its messages without control characters, and takes data from files of the project only', async () => {
    const { root, home } = makeWorkshop();
    const template = join(root, 'template');
    mkdirSync(join(root, 'app'), { recursive: true });
    mkdirSync(template);
    writeFileSync(
      join(template, 'copier.yml'),
      '_message_before_copy: Hello\n_message_after_copy: "\\e[31mMade {{ name }}"\n_message_after_update: Updated\n_external_data:\n  parent: .parent.yml\n  none: .none.yml\nname: {type: str, default: "{{ _external_data.parent.name }}"}\n',
    );
    writeFileSync(join(template, 'a.txt.jinja'), '{{ name }} {{ _external_data.none }}\n');
    writeFileSync(join(root, 'app/.parent.yml'), 'name: Ada\n');
    mkdirSync(join(root, 'app2/conf'), { recursive: true });
    writeFileSync(join(root, 'app2/conf/b.yml'), 'name: Bob\n');
    const first = await runWithShipped(['generate', './template', 'app', '--into-existing', '--defaults'], { cwd: root, home });
    expect(first.exitCode, first.stderr).toBe(0);
    expect(readFileSync(join(root, 'app/a.txt'), 'utf8')).toBe('Ada {}\n');
    expect(first.stdout).toContain('template says:\n  Hello\n');
    expect(first.stdout).toMatch(/\n {2}.*Made Ada\n/);
    expect(first.stdout).not.toContain('\u001b');
    expect(first.stdout).not.toContain('Updated');
    writeFileSync(join(template, 'b.txt'), 'new\n');
    const second = await runWithShipped(['update', '--defaults'], { cwd: join(root, 'app'), home });
    expect(second.stdout + second.stderr).toContain('Updated');
    writeFileSync(
      join(template, 'copier.yml'),
      '_external_data: {parent: "{{ file }}", always: "{{ _copier_phase }}.yml"}\nfile: .parent.yml\nname: {type: str, default: "{{ _external_data.parent.name }}"}\n',
    );
    writeFileSync(join(template, 'a.txt.jinja'), '{{ name }} {{ _external_data.always.key }}\n');
    writeFileSync(join(root, 'app2/undefined.yml'), 'key: any\n');
    const chosen = await runWithShipped(['generate', './template', 'app2', '--into-existing', '--defaults', '--var', 'file=conf/b.yml'], {
      cwd: root,
      home,
    });
    expect(chosen.exitCode, chosen.stderr).toBe(0);
    expect(readFileSync(join(root, 'app2/a.txt'), 'utf8')).toBe('Bob any\n');
    writeFileSync(join(template, 'copier.yml'), '_external_data: {x: ../secret.yml}\nname: x\n');
    const third = await runWithShipped(['generate', './template', 'other', '--defaults'], { cwd: root, home });
    expect(third.exitCode).not.toBe(0);
    expect(third.stderr).toContain('../secret.yml');
  });
});
