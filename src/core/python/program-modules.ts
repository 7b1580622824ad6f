import { JinjaObject, type JinjaValue, truth } from '../jinja/values.ts';
import { callable } from './callable.ts';
import { EXCEPTIONS } from './exceptions.ts';
import { raise } from './python-fault.ts';

type Members = ReadonlyMap<string, JinjaValue>;

function exceptions(...names: readonly string[]): (readonly [string, JinjaValue])[] {
  return names.map((name) => [name, EXCEPTIONS.get(name) ?? null]);
}

/** `subprocess` of a machine on which no program is found. */
export const PROGRAMS: Members = new Map<string, JinjaValue>([
  ['run', callable(({ named }) => (truth(named.get('check') ?? false) ? notFound() : NOT_RUN))],
  ['getoutput', callable(() => '')],
  ['check_output', callable(notFound)],
  ['check_call', callable(notFound)],
  ...['PIPE', 'DEVNULL', 'STDOUT'].map((name, at) => [name, -1 - at] as const),
  ...exceptions('CalledProcessError', 'TimeoutExpired', 'SubprocessError'),
]);

function notFound(): never {
  return raise('CalledProcessError', 'no program is found');
}

const RESULT = new Map<string, JinjaValue>([
  ['returncode', 127],
  ['stdout', ''],
  ['stderr', ''],
]);

const NOT_RUN = new JinjaObject('CompletedProcess', { get: (name) => RESULT.get(name) });

/** `urllib.request` of a machine without a network. */
export const NETWORK: Members = new Map<string, JinjaValue>([
  ['Request', callable(({ positional: [url = null] }) => url)],
  ['urlopen', callable(() => raise('URLError', 'no network is there'))],
]);

/** `urllib.error`. */
export const NETWORK_ERRORS: Members = new Map(exceptions('URLError', 'HTTPError'));

const REQUEST_ERRORS = exceptions('RequestException', 'ConnectionError', 'HTTPError', 'Timeout');

/** `requests`, which cookiecutter brings, likewise. */
export const REQUESTS: Members = new Map<string, JinjaValue>([
  ...['get', 'head', 'post', 'request'].map((name) => [name, callable(() => raise('RequestException', 'no network is there'))] as const),
  ...REQUEST_ERRORS,
]);

/** `requests.exceptions`. */
export const REQUESTS_ERRORS: Members = new Map(REQUEST_ERRORS);
