import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { ProjectManifest } from '../../core/manifest/project-manifest.ts';
import { type PlainValue, toPlainValue } from '../../core/plan/generation-plan.ts';
import { canonicalAnswers } from '../../core/plan/planned-answers.ts';
import type { AnswerOutcome } from '../../core/template/answers/answer-types.ts';
import type { Digest } from '../../core/tree/digest.ts';
import { projectAnswers, projectFacts, settleAnswers } from '../render/settle-answers.ts';
import { loadLockedPacks } from './load-locked-packs.ts';
import { type ProjectState, requireProject } from './load-project.ts';
import type { LoadedPack } from './loaded-pack.ts';
import type { GenerationPorts } from './plan-wanted.ts';

/** What packsmith.toml asks for that the project was not generated with. */
export interface CheckedAnswers {
  /** Whether the answers are known to be others; only where the packs are to be had as they were, without going anywhere. */
  readonly areOther: boolean;
  /** The one answer that makes the difference, where the project has its default. */
  readonly changed?: { readonly name: string; readonly asked: PlainValue; readonly applied: PlainValue };
  /** Findings about keys that no pack knows, with the nearest. */
  readonly unknown: readonly string[];
}

const NONE: CheckedAnswers = { areOther: false, unknown: [] };

type CheckPorts = Omit<GenerationPorts, 'prompter'>;

/** Compares the answers of packsmith.toml with those of packsmith.lock, of which that has the digest: nothing is fetched or rendered. @throws PacksmithError `PROJECT_NOT_FOUND`. */
export async function checkAnswers(_request: object, ports: CheckPorts): Promise<CheckedAnswers> {
  const state = await requireProject(ports);
  const { lockfile, manifest, pending } = state;
  if (manifest === undefined || pending !== undefined) return NONE;
  const { packs } = await loadLockedPacks({ offline: true, lockfile, manifest }, ports);
  // A pack that is worked on may ask and answer otherwise by now: nothing can be said then.
  const isWhole = lockfile.packs.every(({ integrity }) => packs.some(({ pack }) => pack.integrity === integrity));
  if (!isWhole || packs.length === 0) return NONE;
  const settle = (asked: ProjectManifest): Promise<Settled | undefined> => settleAs(asked, { state, packs }, ports);
  const now = await settle(manifest);
  if (now === undefined) return NONE;
  const unknown = now.outcome.diagnostics.filter(({ code }) => code === 'ANSWER_UNKNOWN').map(describe);
  if (now.digest === lockfile.answers) return { areOther: false, unknown };
  for (const [name, asked] of [...manifest.variables].slice(0, MAX_TRIES)) {
    const before = await settle({ ...manifest, variables: new Map([...manifest.variables].filter(([key]) => key !== name)) });
    const applied = before?.outcome.entries.find(({ key }) => key === name)?.value;
    if (before?.digest === lockfile.answers && applied !== undefined)
      return { areOther: true, changed: { name, asked: toPlainValue(asked), applied: toPlainValue(applied) }, unknown };
  }
  return { areOther: isCertain(packs), unknown };
}

/** How many answers are left out in turn, each to see whether the project has its default. */
const MAX_TRIES = 100;

interface Settled {
  readonly outcome: AnswerOutcome;
  readonly digest: Digest;
}

interface Scene {
  readonly state: ProjectState;
  readonly packs: readonly LoadedPack[];
}

/** The answers as packsmith.toml gives them; `undefined` where they do not hold, which whatever applies them says. */
async function settleAs(manifest: ProjectManifest, { state, packs }: Scene, ports: CheckPorts): Promise<Settled | undefined> {
  const facts = projectFacts({ state, manifest, packs }, ports);
  const request = { manifest, given: projectAnswers(manifest), ask: 'never', assume: true, packs, facts } as const;
  try {
    const outcome = await settleAnswers(request, { ...ports, prompter: undefined });
    return { outcome, digest: ports.hash(canonicalAnswers(outcome)) };
  } catch (error) {
    if (error instanceof PacksmithError && error.code !== 'INTERRUPTED') return undefined;
    throw error;
  }
}

/** Secrets are in no file, and templates of other tools take answers that are not recorded: with them, others may be the right ones. */
function isCertain(packs: readonly LoadedPack[]): boolean {
  return packs.every(
    ({ pack: { foreign, translated, manifest } }) =>
      foreign === undefined && translated === undefined && manifest.variables.every(({ type }) => type !== 'secret'),
  );
}

function describe({ message, suggestion }: Diagnostic): string {
  return suggestion === undefined ? message : `${message}: ${suggestion}`;
}
