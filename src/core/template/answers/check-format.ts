import { findPathProblem } from '../../tree/project-path.ts';

/** Says why text is not a path as templates take it (relative, portable, without `..`), or `undefined`. A leading `./` and a final `/` are no fault. */
export function findPathAnswerProblem(text: string): string | undefined {
  return findPathProblem(normalisePath(text));
}

/** The path without a leading `./` and a final `/`. */
export function normalisePath(text: string): string {
  return text.replace(/^(?:\.\/)+/, '').replace(/(?<=[^/])\/$/, '');
}

const URL_PARTS = /^([a-z][a-z0-9+.-]*):\/\/(?:([^/?#@]*)@)?(\[[0-9a-f:.]+\]|[^/?#:@[\]]*)(?::([^/?#]*))?([/?#].*)?$/i;
const URL_TEXT = /^(?:[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*$/;
const HOST = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i;

/** Says why text is not an absolute URL with a host (RFC 3986: `scheme://host`, ASCII, valid percent signs and port), or `undefined`. */
export function findUrlProblem(text: string): string | undefined {
  if (text.length > 8192) return 'it is longer than 8192 characters';
  if (/\s/.test(text)) return 'it has a space or a line break';
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return 'it does not begin with a scheme such as https://';
  if (!URL_TEXT.test(text)) return 'it has a character that must be percent-encoded';
  const parts = URL_PARTS.exec(text);
  if (parts === null) return 'its host is not valid';
  const [, , , host = '', port] = parts;
  if (host === '') return 'it has no host';
  if (!host.startsWith('[') && !HOST.test(host)) return `its host "${host}" is not valid`;
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) return `its port "${port}" is not a number up to 65535`;
  return undefined;
}

const EMAIL_LOCAL = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;

/** Says why text is not an address `name@host` (RFC 5322's dot-atoms, ASCII; no comments, no quoted names), or `undefined`. */
export function findEmailProblem(text: string): string | undefined {
  if (text.length > 254) return 'it is longer than 254 characters';
  const at = text.lastIndexOf('@');
  if (at === -1) return 'it has no "@"';
  const local = text.slice(0, at);
  const host = text.slice(at + 1);
  if (local.length > 64 || !EMAIL_LOCAL.test(local)) return 'what stands before the "@" is not valid';
  if (host.endsWith('.') || host.includes('_') || !HOST.test(host)) return 'what stands after the "@" is not the name of a host';
  return undefined;
}

/** Control characters but for tabs and line ends, of which only NUL is none of any text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/** Says why text cannot be one line, several, or any text that another tool takes: control characters other than a tab, unpaired surrogates. */
export function findTextProblem(text: string, form: 'line' | 'lines' | 'any'): string | undefined {
  if (form === 'line' && /[\r\n\u2028\u2029]/.test(text)) return 'it has a line break';
  if (form === 'any' ? text.includes('\0') : CONTROLS.test(text)) return 'it has a control character';
  if (!text.isWellFormed()) return 'it has an unpaired surrogate';
  return undefined;
}
