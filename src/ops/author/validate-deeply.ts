import { isDataFile, parseDataFile } from '../../core/cases/parse-data-file.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { Value, ValueMap } from '../../core/pack/values.ts';
import { type ChoiceCases, listChoiceCases } from '../../core/quality/choice-cases.ts';
import type { CheckName } from '../../core/quality/validation-checks.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import { checkQueries, type ScorePorts } from './score-pack.ts';
import { type Attempt, type AttemptOutcome, type Tried, tryPack } from './try-pack.ts';

export interface DeepRequest extends Tried {
  readonly checks: ReadonlySet<CheckName>;
  /** Packs to generate beside it, as they were asked for, and with absolute paths. */
  readonly with: readonly { readonly name: string; readonly reference: string }[];
}

export interface DeepResult {
  readonly diagnostics: readonly Diagnostic[];
  /** What was tried; absent where nothing was rendered. */
  readonly tried: { readonly projects: number; readonly pairs: ChoiceCases['pairs'] } | undefined;
}

interface NamedAttempt extends Attempt {
  readonly check: 'choices' | 'examples' | 'composition';
  /** What people call it. */
  readonly name: string;
}

/** Renders the pack with many answers, alone and with others, and judges what comes of it. Nothing is written. @throws PacksmithError `INTERRUPTED`. */
export async function validateDeeply(request: DeepRequest, ports: ScorePorts): Promise<DeepResult> {
  const { pack, checks } = request;
  const choices = listChoiceCases(pack.manifest.variables);
  const attempts = listAttempts(request, choices);
  const outcomes = await tryPack(request, attempts, ports);
  const found = attempts.flatMap((attempt, index) => judge(attempt, outcomes[index], pack, checks));
  const rendersChoices = checks.has('choices') || checks.has('outputs');
  const unknown = rendersChoices ? choices.unknown.map(missingExample) : [];
  const queries = checks.has('queries') ? ((await checkQueries(pack, ports)) ?? []).flatMap(({ diagnostics }) => diagnostics) : [];
  return {
    diagnostics: [...unknown, ...firstOfEach(found), ...queries],
    tried: attempts.length === 0 ? undefined : { projects: attempts.length, pairs: rendersChoices ? choices.pairs : { covered: 0, of: 0 } },
  };
}

function listAttempts({ pack, checks, with: packs }: DeepRequest, choices: ChoiceCases): NamedAttempt[] {
  const { examples } = pack.manifest;
  const [plain = new Map<string, Value>()] = choices.cases;
  const wantsOutputs = checks.has('outputs');
  return [
    ...(checks.has('choices') || wantsOutputs ? choices.cases : []).map((variables) => ({
      check: 'choices' as const,
      name: describe(variables),
      variables,
    })),
    ...(checks.has('examples') || wantsOutputs ? examples : []).map(({ title, variables }) => ({
      check: 'examples' as const,
      name: `the example ${JSON.stringify(title)}`,
      variables: withRequired(variables, plain),
    })),
    ...(checks.has('composition') ? listCompositions(packs, plain) : []),
  ];
}

/** Beside each of the packs, and beside all of them. */
function listCompositions(packs: DeepRequest['with'], variables: ValueMap): NamedAttempt[] {
  const groups = [...packs.map((pack) => [pack]), ...(packs.length > 1 ? [packs] : [])];
  return groups.map((group) => ({
    check: 'composition',
    name: `beside ${group.map(({ name }) => name).join(', ')}`,
    variables,
    packs: group.map(({ reference }) => reference),
  }));
}

/** An example shows some values; what else is required is asked of whoever uses it. */
function withRequired(variables: ValueMap, plain: ValueMap): ValueMap {
  return new Map([...plain, ...variables]);
}

function describe(variables: ValueMap): string {
  if (variables.size === 0) return 'the defaults';
  return [...variables].map(([name, value]) => `${name} = ${JSON.stringify(value)}`).join(', ');
}

function judge(attempt: NamedAttempt, outcome: AttemptOutcome | undefined, pack: Pack, checks: ReadonlySet<CheckName>): Diagnostic[] {
  if (outcome === undefined) return [];
  if (outcome.kind === 'failed') return checks.has(attempt.check) ? explainFailure(attempt, outcome.error) : [];
  if (!checks.has('outputs') || attempt.check === 'composition') return [];
  const own = outcome.preview.rendered.filter((rendered) => rendered.pack === pack.manifest.id).flatMap(({ files }) => files);
  return own.flatMap(({ path, content, template }): Diagnostic[] => {
    const text = isDataFile(path) ? decodeUtf8(content) : undefined;
    const parsed = text === undefined || text.trim() === '' ? undefined : parseDataFile(path, text);
    if (parsed?.kind !== 'problem') return [];
    const message = `${path} cannot be read: ${parsed.problem} (with ${attempt.name})`;
    return [{ code: 'OUTPUT_INVALID', severity: 'error', message, where: { file: template } }];
  });
}

const CODES = { choices: 'CHOICES_FAILED', examples: 'EXAMPLE_FAILED', composition: 'COMPOSITION_FAILED' } as const;

/** Each of the findings behind a failure, or the failure itself. */
function explainFailure({ check, name }: NamedAttempt, error: PacksmithError): Diagnostic[] {
  const own: Diagnostic = { code: CODES[check], severity: 'error', message: error.message, where: error.where ?? { file: 'pack.toml' } };
  const causes: readonly Diagnostic[] =
    error.diagnostics.length > 0 ? error.diagnostics.filter(({ severity }) => severity === 'error') : [own];
  return causes.map((cause) => ({
    ...cause,
    code: CODES[check],
    message: `${cause.message} (${check === 'composition' ? name : `with ${name}`})`,
  }));
}

/** One fault fails in many cases: the first one shows it. */
function firstOfEach(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const key = ({ code, message, where }: Diagnostic) =>
    `${code} ${where?.file}:${where?.line} ${message.slice(0, message.lastIndexOf(' ('))}`;
  return [...new Map([...diagnostics].reverse().map((diagnostic) => [key(diagnostic), diagnostic])).values()].reverse();
}

function missingExample(name: string): Diagnostic {
  return {
    code: 'CHOICES_FAILED',
    severity: 'warning',
    message: `${name} has no default, and no value is known that it accepts: projects are tried without it`,
    where: { file: 'pack.toml' },
    suggestion: `give [variables.${name}] an example`,
  };
}
