// Sessions of the test runner, one after the other, until every mutant has its verdict. A session that stands still or ends by itself is the fault of the
// mutant that it was at, which counts as timed out.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instrumented } from './instrument.ts';
import type { Coverage, Job, Spoilt, Verdict } from './job.ts';

const LOOK_EVERY = 500;
/** Before the first mutant, everything is loaded and every test is run twice. */
const STARTING = 900_000;

export interface RunOptions {
  /** Absolute path of this folder. */
  readonly tool: string;
  readonly repository: string;
  readonly instrumented: Instrumented;
  /** Absolute paths. */
  readonly tests: readonly string[];
  readonly onVerdict: (verdicts: ReadonlyMap<number, Verdict>, latest: Verdict) => void;
  /** Told once, of the tests that do not pass twice without a mutant. */
  readonly onUnused: (failing: readonly string[]) => void;
}

export async function runMutants({
  tool,
  repository,
  instrumented,
  tests,
  onVerdict,
  onUnused,
}: RunOptions): Promise<ReadonlyMap<number, Verdict>> {
  const cache = join(repository, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'mutation-'));
  // What tests leave behind when a session is ended.
  const temporary = mkdtempSync(join(tmpdir(), 'packsmith-mutation-'));
  const verdicts = new Map<number, Verdict>();
  try {
    const texts = join(work, 'instrumented.json');
    writeFileSync(texts, JSON.stringify(instrumented.texts));
    const mutants = instrumented.sample.map(({ id, file }) => ({ id, file: join(repository, file) }));
    let again: number | undefined;
    for (let session = 0; verdicts.size < mutants.length; session += 1) {
      const job: Job = {
        repository,
        instrumented: texts,
        tests,
        mutants: mutants.filter(({ id }) => !verdicts.has(id)),
        coverage: join(work, 'coverage.json'),
        verdicts: join(work, `verdicts-${session}.jsonl`),
        state: join(work, `state-${session}.json`),
        ...(again === undefined ? {} : { again }),
      };
      const take = (verdict: Verdict) => {
        verdicts.set(verdict.id, verdict);
        onVerdict(verdicts, verdict);
      };
      again = await runSession(job, { tool, work, temporary, take });
      if (session === 0 && existsSync(job.coverage)) onUnused((JSON.parse(readFileSync(job.coverage, 'utf8')) as Coverage).failing);
    }
    return verdicts;
  } finally {
    for (const directory of [work, temporary]) rmSync(directory, { recursive: true, force: true });
  }
}

interface SessionOptions {
  readonly tool: string;
  readonly work: string;
  /** For temporary files. */
  readonly temporary: string;
  readonly take: (verdict: Verdict) => void;
}

/** Gives the mutant that the next session has to begin with, if any. */
async function runSession(job: Job, { tool, work, temporary, take }: SessionOptions): Promise<number | undefined> {
  const path = join(work, 'job.json');
  writeFileSync(path, JSON.stringify(job));
  writeFileSync(job.verdicts, '');
  const child = spawn(process.execPath, [join(tool, 'start-session.mjs')], {
    cwd: job.repository,
    env: { ...process.env, MUTATION_JOB: path, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = `${output}${chunk}`.slice(-4000);
    });
  }
  let taken = 0;
  let spoilt: number | undefined;
  const takeNew = () => {
    const lines = readFileSync(job.verdicts, 'utf8').split('\n').slice(0, -1);
    for (const line of lines.slice(taken)) {
      const verdict = JSON.parse(line) as Verdict | Spoilt;
      if ('spoilt' in verdict) spoilt = verdict.spoilt;
      else take(verdict);
    }
    taken = lines.length;
  };
  await waitFor(child, job.state, takeNew);
  takeNew();
  if (spoilt !== undefined || taken === job.mutants.length || (job.again !== undefined && taken > 0)) return spoilt;
  const at = readState(job.state)?.mutant;
  if (at === undefined || at === null) throw new Error(`the test runner ended without verdicts:\n${output}`);
  take({ id: at, status: 'timed-out' });
  return undefined;
}

/** Until the session ends, or is ended because what it runs takes too long. */
function waitFor(child: ChildProcess, state: string, onLook: () => void): Promise<void> {
  return new Promise((resolve) => {
    let seen = '';
    let since = Date.now();
    const timer = setInterval(() => {
      onLook();
      const text = existsSync(state) ? readFileSync(state, 'utf8') : '';
      if (text !== seen) {
        seen = text;
        since = Date.now();
      }
      if (Date.now() - since > (parseState(text)?.milliseconds ?? STARTING)) child.kill('SIGKILL');
    }, LOOK_EVERY);
    child.on('close', () => {
      clearInterval(timer);
      resolve();
    });
  });
}

interface State {
  readonly mutant: number | null;
  readonly milliseconds: number;
}

function readState(path: string): State | undefined {
  return existsSync(path) ? parseState(readFileSync(path, 'utf8')) : undefined;
}

function parseState(text: string): State | undefined {
  return text.trim() === '' ? undefined : (JSON.parse(text.split('\n')[0] ?? '') as State);
}
