export interface ProbeRequest {
  readonly url: string;
  /** The status that means healthy. */
  readonly status: number;
  /** Of one attempt. */
  readonly timeoutMilliseconds: number;
  /** Attempts after the first, while there is no answer or another status. */
  readonly retries: number;
  /** Between two attempts. */
  readonly pauseMilliseconds: number;
  readonly signal?: AbortSignal;
}

export type ProbeOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly attempts: number }
  | { readonly kind: 'unreachable'; readonly reason: string; readonly attempts: number };

/** Asks a running service whether it is well. Redirects are answers, and are not followed; nothing is sent but the address. */
export type ProbeHealth = (request: ProbeRequest) => Promise<ProbeOutcome>;
