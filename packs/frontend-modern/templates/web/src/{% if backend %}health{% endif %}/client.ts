/** What is known of the API. */
export type Health =
  | { readonly state: 'unknown' }
  | { readonly state: 'up'; readonly uptimeSeconds: number }
  | { readonly state: 'down'; readonly reason: string };

/** Asks the API for its state; rejects only when the signal aborts. */
export async function fetchHealth(signal: AbortSignal): Promise<Health> {
  try {
    const response = await fetch('/health', { signal, headers: { accept: 'application/json' } });
    if (!response.ok) return { state: 'down', reason: `status ${response.status}` };
    return parseHealth(await response.json());
  } catch (error) {
    signal.throwIfAborted();
    return { state: 'down', reason: error instanceof SyntaxError ? 'not JSON' : 'unreachable' };
  }
}

function parseHealth(body: unknown): Health {
  const uptimeSeconds = typeof body === 'object' && body !== null && 'uptimeSeconds' in body && body.uptimeSeconds;
  return typeof uptimeSeconds === 'number'
    ? { state: 'up', uptimeSeconds }
    : { state: 'down', reason: 'not its answer' };
}
