import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { createBudget, DEFAULT_LIMITS } from '../../core/jinja/budget.ts';
import type { AnswerEntry, GivenAnswers, GivenValue } from '../../core/template/answers/answer-types.ts';
import { parseOutputPath } from '../../core/template/parse-output-path.ts';
import type { ProjectFacts } from '../../core/template/render-context.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';
import type { ResolvePorts } from '../packs/resolved-packs.ts';
import { foreignScopeOf } from '../render/foreign-answers.ts';
import { settleAnswers } from '../render/settle-answers.ts';
import { demandsOf } from './demands.ts';
import { loadPacks } from './load-packs.ts';
import type { ProjectOptions } from './plan-wanted.ts';

/** Where a project goes by its template, and what a person answered for that. */
export interface NamedProject {
  /** The name of its directory. */
  readonly directory: string;
  /** Given first when the project is planned, so that nothing is asked twice. */
  readonly answered: readonly GivenAnswers[];
}

type NamingPorts = ResolvePorts & Pick<Ports, 'clock' | 'hash' | 'prompter' | 'readToolAnswers'>;

/**
 * The directory that a template of another tool makes for itself, by its name with the answers; asks for these as generating does. `undefined`
 * for what leaves that to whoever generates it.
 * @throws PacksmithError as `planWanted` does up to the answers.
 */
export async function nameProject(reference: string, options: ProjectOptions, ports: NamingPorts): Promise<NamedProject | undefined> {
  const { workingDirectory, offline = false, signal } = options;
  const demands = demandsOf({ references: [reference], packs: [], places: { workingDirectory, root: workingDirectory } });
  const isLocked = (): boolean => false;
  const { packs } = await loadPacks(
    { demands, recorded: [], isLocked, overrides: new Map(), offline, root: workingDirectory, ...(signal && { signal }) },
    { ...ports, reporter: { report: () => {} } },
  );
  const pack = packs[0]?.pack;
  const { foreign } = pack ?? {};
  if (pack === undefined || foreign?.directoryName === undefined) return undefined;
  await options.beforeAnswers?.(packs);
  const facts: ProjectFacts = {
    name: pack.manifest.id,
    directory: pack.manifest.id,
    parentDirectory: workingDirectory,
    previous: new Map(),
    now: ports.clock.now(),
    packs: [pack],
  };
  const answers = await settleAnswers(
    { manifest: undefined, given: options.given, ask: options.ask, assume: options.assume ?? false, packs, facts },
    ports,
  );
  const scope = foreignScopeOf(facts, ports.hash);
  const environment = foreign.makeEnvironment(scope);
  const budget = createBudget(DEFAULT_LIMITS);
  const context = foreign.makeContext(answers.answers.get(pack.manifest.id) ?? new Map(), scope, environment, budget);
  const name = foreign.directoryName({ context, environment, budget });
  return { directory: requirePlain(parseOutputPath(name)), answered: answeredOf(answers.entries) };
}

/** A directory that the template chooses stands beside others: it is hidden nowhere, and behind no link. */
function requirePlain(directory: ProjectPath): ProjectPath {
  if (!directory.includes('/') && !directory.startsWith('.')) return directory;
  throw new PacksmithError(
    'TEMPLATE_FAILED',
    `the template wants to be in ${JSON.stringify(directory)}, which is no plain name of a directory`,
    {
      hint: `to have it there, say so: packs generate REF ${directory}`,
    },
  );
}

/** What was asked: everything else is found again. */
function answeredOf(entries: readonly AnswerEntry[]): GivenAnswers[] {
  return (['edited', 'interactive'] as const).map((source) => ({
    source,
    values: new Map(
      entries.flatMap((entry): [string, GivenValue][] => {
        return entry.source === source && entry.value !== undefined ? [[entry.key, { kind: 'value', value: entry.value }]] : [];
      }),
    ),
  }));
}
