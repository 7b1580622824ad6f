import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import { redactUrl } from '../../../core/pack/redact-url.ts';

/** What of other protocols a repository's address may lead to, by the user's own `url.insteadOf`. */
const PROTOCOLS: ReadonlyMap<string, readonly string[]> = new Map([
  ['https', ['https', 'ssh']],
  ['http', ['http', 'https', 'ssh']],
  ['ssh', ['ssh', 'https']],
  ['git', ['git', 'https', 'ssh']],
  ['file', ['file']],
]);

export interface GitAddress {
  /** What git is given, without credentials. */
  readonly url: string;
  /** What a person is shown. */
  readonly shown: string;
  /** Which protocols it may use, and the credentials. */
  readonly config: readonly (readonly [key: string, value: string])[];
}

/** Reads the address of a repository; credentials in it become configuration. @throws PacksmithError `REFERENCE_INVALID`. */
export function readAddress(text: string): GitAddress {
  const scheme = /^([a-z]+):/.exec(text)?.[1] ?? '';
  const allowed = PROTOCOLS.get(scheme);
  if (allowed === undefined || text.startsWith('-')) {
    throw new PacksmithError('REFERENCE_INVALID', `${redactUrl(text)} is not the address of a git repository`);
  }
  const config = allowed.map((protocol) => [`protocol.${protocol}.allow`, 'always'] as const);
  if (!/^https?$/.test(scheme) || !URL.canParse(text)) return { url: text, shown: redactUrl(text), config };
  const url = new URL(text);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  if (username === '' && password === '') return { url: text, shown: redactUrl(text), config };
  const pair = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  return { url: url.href, shown: url.href, config: [...config, [`http.${url.origin}/.extraHeader`, `Authorization: Basic ${pair}`]] };
}
