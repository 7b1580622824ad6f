import { DataBudget } from '../../core/data/data-budget.ts';
import { asksData, type PackFacts, usesData } from '../../core/data/pack-data.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { createEnvironment } from '../../core/jinja/environment.ts';
import { LIMITS } from '../../core/manifest/limits.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import type { PlannedData } from '../../core/plan/generation-plan.ts';
import type { AnswerOutcome } from '../../core/template/answers/answer-types.ts';
import { createEvaluator } from '../../core/template/evaluator.ts';
import { withMasks } from '../../core/template/mask-secrets.ts';
import { type ProjectFacts, packContext, projectContext } from '../../core/template/render-context.ts';
import type { Ports } from '../../ports/ports.ts';
import type { QueryAllowance, SparqlEngine } from '../../ports/sparql-engine.ts';
import type { ProjectState } from '../project/load-project.ts';
import { askData } from './ask-data.ts';
import { readData } from './read-data.ts';

export interface PrepareDataRequest {
  readonly facts: ProjectFacts;
  readonly answers: AnswerOutcome;
  readonly workingDirectory: string;
  readonly state: ProjectState;
  /** Whether data that changed since the last run is what the command is about; otherwise a warning says so. */
  readonly expectsChanges: boolean;
  readonly signal?: AbortSignal;
}

export interface PreparedData {
  readonly facts: ReadonlyMap<PackName, PackFacts>;
  /** What was read, in order of composition. */
  readonly read: readonly PlannedData[];
  readonly warnings: readonly string[];
}

export type DataPorts = Pick<Ports, 'project' | 'dataFiles' | 'hash' | 'openSparqlEngine' | 'openShapeValidator'>;

/** A pack, and what is open while packs are prepared. */
interface Engines {
  /** Opened with the first pack that needs it. */
  readonly open: () => Promise<SparqlEngine>;
  /** What all packs share. */
  readonly data: DataBudget;
  readonly allowance: QueryAllowance;
}

/**
 * Reads the data of all packs, and asks it what they want to know. Secrets are not in what paths and parameters can be made of: their masks stand there.
 * @throws PacksmithError `DATA_REFUSED` with all findings of all packs; `DATA_NOT_FOUND`, `DATA_NOT_NAMED`, `LIMIT_EXCEEDED`, `TEMPLATE_FAILED`, and
 * those of `askData`.
 */
export async function prepareData(request: PrepareDataRequest, ports: DataPorts): Promise<PreparedData> {
  const answers = withMasks(request.answers) ?? request.answers;
  const facts = new Map<PackName, PackFacts>();
  const read: PlannedData[] = [];
  const findings: Diagnostic[] = [];
  const warnings: string[] = [];
  let opened: Promise<SparqlEngine> | undefined;
  const open = (): Promise<SparqlEngine> => (opened ??= ports.openSparqlEngine());
  const bounds = { data: new DataBudget(), allowance: { milliseconds: LIMITS.queriesSeconds.maximum * 1000 } };
  try {
    for (const pack of request.facts.packs.filter(usesData)) {
      request.signal?.throwIfAborted();
      const one = await prepareOne({ pack, answers, request, open, ...bounds }, ports);
      facts.set(pack.manifest.id, one.facts);
      read.push(...one.read);
      findings.push(...one.findings);
      warnings.push(...one.warnings);
    }
  } finally {
    await (await opened)?.close();
  }
  if (findings.length > 0) throw refusal(findings);
  return { facts, read, warnings: [...warnings, ...(request.expectsChanges ? [] : findChanged(read, request.state))] };
}

interface OnePack extends Engines {
  readonly pack: Pack;
  /** Secrets are masked in them. */
  readonly answers: AnswerOutcome;
  readonly request: PrepareDataRequest;
}

interface PreparedPack {
  readonly facts: PackFacts;
  readonly read: readonly PlannedData[];
  readonly findings: readonly Diagnostic[];
  readonly warnings: readonly string[];
}

async function prepareOne({ pack, answers, request, open, data: budget, allowance }: OnePack, ports: DataPorts): Promise<PreparedPack> {
  const { state } = request;
  const own = answers.answers.get(pack.manifest.id) ?? new Map();
  const context = packContext(projectContext(request.facts), pack, { answers: own });
  const evaluator = createEvaluator(createEnvironment({ hash: ports.hash }));
  const data = await readData(
    {
      pack,
      context,
      evaluator,
      entries: answers.entries,
      workingDirectory: request.workingDirectory,
      generated: state.generated,
      locked: state.lockfile?.data ?? [],
      budget,
    },
    ports,
  );
  const findings = data.flatMap((entry) => entry.findings);
  const read = data.flatMap(({ planned }) => planned ?? []);
  const values = new Map(data.map(({ name, value }) => [name, value]));
  if (findings.length > 0 || !asksData(pack)) return { facts: { data: values, queries: new Map() }, read, findings, warnings: [] };
  const sources = data.flatMap(({ rdf }) => rdf ?? []);
  const others = new Map(
    read.filter(({ name }) => !sources.some((source) => source.name === name)).map(({ name, format }) => [name, format]),
  );
  const { signal } = request;
  const asked = await askData(
    { pack, sources, others, context: new Map([...context, ['data', values]]), evaluator, allowance, ...(signal && { signal }) },
    { sparql: await open(), openShapeValidator: ports.openShapeValidator },
  );
  return { facts: { data: values, queries: asked.queries }, read, findings: asked.findings, warnings: asked.warnings };
}

function refusal(findings: readonly Diagnostic[]): PacksmithError {
  const count = findings.length === 1 ? 'a finding' : `${findings.length} findings`;
  return new PacksmithError('DATA_REFUSED', `the data has ${count}: nothing was written`, {
    diagnostics: findings,
    hint: 'correct the data, or name another file',
  });
}

/** An update is about packs: that it takes in changed data as well is said. */
function findChanged(read: readonly PlannedData[], { lockfile }: ProjectState): string[] {
  return read.flatMap(({ pack, name, path, sha256 }): string[] => {
    const before = lockfile?.data?.find((entry) => entry.pack === pack && entry.name === name);
    if (before === undefined || before.sha256 === sha256) return [];
    return [`${path} (data.${name} of ${pack}) has changed since it was read last: what comes of that is part of this change`];
  });
}
