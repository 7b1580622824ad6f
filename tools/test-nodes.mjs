// Runs the built program on every line of Node that it supports: the smoke workflow (list, show, generate, status, undo), and compares the bytes.
// The binaries come from the npm package `node`; its packages for each platform hold nothing but the binary, so that no install script is needed.
//
//   node tools/test-nodes.mjs [LINE …]      such as 20.19.0 22 24; all of them unless some are named
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const PROGRAM = join(process.env.PACKSMITH_TEST_PROGRAM ?? REPOSITORY, 'bin', 'packsmith.cjs');
const KEPT = join(REPOSITORY, 'node_modules', '.cache', 'packsmith-nodes');

/** The oldest that is supported, the lines that are maintained, and the newest there is. */
const LINES = ['20.19.0', '22', '24', 'latest'];

const lines = process.argv.slice(2).length > 0 ? process.argv.slice(2) : LINES;
// A few at once: each waits for the registry most of the time.
const results = await Promise.all(lines.map(testLine));
for (const { line, version, failure } of results)
  console.log(`${failure === undefined ? 'passed' : 'FAILED'}  node ${line}${version === undefined ? '' : ` (${version})`}`);
for (const { line, failure } of results) if (failure !== undefined) console.error(`\nnode ${line}: ${failure}`);
const digests = new Set(results.flatMap(({ digest }) => (digest === undefined ? [] : [digest])));
if (digests.size > 1) console.error('\nthe lines do not generate the same bytes');
process.exitCode = results.some(({ failure }) => failure !== undefined) || digests.size !== 1 ? 1 : 0;

async function testLine(line) {
  let version;
  try {
    const node = await fetchNode(line);
    version = (await run(node, ['--version'])).stdout.trim();
    return { line, version, digest: await smoke(node) };
  } catch (error) {
    return { line, version, failure: `${error.message}\n${error.stdout ?? ''}${error.stderr ?? ''}` };
  }
}

/** The binary of a line, kept between runs under its exact version. */
async function fetchNode(line) {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const npm = (args) => run('npm', args, { cwd: tmpdir(), maxBuffer: 64 * 1024 * 1024, shell: process.platform === 'win32' });
  const exact = /^\d+\.\d+\.\d+$/.test(line) ? line : newest((await npm(['view', `node@${line}`, 'version', '--json'])).stdout);
  const directory = join(KEPT, `${name}-${exact}`);
  const binary = join(directory, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  mkdirSync(KEPT, { recursive: true });
  const staged = mkdtempSync(`${directory}-`);
  try {
    await npm([
      'install',
      '--prefix',
      staged,
      '--ignore-scripts',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      `${name}@${exact}`,
    ]);
    if (!existsSync(directory)) renameSync(staged, directory);
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
  return binary;
}

/** `npm view` gives one version, or all that are in the range. */
function newest(json) {
  const found = JSON.parse(json);
  const parts = (version) => version.split('.').map(Number);
  return [found].flat().sort((a, b) => parts(b)[0] - parts(a)[0] || parts(b)[1] - parts(a)[1] || parts(b)[2] - parts(a)[2])[0];
}

/** What a user does first, in an empty home. Gives the digest of everything that was generated. */
async function smoke(node) {
  const root = mkdtempSync(join(tmpdir(), 'packsmith nödes '));
  try {
    const packs = (args, cwd = root) =>
      run(node, [PROGRAM, ...args], { cwd, env: { PATH: process.env.PATH, HOME: root, PACKSMITH_HOME: join(root, 'home') } });
    const expect = async (args, text, cwd) => {
      const { stdout } = await packs(args, cwd);
      if (!stdout.includes(text)) throw new Error(`packs ${args.join(' ')} does not print ${JSON.stringify(text)}:\n${stdout}`);
    };
    const project = join(root, 'my-api');
    await expect(['--version'], '.');
    await expect(['list'], 'web-api-starter');
    await expect(['list', '--json'], '"ok": true');
    await expect(['show', 'web-api-starter', '--variables'], 'port integer');
    await expect(['generate', 'web-api-starter', 'my-api', '--var', 'author=Ada Example', '--var', 'port=8080'], 'my-api');
    await expect(['status', '--check'], 'all as generated', project);
    const digest = digestOf(project);
    await expect(['generate', 'web-api-starter', 'my-api'], 'nothing to change');
    await expect(['undo'], 'deleted', project);
    const left = readdirSync(project).filter((name) => name !== '.packsmith');
    if (left.length > 0) throw new Error(`packs undo left ${left.join(', ')}`);
    return digest;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The lockfile is left out, which has the instant of the generation, and with it what names the lockfile's parts on this machine only. */
function digestOf(directory) {
  const hash = createHash('sha256');
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => path !== 'packsmith.lock' && !path.startsWith('.packsmith/local/'))
    .sort();
  for (const path of files)
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(directory, path)))
      .update('\0');
  return hash.digest('hex');
}
