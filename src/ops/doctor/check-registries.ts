import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { PackRegistry } from '../../ports/pack-places.ts';
import type { Finding } from './health-check.ts';

const TIME_LIMIT = 10_000;
/** An id that nobody has: whether the registry answers is all that is asked. */
const NOBODY = 'packsmith-doctor-asks';

/** Asks every configured registry for something. */
export async function checkRegistries(registries: readonly PackRegistry[], signal: AbortSignal | undefined): Promise<Finding[]> {
  const limit = AbortSignal.timeout(TIME_LIMIT);
  const either = signal === undefined ? limit : AbortSignal.any([signal, limit]);
  const findings = await Promise.all(registries.map((registry) => checkRegistry(registry, either)));
  signal?.throwIfAborted();
  return findings.length > 0 ? findings : [{ id: 'registries', status: 'ok', message: 'no registry is configured' }];
}

async function checkRegistry({ name, scopes, source }: PackRegistry, signal: AbortSignal): Promise<Finding> {
  const id = `registry:${name}`;
  const asked = scopes[0] === undefined ? NOBODY : `${scopes[0]}/${NOBODY}`;
  try {
    await source.listVersions({ kind: 'id', name: asked as never }, { offline: false, signal });
    return { id, status: 'ok', message: `the registry ${name} answers` };
  } catch (error) {
    if (!(error instanceof PacksmithError)) throw error;
    const cure = error.hint ?? `check its address: \`packs config get registries.${name}.url\``;
    const message = signal.aborted ? `it did not answer within ${TIME_LIMIT / 1000} s` : error.message;
    return { id, status: 'error', message: `the registry ${name} cannot be used: ${message}`, cure };
  }
}
