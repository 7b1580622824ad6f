import { toText } from '../jinja/python-repr.ts';
import { type CallArguments, isDict, JinjaObject, type JinjaValue, textOf } from '../jinja/values.ts';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import { wholeText } from './access.ts';
import { callable } from './callable.ts';
import type { Machine } from './machine.ts';
import { raise } from './python-fault.ts';

type Parts = Readonly<Record<(typeof FIELDS)[number], string>>;

const FIELDS = ['scheme', 'netloc', 'path', 'params', 'query', 'fragment'] as const;

/** `urllib.parse`: addresses as texts. */
export function urlModule(run: Machine): ReadonlyMap<string, JinjaValue> {
  const parse = (hasParams: boolean): JinjaObject =>
    callable(({ positional: [url] }) => urlValue(splitUrl(wholeText(url, 'url', run), hasParams), run));
  const quoting = (always: string, isPlus: boolean): JinjaObject =>
    callable(({ positional: [text, safe], named }) => {
      const kept = new Set(wholeText(textOf(safe ?? named.get('safe') ?? always) ?? always, 'safe', run));
      return quote(longText(text, 'string', run), kept, isPlus);
    });
  const unquoting = (isPlus: boolean): JinjaObject => callable(({ positional: [text] }) => unquote(longText(text, 'string', run), isPlus));
  const encode = callable(({ positional: [query = null] }) => {
    const entries = isDict(query) ? [...query] : raise('TypeError', 'not a valid non-string sequence or mapping object');
    return entries
      .map((entry) => entry.map((part) => quote(longText(toText(part, run.runtime.budget), 'query', run), NONE, true)).join('='))
      .join('&');
  });
  return new Map<string, JinjaValue>([
    ['urlparse', parse(true)],
    ['urlsplit', parse(false)],
    ['quote', quoting('/', false)],
    ['quote_plus', quoting('', true)],
    ['unquote', unquoting(false)],
    ['unquote_plus', unquoting(true)],
    ['urlencode', encode],
  ]);
}

/** The most that a unit of a text becomes. */
const MAX_QUOTED = 9;

/** A text of which every character may be written in another way. */
function longText(value: JinjaValue | undefined, name: string, run: Machine): string {
  const text = wholeText(value, name, run);
  run.runtime.budget.spendSteps(text.length);
  run.runtime.budget.allocate(text.length * MAX_QUOTED);
  return text;
}

function splitUrl(url: string, hasParams: boolean): Parts {
  const [, scheme = '', rest = ''] = /^(?:([A-Za-z][\w+.-]*):)?([\s\S]*)$/.exec(url) ?? [];
  const [, netloc = '', path = '', query = '', fragment = ''] =
    /^(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/.exec(rest) ?? [];
  const [, bare = path, params = ''] = (hasParams ? /^(.*);([^/;]*)$/s.exec(path) : null) ?? [];
  return { scheme: scheme.toLowerCase(), netloc, path: bare, params, query, fragment };
}

function urlValue(parts: Parts, run: Machine): JinjaObject {
  const replaced = ({ named }: CallArguments): JinjaValue => {
    const changes = FIELDS.flatMap((field) => (named.has(field) ? [[field, wholeText(named.get(field), field, run)] as const] : []));
    return urlValue({ ...parts, ...Object.fromEntries(changes) }, run);
  };
  const get = (name: string): JinjaValue | undefined => {
    if (isField(name)) return parts[name];
    if (name === 'geturl') return callable(() => joinUrl(parts));
    return name === '_replace' ? callable(replaced) : placePart(wholeText(parts.netloc, 'netloc', run), name);
  };
  return new JinjaObject('ParseResult', { get });
}

function isField(name: string): name is (typeof FIELDS)[number] {
  return (FIELDS as readonly string[]).includes(name);
}

/** What the name of a machine has around it. */
function placePart(netloc: string, name: string): JinjaValue | undefined {
  const [, user, password, host = '', port] = /^(?:([^:@]*)(?::([^@]*))?@)?(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(netloc) ?? [];
  switch (name) {
    case 'username':
      return user ?? null;
    case 'password':
      return password ?? null;
    case 'hostname':
      return host === '' ? null : host.toLowerCase().replace(/^\[|\]$/g, '');
    case 'port':
      return portOf(port);
    default:
      return undefined;
  }
}

function portOf(text = ''): JinjaValue {
  const port = Number(text);
  return port > 65_535 ? raise('ValueError', 'Port out of range 0-65535') : text === '' ? null : port;
}

function joinUrl({ scheme, netloc, path, params, query, fragment }: Parts): string {
  const rooted = netloc !== '' && path !== '' && !path.startsWith('/') ? `/${path}` : path;
  const after = (mark: string, text: string): string => (text === '' ? '' : mark + text);
  const place = netloc === '' ? rooted : `//${netloc}${rooted}`;
  return `${scheme === '' ? '' : `${scheme}:`}${place}${after(';', params)}${after('?', query)}${after('#', fragment)}`;
}

const NONE: ReadonlySet<string> = new Set();

function quote(text: string, safe: ReadonlySet<string>, isPlus: boolean): string {
  const quoted = text.replace(/[^\w.~-]|[^\0-\x7f]/gu, (character) => {
    if (safe.has(character)) return character;
    if (isPlus && character === ' ') return '+';
    return Array.from(encodeUtf8(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  });
  return quoted;
}

function unquote(text: string, isPlus: boolean): string {
  return (isPlus ? text.replaceAll('+', ' ') : text).replace(
    /(?:%[\da-fA-F]{2})+/g,
    (run) => decodeUtf8(Uint8Array.from(run.slice(1).split('%'), (digits) => Number.parseInt(digits, 16))) ?? run,
  );
}
