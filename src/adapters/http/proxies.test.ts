import { describe, expect, it } from 'vitest';
import { chooseProxy, firstProxies, proxiesFromEnvironment } from './proxies.ts';

describe('proxiesFromEnvironment', () => {
  it.each([
    [{}, { http: undefined, https: undefined, noProxy: [] }],
    [
      { HTTPS_PROXY: 'http://p', NO_PROXY: 'a, .b c' },
      { http: undefined, https: 'http://p', noProxy: ['a', '.b', 'c'] },
    ],
    [
      { HTTP_PROXY: 'http://up', http_proxy: 'http://low' },
      { http: 'http://low', https: undefined, noProxy: [] },
    ],
    [
      { ALL_PROXY: 'http://all', HTTP_PROXY: '' },
      { http: 'http://all', https: 'http://all', noProxy: [] },
    ],
  ])('%j', (env, expected) => expect(proxiesFromEnvironment(env)).toEqual(expected));
});

describe('chooseProxy', () => {
  it.each<[string, readonly string[], boolean]>([
    ['https://a.example/x', [], true],
    ['https://a.example/x', ['*'], false],
    ['https://a.example/x', ['a.example'], false],
    ['https://a.example/x', ['A.Example'], false],
    ['https://a.example/x', ['example'], false],
    ['https://a.example/x', ['.example'], false],
    ['https://a.example/x', ['*.example'], false],
    ['https://notexample/x', ['example'], true],
    ['https://a.example/x', ['a.example:8443'], true],
    ['https://a.example:8443/x', ['a.example:8443'], false],
    ['https://a.example/x', ['a.example:443'], false],
    ['https://10.1.2.3/x', ['10.0.0.0/8'], false],
    ['https://11.1.2.3/x', ['10.0.0.0/8'], true],
    ['https://10.1.2.3/x', ['10.0.0.0/99', '/', 'x/y'], true],
    ['https://[::1]/x', ['::1'], false],
    ['https://[::1]/x', ['::/64'], false],
    ['https://1.2.3.4/x', ['3.4'], true],
  ])('%s without %j goes through one: %s', (url, noProxy, isProxied) => {
    expect(chooseProxy(new URL(url), { http: undefined, https: 'http://p:1', noProxy })?.href).toBe(isProxied ? 'http://p:1/' : undefined);
  });

  it('goes by the scheme, and reads a proxy without one', () => {
    const proxies = { http: 'p:3128', https: undefined, noProxy: [] };
    expect(chooseProxy(new URL('http://a'), proxies)?.href).toBe('http://p:3128/');
    expect(chooseProxy(new URL('https://a'), proxies)).toBeUndefined();
  });
});

describe('firstProxies', () => {
  it('takes each from the first that has it', () => {
    const none = { http: undefined, https: undefined, noProxy: [] };
    expect(firstProxies({ ...none, https: 'a' }, { http: 'b', https: 'c', noProxy: ['d'] })).toEqual({
      http: 'b',
      https: 'a',
      noProxy: ['d'],
    });
  });
});
