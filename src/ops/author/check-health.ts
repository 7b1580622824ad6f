import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { createEnvironment } from '../../core/jinja/environment.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { Value, ValueMap } from '../../core/pack/values.ts';
import type { AnswerEntry, GivenAnswers } from '../../core/template/answers/answer-types.ts';
import { createEvaluator } from '../../core/template/evaluator.ts';
import { packContext, projectContext } from '../../core/template/render-context.ts';
import type { ProbeHealth, ProbeOutcome } from '../../ports/health-probe.ts';
import type { CasePorts } from './case-world.ts';
import { type Tried, tryPack } from './try-pack.ts';

export interface HealthWish {
  /** Answers that the user gives here, such as the port that it was deployed at. */
  readonly given: readonly GivenAnswers[];
  readonly timeoutMilliseconds: number;
  readonly retries: number;
  readonly signal?: AbortSignal;
}

export type HealthRequest = Tried & HealthWish;

export interface ServicesRequest extends HealthWish {
  readonly pack: Pack;
  /** All answers of the project. */
  readonly answers: readonly AnswerEntry[];
  /** What templates see of the project. */
  readonly context: ValueMap;
}

export interface HealthReport {
  readonly name: string;
  readonly url: string;
  readonly expected: number;
  /** Absent where nothing answered. */
  readonly status: number | undefined;
  readonly attempts: number;
  readonly isHealthy: boolean;
}

export interface HealthResult {
  readonly reports: readonly HealthReport[];
  readonly diagnostics: readonly Diagnostic[];
}

const PAUSE_MILLISECONDS = 500;

/** Asks what the pack names in `[[health]]` of the service that was generated with its defaults and these answers, and runs. @throws PacksmithError `INTERRUPTED`. */
export async function checkHealth(request: HealthRequest, ports: CasePorts & { readonly probeHealth: ProbeHealth }): Promise<HealthResult> {
  const { pack, given } = request;
  if (pack.manifest.health.length === 0) return { reports: [], diagnostics: [nothingToAsk()] };
  const [outcome] = await tryPack(request, [{ variables: new Map(), given }], ports);
  if (outcome === undefined || outcome.kind === 'failed') {
    const { error } = outcome ?? {};
    const own: Diagnostic = {
      code: 'HEALTH_FAILED',
      severity: 'error',
      message: error?.message ?? 'nothing was planned',
      where: { file: 'pack.toml' },
    };
    return { reports: [], diagnostics: error === undefined || error.diagnostics.length === 0 ? [own] : error.diagnostics };
  }
  const packs = outcome.preview.packs.map((each) => each.pack);
  const context = projectContext({ name: 'project', directory: 'project', now: '2026-01-01T00:00:00.000Z', packs });
  return askServices({ ...request, context, answers: outcome.preview.answers }, ports);
}

/** Asks what the pack names in `[[health]]`, each address once, with the answers that the project has. @throws PacksmithError `INTERRUPTED`. */
export async function askServices(request: ServicesRequest, ports: { readonly probeHealth: ProbeHealth }): Promise<HealthResult> {
  const { pack, given } = request;
  if (pack.manifest.health.length === 0) return { reports: [], diagnostics: [nothingToAsk()] };
  const evaluator = createEvaluator(createEnvironment());
  const context = contextOf(request);
  const asked = await Promise.all(
    pack.manifest.health.map(async ({ name, url, status }, index) => {
      const address = evaluator.template(url, context, `pack.toml [[health]] ${index + 1}`);
      const answer = refuseAddress(address, given) ?? (await probe(address, status, request, ports));
      return { name, url: address, expected: status, answer };
    }),
  );
  const reports = asked.map(({ answer, ...rest }): HealthReport => {
    const status = answer.kind === 'answered' ? answer.status : undefined;
    return { ...rest, status, attempts: answer.attempts, isHealthy: status === rest.expected };
  });
  return { reports, diagnostics: asked.flatMap(({ name, url, expected, answer }) => explain({ name, url, expected, answer })) };
}

function contextOf({ pack, answers, context }: ServicesRequest): ValueMap {
  const { id } = pack.manifest;
  const own = new Map<string, Value>(
    answers.flatMap(({ name, value, packs: sharing }) => (sharing.includes(id) && value !== undefined ? [[name, value] as const] : [])),
  );
  return packContext(context, pack, { answers: own });
}

function probe(
  url: string,
  status: number,
  { timeoutMilliseconds, retries, signal }: HealthWish,
  ports: { readonly probeHealth: ProbeHealth },
): Promise<ProbeOutcome> {
  return ports.probeHealth({ url, status, timeoutMilliseconds, retries, pauseMilliseconds: PAUSE_MILLISECONDS, ...(signal && { signal }) });
}

/** A pack alone can have only this machine asked: what else is near and asked from here is for the user to name. */
function refuseAddress(address: string, given: readonly GivenAnswers[]): ProbeOutcome | undefined {
  const refused = (reason: string): ProbeOutcome => ({ kind: 'unreachable', reason, attempts: 0 });
  if (!URL.canParse(address) || !/^https?:/.test(address)) return refused('it is not an http or https address');
  const { hostname } = new URL(address);
  const isNamed = given.some(({ values }) =>
    [...values.values()].some((one) => names(String(one.kind === 'text' ? one.text : one.value), hostname)),
  );
  if (isNamed || LOCAL_HOST.test(hostname)) return undefined;
  return refused(`only the pack names ${hostname}, which is not this machine: it was not asked`);
}

const LOCAL_HOST = /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether an answer is a host, a host with a port, or an address with it. */
function names(value: string, hostname: string): boolean {
  return [value, `http://${value}`].some((text) => URL.canParse(text) && new URL(text).hostname === hostname);
}

function explain({ name, url, expected, answer }: { name: string; url: string; expected: number; answer: ProbeOutcome }): Diagnostic[] {
  if (answer.kind === 'answered' && answer.status === expected) return [];
  const isAsked = answer.attempts > 0;
  const tries = answer.attempts === 1 ? 'one attempt' : `${answer.attempts} attempts`;
  const what = answer.kind === 'answered' ? `it answers ${answer.status} where ${expected} is expected` : answer.reason;
  return [
    {
      code: 'HEALTH_FAILED',
      severity: 'error',
      message: `${name}: ${url}: ${what}${isAsked ? ` (after ${tries})` : ''}`,
      where: { file: 'pack.toml' },
      suggestion: isAsked
        ? 'start the service, or give the answers that it was generated with by --var'
        : 'give the host yourself, by a variable of the pack that its address is made of: --var NAME=HOST',
    },
  ];
}

function nothingToAsk(): Diagnostic {
  const message = 'the pack names nothing to ask a running service';
  return {
    code: 'HEALTH_FAILED',
    severity: 'warning',
    message,
    where: { file: 'pack.toml' },
    suggestion: 'add [[health]] with a name and a url',
  };
}
