import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../text/utf8.ts';
import type { FileTree } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { SECRET_ALLOWANCE, scanSecrets } from './scan-secrets.ts';

function treeOf(files: Readonly<Record<string, string | Uint8Array>>): FileTree {
  return new Map(
    Object.entries(files).map(([path, text]) => [
      path as ProjectPath,
      { content: typeof text === 'string' ? encodeUtf8(text) : text, mode: 0o644 },
    ]),
  );
}

const scan = (path: string, text: string): string[] =>
  scanSecrets(treeOf({ [path]: text })).map(({ message, where }) => `${where?.file}:${where?.line} ${message}`);

// Put together from parts, so that no scanner takes this file for what it tests.
const join = (...parts: readonly string[]): string => parts.join('');
const LETTERS = 'abcdefghijKLMNOPQRST0123456789uvwxyz';
const BODY = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7';
const key = (kind: string, body = BODY, newline = '\n') => join('-----BEGIN ', kind, 'PRIVATE KEY-----', newline, body, newline);

describe('what is found', () => {
  it.each([
    ['a GitHub token', 'src/a.ts', `const t = "${join('ghp', '_', LETTERS)}";`, 'a GitHub token'],
    ['a fine-grained GitHub token', 'a', join('github', '_pat_', LETTERS, LETTERS), 'a GitHub token'],
    ['a GitLab token', 'a', join('glpat', '-', 'abcDEF1234567890abcd'), 'a GitLab token'],
    ['an npm token', 'a', join('npm', '_', LETTERS), 'an npm token'],
    ['an AWS key', 'a.yml', `key: ${join('AKIA', 'Z2J7QX5TL4WMN3PB')}`, 'an AWS access key'],
    ['a Google key', 'a', join('AIza', 'SyA1234567890abcdefghijklmnopqrstuv'), 'a Google API key'],
    ['a Slack token', 'a', join('xoxb', '-123456789012-abcdefABCDEF'), 'a Slack token'],
    ['a Stripe key', 'a', join('sk', '_live_', 'abcdEFGH1234567890abcd'), 'a Stripe key'],
    [
      'a JSON web token',
      'a',
      join('eyJ', 'hbGciOiJIUzI1NiJ9', '.eyJ', 'zdWIiOiIxMjM0NTY3ODkwIn0', '.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'),
      'a JSON web token',
    ],
    ['a password in an address', 'a', 'url = "postgres://app:k3J9xw2QmZ7pLq@db.acme.io/app"', 'an address with a password'],
    ['a private key', 'id', key(''), 'a private key'],
    ['an RSA key', 'id', key('RSA '), 'a private key'],
    ['an OpenSSH key', 'id', key('OPENSSH '), 'a private key'],
    [
      'an encrypted key with headers',
      'id',
      key('RSA ', `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,ABCDEF\n\n${BODY}`),
      'a private key',
    ],
    ['a key in JSON', 'key.json', `{"k": "${key('', BODY, '\\n')}"}`, 'a private key'],
    ['a key in an indented YAML block', 'k.yml', `k: |\n  ${key('', `  ${BODY}`)}`, 'a private key'],
    ['a credential of npm', '.npmrc', '//host/:_authToken=abc123', 'a credential of a registry'],
    ['a credential of npm in a template', 'templates/.npmrc', '//host/:_password=c2VjcmV0Cg', 'a credential of a registry'],
    [
      'a secret in a template of an environment file',
      'templates/.env.jinja',
      'API_TOKEN=9f8e7d6c5b',
      'the value of API_TOKEN in an environment file',
    ],
    ["anything in the author's own environment file", '.env', 'PORT=3000', 'the value of PORT in an environment file'],
    ['one for an environment', 'deploy/.env.production', 'export NAME="blue"', 'the value of NAME in an environment file'],
  ])('%s', (_name, path, text, what) => {
    expect(scan(path, text)[0]).toContain(`this looks like ${what}`);
    expect(scan(path, text)).toHaveLength(1);
  });

  it('is named by file and line, in order, and never repeated', () => {
    const token = join('ghp', '_', LETTERS);
    const found = scanSecrets(treeOf({ b: `\n\n${token}\n`, a: `${key('')}\n${token}` }));
    expect(found.map(({ where }) => `${where?.file}:${where?.line}`)).toEqual(['a:1', 'a:4', 'b:3']);
    expect(JSON.stringify(found)).not.toContain(LETTERS);
  });
});

describe('what is no secret', () => {
  it.each([
    ['the documented sample key', 'README.md', join('AKIA', 'IOSFODNN7', 'EXAMPLE')],
    ['a token of x', 'README.md', join('ghp', '_', 'x'.repeat(36))],
    ['the head of a key without a body', 'README.md', 'begins with -----BEGIN PRIVATE KEY----- and ends'],
    ['a public key', 'a.pub', `-----BEGIN PUBLIC KEY-----\n${BODY}`],
    ['a certificate', 'a.crt', `-----BEGIN CERTIFICATE-----\n${BODY}`],
    ['a template of a token', 'templates/.npmrc.jinja', '//host/:_authToken={{ token }}'],
    ['a token from the environment', '.npmrc', '//host/:_authToken=$' + '{NPM_TOKEN}'],
    ['a comment', '.npmrc', '# //host/:_authToken=abc123'],
    ['other npm settings', '.npmrc', 'registry=https://host/\nsave-exact=true'],
    ['a rendered environment file', 'templates/.env.jinja', 'PORT={{ port }}\nSECRET={{ secret }}\nLOG_LEVEL=info'],
    ['an empty secret', 'templates/.env', 'API_TOKEN='],
    ['a placeholder', 'templates/.env', 'API_TOKEN=change-me\nPASSWORD="your-password"'],
    ['a sample of an environment file', '.env.example', 'API_TOKEN=9f8e7d6c5b'],
    ['the address of a local database', 'templates/compose.yml', 'postgres://postgres:postgres@localhost:5432/app'],
    ['a templated address', 'templates/a.jinja', 'postgres://{{ user }}:{{ password }}@db/app'],
    [
      'a hash in a lockfile',
      'package-lock.json',
      '"integrity": "sha512-WZowxM9+Qt+ac8h02kYR67HLQawY3YDJH9GBzAyDdaVMj0BY1fjjl2MG4aVwf9V4M5D49AySm0Le5R8ALiRNpQ=="',
    ],
    ['a commit', 'CHANGELOG.md', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    ['a UUID', 'a', '123e4567-e89b-12d3-a456-426614174000'],
    ['a longer word that contains a token', 'a', join('npm', '_', LETTERS, 'ABCDEF')],
    ['code that handles tokens', 'src/a.ts', 'const token = process.env.API_TOKEN; // ghp_ or npm_'],
    ['a class of CSS', 'a.css', '.sk-folding-cube-and-other-long-class-names-of-spinners { }'],
  ])('%s', (_name, path, text) => {
    expect(scan(path, text)).toEqual([]);
  });

  it('is what the author marks, on the line or above', () => {
    const token = join('ghp', '_', LETTERS);
    expect(scan('a.ts', `"${token}" // ${SECRET_ALLOWANCE}`)).toEqual([]);
    expect(scan('a.jinja', `{# ${SECRET_ALLOWANCE} #}\n${token}\n`)).toEqual([]);
    expect(scan('a.jinja', `{# ${SECRET_ALLOWANCE} #}\n\n${token}\n`)).toHaveLength(1);
  });

  it('is what is not text', () => {
    const bytes = encodeUtf8(`\0${join('ghp', '_', LETTERS)}`);
    expect(scanSecrets(treeOf({ a: bytes }))).toEqual([]);
  });
});

it('takes time in proportion to hostile input', () => {
  // A backtracking pattern would not end on these.
  for (const unit of ['-----BEGIN PRIVATE KEY-----\n', 'eyJ', 'a://', '_authToken=', 'ghp_', '{{', 'A: \n']) {
    expect(scan('.env', unit.repeat(20_000))).toBeDefined();
  }
});
