import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { redactUrl } from '../../core/pack/redact-url.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';

/** A failure that another attempt may not have: a lost connection, a server that is overloaded. */
export class TransientFailure extends Error {
  override readonly name = 'TransientFailure';
  /** Milliseconds that the server asks to wait, where it does. */
  readonly retryAfter: number | undefined;

  constructor(message: string, options: { readonly retryAfter?: number | undefined; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryAfter = options.retryAfter;
  }
}

/** The cause of a failure where there would have been more to read than is allowed. */
export class ResponseTooLarge extends Error {
  override readonly name = 'ResponseTooLarge';
}

const TRANSIENT = new Set(['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const CERTIFICATE =
  /^(?:CERT_|ERR_TLS_CERT|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(?:GET_ISSUER|VERIFY)|HOSTNAME_MISMATCH)/;

/** Turns what a socket threw into a transient failure or a final one. What is neither from a socket nor from HTTP is a bug and comes back as it is. */
export function toNetworkFailure(error: unknown, url: string): unknown {
  if (error instanceof PacksmithError || error instanceof TransientFailure || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (TRANSIENT.has(code)) return new TransientFailure(describe(code, error), { cause: error });
  if (CERTIFICATE.test(code)) {
    const hint = 'where the network has a certificate of its own, name it by `cafile` in .npmrc or NODE_EXTRA_CA_CERTS';
    return unreachable(url, `its certificate is not accepted (${code})`, { hint, cause: error });
  }
  if (code.startsWith('HPE_') || code === 'ERR_INVALID_CHAR') {
    return new PacksmithError('SOURCE_RESPONSE_INVALID', `${redactUrl(url)} does not answer in HTTP (${code})`, { cause: error });
  }
  if (code === '') return error;
  return unreachable(url, describe(code, error), { cause: error });
}

export function unreachable(
  url: string,
  reason: string,
  options: { readonly hint?: string; readonly cause?: unknown } = {},
): PacksmithError {
  return new PacksmithError('SOURCE_UNREACHABLE', `${redactUrl(url)} cannot be reached: ${reason}`, options);
}

export function invalidResponse(url: string, reason: string, cause?: unknown): PacksmithError {
  const message = `${redactUrl(url)} gave an answer that cannot be used: ${stripControlLine(reason)}`;
  return new PacksmithError('SOURCE_RESPONSE_INVALID', message, cause === undefined ? {} : { cause });
}

function describe(code: string, error: Error): string {
  switch (code) {
    case 'ECONNREFUSED':
      return 'the connection is refused';
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
      return 'the connection was cut off';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'its host name cannot be resolved';
    case 'ETIMEDOUT':
      return 'it does not answer in time';
    default:
      return redactUrl(stripControlLine(error.message));
  }
}
