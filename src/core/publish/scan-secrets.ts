import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { decodeText } from '../text/utf8.ts';
import { type FileTree, sortedPaths } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';

/** What an author writes on the line of something that only looks like a secret, or on the line before it. */
export const SECRET_ALLOWANCE = 'packsmith: not a secret';

/** The shape of one kind of secret. Every pattern is linear: no quantifier stands within another one. */
interface SecretShape {
  readonly what: string;
  readonly pattern: RegExp;
}

const SHAPES: readonly SecretShape[] = [
  { what: 'a GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{60,255})/g },
  { what: 'a GitLab token', pattern: /\bglpat-[\w-]{20,100}/g },
  { what: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/g },
  { what: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/g },
  { what: 'a Google API key', pattern: /\bAIza[\w-]{35}(?![\w-])/g },
  { what: 'a Slack token', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{20,250}/g },
  { what: 'a Slack webhook', pattern: /\bhooks\.slack\.com\/services\/T[A-Za-z0-9]{6,20}\/B[A-Za-z0-9]{6,20}\/[A-Za-z0-9]{16,40}/g },
  { what: 'a Stripe key', pattern: /\b[rs]k_live_[A-Za-z0-9]{20,250}/g },
  { what: 'an API key', pattern: /\bsk-(?:(?:ant|proj|svcacct)-[\w-]{32,250}|[A-Za-z0-9]{48}(?![A-Za-z0-9]))/g },
  { what: 'a PyPI token', pattern: /\bpypi-AgEI[\w-]{50,250}/g },
  { what: 'a JSON web token', pattern: /\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{20,1000}/g },
  { what: 'an address with a password', pattern: /\b[a-z][a-z0-9+]{1,20}:\/\/[^\s:/@"'`]{1,100}:([^\s:/@"'`]{12,200})@[^\s/"'`]{1,200}/g },
];

const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----/g;
/** What follows the head of a real key; escaped line ends count, as keys stand in JSON. */
const KEY_BODY = /^(?:[\s"'+,|>]|\\[nr]|[A-Z][A-Za-z-]{2,20}: [^\n]{0,200}\n){0,40}[A-Za-z0-9+/]{24}/;
const KEY_BODY_REACH = 2_000;

const ENVIRONMENT_FILE = /(?:^|\/)\.env(?:\.(?!example\b|sample\b|template\b|dist\b|defaults?\b)[\w.-]+)?$/;
const REGISTRY_FILE = /(?:^|\/)\.(?:npmrc|yarnrc(?:\.yml)?|pypirc|netrc)$/;
const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]{0,99})\s*[=:]\s*(.{0,1000})$/;
/** In the name of what has a secret as its value. */
export const SECRET_NAME = /SECRET|TOKEN|PASSW(?:OR)?D|PASSPHRASE|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIAL/i;
const REGISTRY_CREDENTIAL = /(?:^|:|\s)_?(?:authToken|auth|password|npmAuthToken)\s*[=:]\s*(\S{1,2000})/;

/**
 * Looks for what should never be published: private keys, tokens of known shapes, `.env` files with values, registry settings with credentials.
 * Runs in linear time, and never repeats what it found. Templates (`{{ … }}`), references to the environment and common placeholders are no
 * secrets, nor is what stands on a line with `packsmith: not a secret`, or below one. Files that are not text are passed over.
 */
export function scanSecrets(files: FileTree): Diagnostic[] {
  return sortedPaths(files).flatMap((path) => {
    const entry = files.get(path);
    const text = entry === undefined ? undefined : decodeText(entry.content);
    return text === undefined ? [] : scanText(path, text);
  });
}

interface Finding {
  readonly line: number;
  readonly what: string;
}

function scanText(path: ProjectPath, text: string): Diagnostic[] {
  const lines = text.split('\n');
  const found = [
    ...lines.flatMap((line, index) => scanLine(path, line).map((what) => ({ line: index + 1, what }))),
    ...findPrivateKeys(text),
  ];
  const isAllowed = ({ line }: Finding) => [lines[line - 1], lines[line - 2]].some((near) => near?.includes(SECRET_ALLOWANCE));
  return found
    .filter((finding) => !isAllowed(finding))
    .sort((a, b) => a.line - b.line)
    .map(({ line, what }) => ({
      code: 'SECRET_FOUND',
      severity: 'error',
      message: `this looks like ${what}`,
      where: { file: path, line },
      suggestion: `take it out and revoke it, or write "${SECRET_ALLOWANCE}" beside it`,
    }));
}

function scanLine(path: string, line: string): string[] {
  const kinds = SHAPES.filter(({ pattern }) =>
    [...line.matchAll(pattern)].some(([whole, part]) => isReal(part ?? whole, part !== undefined)),
  );
  const found = kinds.map(({ what }) => what);
  const assigned = findAssignedSecret(path.replace(/\.jinja$/, ''), line);
  return assigned === undefined || found.length > 0 ? found : [assigned];
}

/** A password in an address must look made up by a machine: in templates most are samples. */
function isReal(text: string, isPassword: boolean): boolean {
  if (isPlaceholder(text)) return false;
  return !isPassword || (/\d/.test(text) && /[a-z]/i.test(text));
}

function findAssignedSecret(path: string, line: string): string | undefined {
  if (REGISTRY_FILE.test(path)) {
    const credential = REGISTRY_CREDENTIAL.exec(line)?.[1];
    return credential === undefined || isPlaceholder(credential) || isComment(line) ? undefined : 'a credential of a registry';
  }
  if (!ENVIRONMENT_FILE.test(path) || isComment(line)) return undefined;
  const [, name = '', value = ''] = ASSIGNMENT.exec(line) ?? [];
  // An environment file that is no template is the author's own: nothing in it is for others.
  const isOwn = !path.startsWith('templates/');
  if (isPlaceholder(value.trim()) || !(isOwn || SECRET_NAME.test(name))) return undefined;
  return `the value of ${name.slice(0, 40)} in an environment file`;
}

function isComment(line: string): boolean {
  return /^\s*[#;]/.test(line);
}

function isPlaceholder(value: string): boolean {
  const bare = value.replace(/^["']|["']$/g, '');
  if (bare === '' || /\{\{|\{%|\$\{|\$\(|^<|^%|^\$[A-Z_]/.test(bare) || /example|placeholder|x{6}|\.{3}|…/i.test(bare)) return true;
  return /^(?:change[-_ ]?(?:me|this)|your[-_ ].*|my[-_ ]?(?:secret|password|token)|secret|password|passw(?:or)?d|test(?:ing)?|dummy|none|null|true|false|todo|replace.*|dev(?:elopment)?|local(?:host)?|postgres|root|admin|\*+|(.)\1*)$/i.test(
    bare,
  );
}

function findPrivateKeys(text: string): Finding[] {
  return [...text.matchAll(PRIVATE_KEY)]
    .filter((match) => KEY_BODY.test(text.slice(match.index + match[0].length, match.index + match[0].length + KEY_BODY_REACH)))
    .map((match) => ({ line: countLines(text, match.index), what: 'a private key' }));
}

function countLines(text: string, end: number): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
