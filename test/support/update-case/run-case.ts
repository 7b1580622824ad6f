import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Envelope, RunLine } from '../run-program.ts';
import { addSettings, changeForm, performEdit, putPack, readLocked, readOwn, runGit } from './case-project.ts';
import type { Expectation, UpdateCase, Variant } from './update-case.ts';

/** What a case gave, and what is asked of every case. */
export interface CaseOutcome {
  readonly found: Expectation;
  /** Where the project is. */
  readonly root: string;
  readonly run: (line: string) => Promise<Envelope & { readonly exitCode: number | null }>;
  /** The user's files before the command, and what git had as its index, if it was there. */
  readonly before: ReturnType<typeof readOwn>;
  readonly index: Buffer | undefined;
  /** Paths of the last generation before the command. */
  readonly locked: ReturnType<typeof readLocked>;
}

interface CaseSettings {
  /** Is there, and empty. */
  readonly directory: string;
  readonly runLine: RunLine;
  /** Where the project of a case stands as it was made, with its home: the next variant of the case begins with a copy. */
  readonly made?: Map<UpdateCase, string>;
}

/** Makes the project of a case, does what the user did, and runs the commands. */
export async function runCase(wanted: UpdateCase, variant: Variant, { directory, runLine, made }: CaseSettings): Promise<CaseOutcome> {
  const world = join(directory, 'world');
  const root = join(world, 'project');
  const home = join(world, 'home');
  const run = async (line: string) => {
    const { stdout, stderr, exitCode } = await runLine([...line.split(' ').map(withBlanks), '--json'], { cwd: root, home });
    if (!stdout.startsWith('{')) throw new Error(stderr);
    return { ...(JSON.parse(stdout) as Envelope), exitCode };
  };
  const versions = { before: '1.0.0', after: '2.0.0', later: '3.0.0', ...wanted.versions };
  const putPacks = (when: keyof typeof versions): void => {
    for (const [id, files] of Object.entries(wanted[when] ?? {})) putPack(root, id, files, versions[when]);
  };
  const begun = made?.get(wanted);
  if (begun === undefined) {
    for (const path of [root, home]) mkdirSync(path, { recursive: true });
    putPacks('before');
    await makeProject(wanted, { root, run });
    made?.set(wanted, copyOf(world, join(directory, 'made')));
  } else copyOf(begun, world);
  changeForm(root, variant);
  if (variant === 'git') commitAll(root);
  for (const edit of wanted.edits ?? []) performEdit(root, edit, variant);
  putPacks('after');
  const lines = wanted.run ?? ['update'];
  for (const line of lines.slice(0, -1)) await run(line);
  putPacks('later');
  if (variant === 'git') stageSome(root);
  const before = readOwn(root);
  const index = variant === 'git' ? readFileSync(join(root, '.git', 'index')) : undefined;
  const locked = readLocked(root);
  const end = await run(lines.at(-1) ?? 'update');
  return { found: await describe(end, root, run), root, run, before, index, locked };
}

function copyOf(world: string, target: string): string {
  cpSync(world, target, { recursive: true, verbatimSymlinks: true });
  return target;
}

async function makeProject(wanted: UpdateCase, { root, run }: Pick<CaseOutcome, 'root' | 'run'>): Promise<void> {
  const packs = wanted.packs ?? Object.keys(wanted.before);
  const made = await run(`compose ${packs.join(' ')} --output . --into-existing ${wanted.generate ?? ''}`.trim());
  if (made.exitCode !== 0) throw new Error(`the project cannot be made: ${JSON.stringify(made.error)}`);
  if (wanted.settings !== undefined) addSettings(root, wanted.settings);
  // Of every pack any version will do; which one there is is what the case is about.
  const manifest = join(root, 'packsmith.toml');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replaceAll(/"\^[12]\.\d\.0"/g, '"*"'));
}

function commitAll(root: string): void {
  runGit(root, 'init', '-q');
  runGit(root, 'add', '-A');
  runGit(root, 'commit', '-qm', 'Begin');
}

/** A user has something staged as well. */
function stageSome(root: string): void {
  writeFileSync(join(root, 'packs', 'staged.txt'), 'staged\n');
  runGit(root, 'add', 'packs/staged.txt');
}

async function describe(end: Envelope & { readonly exitCode: number | null }, root: string, run: CaseOutcome['run']): Promise<Expectation> {
  const planned: readonly PathOfPlan[] = end.data?.plan?.paths ?? [];
  const shown = planned.filter((path) => path.class !== 'record');
  const open = (await run('status')).data?.pending ?? [];
  return {
    exit: end.exitCode ?? -1,
    ...(end.error === null ? {} : { error: end.error.code }),
    ...(end.warnings.length === 0 ? {} : { warnings: end.warnings.map((text) => text.replaceAll(root, '…')) }),
    ...(open.length === 0 ? {} : { open: open.map(({ path }: { path: string }) => path) }),
    ...(shown.length === 0 ? {} : { paths: Object.fromEntries(shown.map((path) => [path.path, describePath(path)])) }),
    files: readOwn(root),
  };
}

interface PathOfPlan {
  readonly path: string;
  readonly class: string;
  readonly action: string;
  readonly reason: string;
  readonly from?: string;
  readonly unsettled?: true;
  readonly situations?: readonly string[];
}

function describePath({ class: kind, action, reason, from, unsettled, situations = [] }: PathOfPlan): string[] {
  return [
    kind,
    action,
    reason,
    ...situations.map((situation) => `+${situation}`),
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(unsettled === true ? ['to settle'] : []),
  ];
}

/** `%20` in a command line of a case is a blank. */
function withBlanks(word: string): string {
  return word.replaceAll('%20', ' ');
}
