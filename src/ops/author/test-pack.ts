import type { CaseProblem } from '../../core/cases/case-problem.ts';
import type { CaseCommand, PackCase } from '../../core/cases/pack-case.ts';
import { findOrphanedSnapshots } from '../../core/cases/snapshots.ts';
import type { Diagnostic, SourcePosition } from '../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { locateKeys } from '../../core/manifest/locate-keys.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import { escapeControl } from '../../core/text/strip-control.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import type { FileTree } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { PackSource } from '../../ports/pack-source.ts';
import { mapConcurrent } from '../map-concurrent.ts';
import type { CasePorts } from './case-world.ts';
import { readPackCases } from './read-pack-cases.ts';
import { type CaseOutcome, runCase } from './run-case.ts';

export interface TestPackRequest {
  readonly pack: Pack;
  /** Of the pack, absolute. */
  readonly directory: string;
  /** Texts of which the name or the file of a case has one; all cases when empty. */
  readonly filter: readonly string[];
  /** Files of cases that are not run. */
  readonly leftOut?: readonly string[];
  /** Store what differs from snapshots, and delete snapshots that nothing asks for. */
  readonly update: boolean;
  /** Whether the commands of cases are run: they are left out, or somebody is asked about those of the chosen cases. */
  readonly commands: 'skip' | AskAboutCommands;
  readonly offline: boolean;
  /** Where earlier versions of the pack are looked for before anywhere else. */
  readonly registry?: PackSource;
  readonly signal?: AbortSignal;
}

/** A command of a case. */
export interface CommandOfCase extends Pick<CaseCommand, 'run'> {
  /** The file of the case. */
  readonly file: string;
}

export type AskAboutCommands = (commands: readonly CommandOfCase[]) => Promise<'run' | 'skip' | 'refuse'>;

export interface PlacedProblem extends CaseProblem {
  readonly where: SourcePosition;
}

export interface CaseReport {
  /** Below the pack. */
  readonly file: string;
  readonly name: string;
  readonly kind: 'generate' | 'update' | 'refusal';
  readonly passed: boolean;
  readonly milliseconds: number;
  /** How many commands were run, and how many were left out because that was asked for. */
  readonly commands: { readonly run: number; readonly skipped: number };
  readonly problems: readonly PlacedProblem[];
}

export interface TestReport {
  readonly id: PackName;
  readonly version: string;
  readonly cases: readonly CaseReport[];
  readonly passed: number;
  readonly failed: number;
  readonly milliseconds: number;
  /** Snapshots that are to be stored and deleted, as paths below the pack; empty unless asked for. */
  readonly snapshots: { readonly written: readonly string[]; readonly removed: readonly string[] };
  readonly warnings: readonly string[];
}

/** What a run found, and what `--update` writes into the pack. */
export interface TestRun {
  readonly report: TestReport;
  readonly written: FileTree;
  readonly removed: readonly ProjectPath[];
}

export type TestPorts = CasePorts & { readonly stopwatch: () => number };

/** Cases wait for the disk more than they compute. */
const PARALLEL = 4;

/**
 * Runs the test cases of a pack; writes nothing into it.
 * @throws PacksmithError `CASE_INVALID` with all findings, `CASES_MISSING`, `COMMANDS_NOT_TRUSTED`, `INTERRUPTED`.
 */
export async function testPack(request: TestPackRequest, ports: TestPorts): Promise<TestRun> {
  const started = ports.stopwatch();
  const { pack, filter } = request;
  const { cases, diagnostics } = readPackCases(pack);
  failOnErrors(pack, diagnostics);
  const isChosen = ({ name, file }: PackCase): boolean =>
    request.leftOut?.includes(file) !== true && (filter.length === 0 || filter.some((text) => name.includes(text) || file.includes(text)));
  const chosen = cases.filter(isChosen);
  if (chosen.length === 0) throw missing(pack, { known: cases, filter });
  const skipCommands = (await settleCommands(chosen, request)) === 'skip';
  let done = 0;
  const runOne = async (each: PackCase): Promise<TimedOutcome> => {
    const outcome = await runTimed(each, { ...request, skipCommands }, ports);
    done += 1;
    ports.reporter.report({ kind: 'case-ended', name: each.name, done, total: chosen.length });
    return outcome;
  };
  const settled = await mapConcurrent(chosen, runOne, { limit: PARALLEL, isFatal: () => true });
  const outcomes = settled.map((entry) => {
    if (entry?.kind === 'failed') throw entry.error;
    return entry?.result;
  });
  const runs = chosen.flatMap((each, index) => toRun(each, outcomes[index], request) ?? []);
  const known = cases.map(({ file }) => file);
  const orphaned = findOrphanedSnapshots(pack.files, known);
  const written = new Map(request.update ? runs.flatMap(({ outcome }) => [...outcome.snapshots.written]) : []);
  const removed = request.update ? [...runs.flatMap(({ outcome }) => outcome.snapshots.removed), ...orphaned] : [];
  const reports = runs.map(({ report }) => report);
  const failed = reports.filter(({ passed }) => !passed).length;
  const report: TestReport = {
    id: pack.manifest.id,
    version: pack.manifest.version,
    cases: reports,
    passed: reports.length - failed,
    failed,
    milliseconds: ports.stopwatch() - started,
    snapshots: { written: [...written.keys()], removed },
    warnings: request.update ? [] : orphaned.map((path) => `${path} belongs to no case; \`packs test --update\` deletes it`),
  };
  return { report, written, removed };
}

function failOnErrors({ manifest }: Pack, diagnostics: readonly Diagnostic[]): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  const count = errors.length === 1 ? 'an error' : `${errors.length} errors`;
  throw new PacksmithError('CASE_INVALID', `the test cases of ${manifest.id} have ${count}`, { diagnostics });
}

function missing({ manifest }: Pack, { known, filter }: { known: readonly PackCase[]; filter: readonly string[] }): PacksmithError {
  if (known.length === 0 || filter.length === 0)
    return new PacksmithError('CASES_MISSING', `${manifest.id} has no test cases: there is no tests/*.toml`);
  const names = known.map(({ name, file }) => `\n  ${file}: ${name}`).join('');
  return new PacksmithError('CASES_MISSING', `no case has ${filter.map((text) => JSON.stringify(text)).join(' or ')}; there are${names}`, {
    hint: 'give a part of the name or of the file of a case',
  });
}

async function settleCommands(cases: readonly PackCase[], { pack, commands: wish }: TestPackRequest): Promise<'run' | 'skip'> {
  const commands = cases.flatMap(({ file, commands: own }) => own.map(({ run }) => ({ file, run })));
  if (wish === 'skip' || commands.length === 0) return 'skip';
  const verdict = await wish(commands);
  if (verdict !== 'refuse') return verdict;
  const lines = commands.map(({ file, run }) => `\n  ${file}: ${escapeControl(JSON.stringify(run))}`);
  throw new PacksmithError('COMMANDS_NOT_TRUSTED', `nobody agreed that the cases of ${pack.manifest.id} run commands:${lines.join('')}`);
}

interface TimedOutcome {
  readonly outcome: CaseOutcome;
  readonly milliseconds: number;
}

type TimedRequest = TestPackRequest & { readonly skipCommands: boolean };

async function runTimed(each: PackCase, request: TimedRequest, ports: TestPorts): Promise<TimedOutcome> {
  const { pack, directory, offline, registry, signal, skipCommands } = request;
  const started = ports.stopwatch();
  signal?.throwIfAborted();
  const outcome = await runCase(
    { case: each, pack, directory, offline, skipCommands, ...(registry && { registry }), ...(signal && { signal }) },
    ports,
  );
  return { outcome, milliseconds: ports.stopwatch() - started };
}

function toRun(each: PackCase, timed: TimedOutcome | undefined, { pack, update }: TestPackRequest) {
  if (timed === undefined) return undefined;
  const { outcome, milliseconds } = timed;
  const problems = update ? outcome.problems.filter((problem) => !isStored(problem, outcome)) : outcome.problems;
  const { file, name, expect, commands } = each;
  const kind = expect.refusal !== undefined ? 'refusal' : each.update === undefined ? 'generate' : 'update';
  const report: CaseReport = {
    file,
    name,
    kind,
    passed: problems.length === 0,
    milliseconds,
    commands: { run: outcome.commands, skipped: commands.length - outcome.commands },
    problems: place(problems, file, pack),
  };
  return { outcome, report };
}

/** Whether storing the snapshots is all that a problem asks for. */
function isStored(problem: CaseProblem, { snapshotProblems }: CaseOutcome): boolean {
  return snapshotProblems.includes(problem);
}

/** Gives each problem the place of the expectation in the file of the case. */
function place(problems: readonly CaseProblem[], file: string, { files }: Pack): PlacedProblem[] {
  if (problems.length === 0) return [];
  const content = files.get(file as ProjectPath)?.content;
  const locations = locateKeys((content === undefined ? undefined : decodeUtf8(content)) ?? '');
  return problems.map((problem) => ({ ...problem, where: { file, ...locations.find(problem.at, 'value') } }));
}
