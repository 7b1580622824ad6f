import { setTimeout as sleep } from 'node:timers/promises';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { ProbeOutcome, ProbeRequest } from '../../ports/health-probe.ts';
import { throwIfAborted } from '../files/time-slice.ts';
import { Agents } from './agents.ts';
import { exchange } from './exchange.ts';
import { ResponseTooLarge, TransientFailure, toNetworkFailure } from './network-error.ts';

/** Of an answer only the head is of interest. */
const MAX_BYTES = 1024 * 1024;

/** Asks over real HTTP, without proxies: what is deployed is near. @throws PacksmithError `INTERRUPTED`. */
export async function probeHealth(request: ProbeRequest): Promise<ProbeOutcome> {
  const agents = new Agents({}, request.timeoutMilliseconds);
  try {
    for (let attempts = 1; ; attempts++) {
      const outcome = await ask(request, agents, attempts);
      const isAsWanted = outcome.kind === 'answered' && outcome.status === request.status;
      if (isAsWanted || attempts > request.retries) return outcome;
      await sleep(request.pauseMilliseconds, undefined, request.signal === undefined ? {} : { signal: request.signal }).catch(
        () => undefined,
      );
      throwIfAborted(request.signal);
    }
  } finally {
    agents.close();
  }
}

async function ask({ url, timeoutMilliseconds, signal }: ProbeRequest, agents: Agents, attempts: number): Promise<ProbeOutcome> {
  throwIfAborted(signal);
  const limit = AbortSignal.timeout(timeoutMilliseconds);
  try {
    const { status } = await exchange(
      {
        method: 'GET',
        url: new URL(url),
        proxy: undefined,
        headers: { accept: '*/*', 'user-agent': 'packsmith' },
        body: undefined,
        maximumBytes: MAX_BYTES,
        connectMilliseconds: timeoutMilliseconds,
        idleMilliseconds: timeoutMilliseconds,
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
        onBytes: undefined,
        checkHead: () => undefined,
      },
      agents,
    );
    return { kind: 'answered', status, attempts };
  } catch (error) {
    throwIfAborted(signal);
    if (limit.aborted) return { kind: 'unreachable', reason: `no answer within ${timeoutMilliseconds / 1000} s`, attempts };
    const failure = toNetworkFailure(error, url);
    if (failure instanceof PacksmithError || failure instanceof TransientFailure || failure instanceof ResponseTooLarge)
      return { kind: 'unreachable', reason: failure.message, attempts };
    throw error;
  }
}
