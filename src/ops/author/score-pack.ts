import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { gatherScoreFacts } from '../../core/quality/gather-score-facts.ts';
import type { Counted, TrialFacts } from '../../core/quality/score/score-facts.ts';
import { type PackScore, scorePack } from '../../core/quality/score-pack.ts';
import { utf8At } from '../../core/tree/file-text.ts';
import type { SparqlEngine } from '../../ports/sparql-engine.ts';
import { findDependencyFacts } from '../packs/find-dependencies.ts';
import { type LoadOptions, loadNamedPack } from '../packs/load-named-pack.ts';
import { requireOwnFormat } from '../packs/require-own-format.ts';
import { readPackCases } from './read-pack-cases.ts';
import { type TestPorts, testPack } from './test-pack.ts';
import { tryPack } from './try-pack.ts';

export interface ScoreRequest extends LoadOptions {
  readonly reference: string;
  /** Measure only what can be known without running test cases and examples. */
  readonly static: boolean;
}

export interface ScoreReport extends PackScore {
  readonly id: string;
  readonly version: string;
}

export type ScorePorts = TestPorts & { readonly openSparqlEngine?: () => Promise<SparqlEngine> };

/**
 * Measures a pack. Its test cases run without their commands, and its examples are rendered; nothing is written and no hook runs.
 * @throws PacksmithError `PACK_NOT_FOUND`, `REFERENCE_INVALID`, `MANIFEST_INVALID`, `INTERRUPTED`, `INVALID_ARGUMENTS` for a template of another tool.
 */
export async function scoreReference(request: ScoreRequest, ports: ScorePorts): Promise<ScoreReport> {
  const { pack, directory } = await loadNamedPack(request.reference, request, ports);
  requireOwnFormat(pack, 'scored');
  const trial = request.static ? undefined : await runTrial({ pack, directory, request }, ports);
  const facts = gatherScoreFacts(pack, await findDependencyFacts(pack, request.workingDirectory, ports), trial);
  return { id: pack.manifest.id, version: pack.manifest.version, ...scorePack(facts) };
}

interface TrialRequest {
  readonly pack: Pack;
  readonly directory: string;
  readonly request: ScoreRequest;
}

async function runTrial(trial: TrialRequest, ports: ScorePorts): Promise<TrialFacts> {
  const { pack, directory, request } = trial;
  const tried = { pack, directory, offline: true, ...(request.signal && { signal: request.signal }) };
  const passing = await runCases(trial, ports);
  const { cases } = readPackCases(pack);
  const chosen = cases.filter(({ file }) => passing.files.has(file));
  const rendered = await tryPack(
    tried,
    chosen.map(({ variables, packs }) => ({ variables, packs })),
    ports,
  );
  const examples = await tryPack(
    tried,
    pack.manifest.examples.map(({ variables }) => ({ variables })),
    ports,
  );
  const queries = await countQueries(pack, ports);
  return {
    cases: passing.counted,
    rendered: new Set(rendered.flatMap((outcome) => (outcome.kind === 'planned' ? namesIn(outcome.preview.rendered, pack) : []))),
    examples: { done: examples.filter(({ kind }) => kind === 'planned').length, of: examples.length },
    ...(queries === undefined ? {} : { queries }),
  };
}

function namesIn(
  rendered: readonly {
    readonly pack: string;
    readonly files: readonly { readonly template: string }[];
    readonly injections: readonly { readonly template: string }[];
  }[],
  { manifest }: Pack,
): string[] {
  return rendered
    .filter(({ pack }) => pack === manifest.id)
    .flatMap(({ files, injections }) => [...files, ...injections].map(({ template }) => template));
}

/** A pack without cases has none that pass; one whose cases cannot be read has only cases that fail. */
async function runCases(
  { pack, directory, request }: TrialRequest,
  ports: ScorePorts,
): Promise<{ counted: Counted; files: ReadonlySet<string> }> {
  try {
    const { report } = await testPack(
      { pack, directory, filter: [], update: false, commands: 'skip', offline: true, ...(request.signal && { signal: request.signal }) },
      ports,
    );
    const files = new Set(report.cases.filter(({ passed }) => passed).map(({ file }) => file));
    return { counted: { done: report.passed, of: report.cases.length }, files };
  } catch (error) {
    if (!(error instanceof PacksmithError) || (error.code !== 'CASES_MISSING' && error.code !== 'CASE_INVALID')) throw error;
    return { counted: { done: 0, of: error.code === 'CASES_MISSING' ? 0 : 1 }, files: new Set() };
  }
}

async function countQueries(pack: Pack, ports: ScorePorts): Promise<Counted | undefined> {
  const checked = await checkQueries(pack, ports);
  if (checked === undefined) return undefined;
  return { done: checked.filter(({ diagnostics }) => diagnostics.length === 0).length, of: checked.length };
}

export interface CheckedQuery {
  readonly name: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles every query of a pack, its gates included; `undefined` where there is no engine. */
export async function checkQueries(
  { manifest, files }: Pack,
  { openSparqlEngine }: Pick<ScorePorts, 'openSparqlEngine'>,
): Promise<CheckedQuery[] | undefined> {
  const read = (path: string) => utf8At(files, path) ?? '';
  const texts = [
    ...manifest.queries.map(({ name, content }) =>
      content.kind === 'text'
        ? { name: `pack.toml [queries.${name}]`, text: content.text }
        : { name: content.file, text: read(content.file) },
    ),
    ...[...files.keys()].filter((path) => /^gates\/.*\.rq$/.test(path)).map((path) => ({ name: path as string, text: read(path) })),
  ];
  if (openSparqlEngine === undefined) return undefined;
  if (texts.length === 0) return [];
  const engine = await openSparqlEngine();
  try {
    return await Promise.all(texts.map(async (query) => ({ name: query.name, diagnostics: await engine.check(query) })));
  } finally {
    await engine.close();
  }
}
