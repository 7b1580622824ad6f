import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAM } from '../fixtures/contestants.mjs';
import { toText } from '../fixtures/dialects.mjs';
import { packFiles } from '../fixtures/pack.mjs';
import { changedFiles, editText } from '../fixtures/release.mjs';
import { projectFiles } from '../fixtures/template-parts.mjs';
import { setAside, verifyTree, writeTree } from '../fixtures/write-tree.mjs';
import { compare } from '../lib/measure.mjs';
import { medianOf, ratioOf } from '../lib/report.mjs';

const FILES = 500;
const EDITED = 50;

/**
 * Updates a project of 500 files, 50 of them edited, to a version of its pack that changes 200, adds 10 and removes 10; half of the edited files are
 * among those that change. `git merge` gets the same three trees: what was generated, what the user made of it, and what the new version gives.
 */
export function* measureUpdate({ work: parent, scaleRounds }) {
  const work = join(parent, 'update');
  const job = makeJob(work);
  const merged = mergedTexts(job);
  const contestants = [packsUpdate(job, merged), packsGenerate(job), gitMerge(job, merged)].filter(
    (contestant) => contestant !== undefined,
  );
  const rows = compare(contestants, { rounds: scaleRounds(15), warmups: 1 });
  const goals = [{ text: 'packs update', value: medianOf(rows, 'packs update'), atMost: 1_000, unit: 'ms' }];
  if (rows.some(({ name }) => name === 'git merge')) {
    goals.push({ text: 'packs update to git merge of the same trees', value: ratioOf(rows, 'packs update', 'git merge'), atMost: 3 });
  }
  yield { title: `Updating ${FILES} files, ${EDITED} of them edited`, rows, baseline: rows.at(-1).name, goals };
}

function makeJob(work) {
  const before = projectFiles(FILES);
  const after = changedFiles(before);
  const base = textsOf(before);
  const theirs = textsOf(after);
  const paths = Object.keys(base);
  // Every tenth; two of five files change, so that half of these do.
  const edited = paths.filter((path, index) => path in theirs && index % (FILES / EDITED) === (index % 20 < 10 ? 0 : 3));
  const ours = Object.fromEntries(paths.map((path) => [path, edited.includes(path) ? editText(path, base[path]) : base[path]]));
  return { work, before, after, base, ours, theirs, edited };
}

const textsOf = (files) => Object.fromEntries(files.map(({ path, parts }) => [path, toText(parts)]));

/** What both sides made of it, told from how the trees are made and not by a merge. */
function mergedTexts({ theirs, edited }) {
  return Object.fromEntries(Object.entries(theirs).map(([path, text]) => [path, edited.includes(path) ? editText(path, text) : text]));
}

function packsUpdate(job, merged) {
  const directory = join(job.work, 'packs');
  const [project, output] = [join(directory, 'project'), join(directory, 'out')];
  const env = { PACKSMITH_HOME: join(directory, 'home') };
  writeTree(join(directory, 'pack'), packFiles({ id: 'bench-pack', files: job.before }));
  must(process.execPath, [PROGRAM, 'generate', './pack', 'project', '--defaults'], { cwd: directory, env });
  verifyTree(project, job.base);
  for (const path of job.edited) writeFileSync(join(project, path), job.ours[path]);
  rmSync(join(directory, 'pack'), { recursive: true });
  writeTree(join(directory, 'pack'), packFiles({ id: 'bench-pack', files: job.after, version: '1.1.0' }));
  return {
    name: 'packs update',
    command: [process.execPath, PROGRAM, 'update', '--cwd', output],
    cwd: directory,
    env,
    prepare: () => {
      setAside(output);
      cpSync(project, output, { recursive: true });
    },
    verify: () => verifyExactly(output, merged, (path) => path.startsWith('.packsmith/') || path.startsWith('packsmith.')),
  };
}

function packsGenerate(job) {
  const directory = join(job.work, 'packs');
  const output = join(directory, 'anew');
  return {
    name: 'packs generate',
    command: [process.execPath, PROGRAM, 'generate', './pack', 'anew', '--defaults'],
    cwd: directory,
    env: { PACKSMITH_HOME: join(directory, 'home') },
    prepare: () => setAside(output),
    verify: () => verifyTree(output, job.theirs),
  };
}

function gitMerge({ work, base, ours, theirs }, merged) {
  if (spawnSync('git', ['--version']).status !== 0) return undefined;
  const directory = join(work, 'git');
  const [repository, output] = [join(directory, 'repository'), join(directory, 'out')];
  mkdirSync(repository, { recursive: true });
  const env = { HOME: directory, GIT_CONFIG_NOSYSTEM: '1' };
  writeFileSync(
    join(directory, '.gitconfig'),
    '[user]\nname = Bench\nemail = bench@example.org\n[gc]\nauto = 0\n[init]\ndefaultBranch = main\n',
  );
  const git = (...args) => must('git', args, { cwd: repository, env });
  const commit = (texts) => {
    for (const name of readdirSync(repository)) if (name !== '.git') rmSync(join(repository, name), { recursive: true });
    writeTree(repository, texts);
    git('add', '--all');
    git('commit', '--quiet', '--message', 'tree');
  };
  git('init', '--quiet');
  commit(base);
  git('checkout', '--quiet', '-b', 'theirs');
  commit(theirs);
  git('checkout', '--quiet', 'main');
  commit(ours);
  return {
    name: 'git merge',
    command: ['git', 'merge', '--quiet', '--no-edit', 'theirs'],
    cwd: output,
    env,
    prepare: () => {
      setAside(output);
      cpSync(repository, output, { recursive: true });
      // The copies have other inodes than the index knows; that is not the merge's to pay.
      must('git', ['status', '--short'], { cwd: output, env });
    },
    verify: () => verifyExactly(output, merged, (path) => path.startsWith('.git/')),
  };
}

/** Throws unless a directory has these files, byte for byte, and no others but those that are ignored. */
function verifyExactly(directory, texts, isIgnored) {
  verifyTree(directory, texts);
  const others = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .filter((path) => !(path in texts) && !isIgnored(path));
  if (others.length > 0) throw new Error(`${directory} has more than it should: ${others.join(', ')}`);
}

function must(program, args, { cwd, env }) {
  const { status, stderr, error } = spawnSync(program, args, { cwd, env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${error ?? ''}\n${stderr}`);
}
