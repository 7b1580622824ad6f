// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how .npmrc names variables
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadNpmConfig, NpmConfig } from './npm-config.ts';
import { parseNpmrc, readNpmEnvironment } from './npmrc.ts';

describe('parseNpmrc', () => {
  const env = { TOKEN: 'secret', EMPTY: '' };

  it.each<[string, Record<string, string>]>([
    ['registry=https://r.example/', { registry: 'https://r.example/' }],
    ['  registry =  https://r.example/  ', { registry: 'https://r.example/' }],
    ['; a comment\n# another\n\nkey=1', { key: '1' }],
    ['//host/:_authToken=${TOKEN}', { '//host/:_authToken': 'secret' }],
    ['a=${MISSING}', { a: '${MISSING}' }],
    ['a=${MISSING?}x', { a: 'x' }],
    ['a=[${EMPTY}]', { a: '[]' }],
    ['a=\\${TOKEN}', { a: '\\${TOKEN}' }],
    ['a="quoted = ; text"', { a: 'quoted = ; text' }],
    ['a="one\\ntwo"', { a: 'one\ntwo' }],
    ["a='single'", { a: 'single' }],
    ['ca[]=one\nca[]=two', { ca: 'one\ntwo' }],
    ['flag', { flag: 'true' }],
    ['a=1\na=2', { a: '2' }],
    ['a=x=y==', { a: 'x=y==' }],
    ['[section]\na=1', { a: '1' }],
    ['@acme:registry=https://a.example', { '@acme:registry': 'https://a.example' }],
  ])('%j', (text, expected) => expect(Object.fromEntries(parseNpmrc(text, env))).toEqual(expected));

  it('takes time in proportion to hostile lines', () => {
    expect(parseNpmrc(`a${' '.repeat(100_000)}b`, {}).size).toBe(1);
    expect(parseNpmrc(`a=${'$'.repeat(50_000)}${'{'.repeat(50_000)}`, {}).size).toBe(1);
  });
});

describe('readNpmEnvironment', () => {
  it('reads what npm reads', () => {
    const env = {
      npm_config_registry: 'https://r',
      NPM_CONFIG_HTTPS_PROXY: 'http://p',
      'npm_config_//h/:_authToken': 't',
      npm_config_cafile: '',
      PATH: 'x',
    };
    expect(Object.fromEntries(readNpmEnvironment(env))).toEqual({
      registry: 'https://r',
      'https-proxy': 'http://p',
      '//h/:_authToken': 't',
    });
  });
});

describe('NpmConfig', () => {
  const of = (settings: Record<string, string>, env = {}): NpmConfig => new NpmConfig(new Map(Object.entries(settings)), env);

  it('finds the registry of a name', () => {
    const config = of({ registry: 'https://all.example/npm', '@acme:registry': 'https://acme.example/' });
    expect(config.registryFor('web')).toBe('https://all.example/npm/');
    expect(config.registryFor('@acme/web')).toBe('https://acme.example/');
    expect(config.registryFor('@other/web')).toBe('https://all.example/npm/');
    expect(() => of({}).registryFor('web')).toThrow(expect.objectContaining({ code: 'SOURCE_UNSUPPORTED' }));
    expect(() => of({ registry: 'file:///etc' }).registryFor('web')).toThrow(expect.objectContaining({ code: 'SOURCE_UNSUPPORTED' }));
  });

  it.each<[string, Record<string, string>, string, string | undefined]>([
    ['a token', { '//h/:_authToken': 't' }, 'https://h/web', 'Bearer t'],
    ['a token without a slash', { '//h:_authToken': 't' }, 'https://h/web', 'Bearer t'],
    ['the longest path', { '//h/:_authToken': 't', '//h/a/b/:_authToken': 'u' }, 'https://h/a/b/c/web', 'Bearer u'],
    ['another path', { '//h/a/:_authToken': 't' }, 'https://h/ab/web', undefined],
    ['another host', { '//h/:_authToken': 't' }, 'https://h.evil/web', undefined],
    ['another port', { '//h/:_authToken': 't' }, 'https://h:8080/web', undefined],
    ['a port', { '//h:8080/:_authToken': 't' }, 'https://h:8080/web', 'Bearer t'],
    ['a pair', { '//h/:_auth': 'bWU6cHc=' }, 'https://h/web', 'Basic bWU6cHc='],
    ['a name and a password', { '//h/:username': 'me', '//h/:_password': 'cHc=' }, 'https://h/web', 'Basic bWU6cHc='],
    ['a name alone', { '//h/:username': 'me' }, 'https://h/web', undefined],
    ['a token of no host', { _authToken: 't', _auth: 'x' }, 'https://h/web', undefined],
    ['an unset variable', { '//h/:_authToken': '${NOT_SET}' }, 'https://h/web', undefined],
    ['a header within', { '//h/:_authToken': 't\r\nx: y' }, 'https://h/web', undefined],
  ])('authorizes by %s', (_name, settings, url, header) => {
    expect(of(settings).authorize(new URL(url))).toEqual(header === undefined ? {} : { authorization: header });
  });

  it('has proxies and certificates', () => {
    expect(of({ proxy: 'http://p', noproxy: 'a, b' }).proxies).toEqual({ http: 'http://p', https: 'http://p', noProxy: ['a', 'b'] });
    expect(of({ 'https-proxy': 'http://s', proxy: 'null' }).proxies).toEqual({ http: undefined, https: 'http://s', noProxy: [] });
    const pem = '-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----';
    expect(of({ ca: pem, 'strict-ssl': 'false' }).tls).toEqual({ rejectUnauthorized: false, ca: [pem.replaceAll('\\n', '\n')] });
    expect(of({}).tls).toEqual({});
    expect(() => of({ cafile: '/no/such/file' }).tls).toThrow(expect.objectContaining({ code: 'DISK_FAILED' }));
  });
});

describe('loadNpmConfig', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'npm config ü-'));
    for (const directory of ['home', 'project', 'prefix/etc']) mkdirSync(join(root, directory), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('lets the environment win over the project over the user over the machine over the default', () => {
    const env: Record<string, string> = { T: 't' };
    const place = {
      projectDirectory: join(root, 'project'),
      home: join(root, 'home'),
      env,
      platform: 'linux',
      nodePath: join(root, 'prefix/bin/node'),
    };
    const registry = () =>
      loadNpmConfig({
        ...place,
        registries: [
          { url: 'https://default', scopes: [] },
          { url: 'https://later', scopes: [] },
        ],
      }).registryFor('web');
    expect(registry()).toBe('https://default/');
    writeFileSync(join(root, 'prefix/etc/npmrc'), 'registry=https://machine\n//a/:_authToken=${T}');
    expect(registry()).toBe('https://machine/');
    writeFileSync(join(root, 'home/.npmrc'), 'registry=https://user');
    expect(registry()).toBe('https://user/');
    writeFileSync(join(root, 'project/.npmrc'), 'registry=https://project');
    expect(registry()).toBe('https://project/');
    env['npm_config_registry'] = 'https://env';
    expect(registry()).toBe('https://env/');
    expect(loadNpmConfig(place).authorize(new URL('https://a/x'))).toEqual({ authorization: 'Bearer t' });
  });
});
