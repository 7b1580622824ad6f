import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { formatPackReference } from '../../core/pack/pack-reference.ts';
import { type CheckName, VALIDATION_CHECKS } from '../../core/quality/validation-checks.ts';
import type { GivenAnswers } from '../../core/template/answers/answer-types.ts';
import type { ProbeHealth } from '../../ports/health-probe.ts';
import type { Ports } from '../../ports/ports.ts';
import { anchorText, loadNamedPack } from '../packs/load-named-pack.ts';
import { checkHealth, type HealthReport } from './check-health.ts';
import type { ScorePorts } from './score-pack.ts';
import { type DeepResult, validateDeeply } from './validate-deeply.ts';
import { toValidation, type ValidationResult, validatePack } from './validate-pack.ts';

export interface FullValidationRequest {
  /** An id or a directory. */
  readonly reference: string;
  readonly workingDirectory: string;
  readonly checks: ReadonlySet<CheckName>;
  /** References of packs for the check `composition`. */
  readonly with: readonly string[];
  readonly health: { readonly given: readonly GivenAnswers[]; readonly timeoutMilliseconds: number; readonly retries: number };
  readonly offline: boolean;
  readonly signal?: AbortSignal;
}

export interface FullValidation extends ValidationResult {
  /** Where many packs are validated: the directory of this one, absolute. */
  readonly directory?: string;
  readonly tried: DeepResult['tried'];
  readonly health: readonly HealthReport[];
}

export type ValidationPorts = ScorePorts & Pick<Ports, 'toolVersion'> & { readonly probeHealth: ProbeHealth };

/**
 * Runs the chosen checks of a pack. What cannot be read, or has errors, is not rendered.
 * @throws PacksmithError as `validatePack` does, and `INTERRUPTED`.
 */
export async function validateFully(request: FullValidationRequest, ports: ValidationPorts): Promise<FullValidation> {
  const { checks, offline, signal, workingDirectory } = request;
  const base = await validatePack(request, ports);
  const needsMore = [...checks].some((name) => VALIDATION_CHECKS[name].kind !== 'static');
  if (base.id === undefined || !base.isValid || !needsMore) return { ...base, tried: undefined, health: [] };
  const { pack, directory } = await loadNamedPack(request.reference, request, ports);
  const tried = { pack, directory, offline, ...(signal && { signal }) };
  const beside = request.with.map((name) => ({ name, reference: anchorText(name, workingDirectory) }));
  const deep = await validateDeeply({ ...tried, checks, with: beside }, ports);
  const asked = checks.has('health') ? await checkHealth({ ...tried, ...request.health }, ports) : { reports: [], diagnostics: [] };
  const result = toValidation([...base.diagnostics, ...deep.diagnostics, ...asked.diagnostics], pack);
  return { ...result, tried: deep.tried, health: asked.reports };
}

type AllRequest = Omit<FullValidationRequest, 'reference'>;

/** As `validateFully`, for the packs in these directories. */
export async function validateEach(directories: readonly string[], request: AllRequest, ports: ValidationPorts): Promise<FullValidation[]> {
  const results: FullValidation[] = [];
  for (const directory of directories) {
    request.signal?.throwIfAborted();
    const result = await validateFully({ ...request, reference: formatPackReference({ kind: 'path', path: directory }) }, ports);
    results.push({ ...result, directory });
  }
  return results;
}

/** As `validateFully`, for every pack of the catalogue that another one of its id does not hide; broken ones have their findings. */
export async function validateAll(request: AllRequest, ports: ValidationPorts): Promise<FullValidation[]> {
  const entries = (await ports.repository.list()).filter(({ shadowedBy }) => shadowedBy === undefined);
  const results: FullValidation[] = [];
  for (const { id, version, isBroken, diagnostics } of entries) {
    request.signal?.throwIfAborted();
    results.push(isBroken ? broken(id, version, diagnostics) : await validateFully({ ...request, reference: id }, ports));
  }
  return results;
}

function broken(id: string, version: string, diagnostics: readonly Diagnostic[]): FullValidation {
  return { ...toValidation(diagnostics, undefined), id, version, tried: undefined, health: [] };
}
