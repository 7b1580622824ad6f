import { expect, it } from 'vitest';
import { joinPath, pathValue, realPath } from './path-value.ts';
import { JinjaObject, type JinjaValue } from './values.ts';

function printed(value: JinjaValue | undefined): JinjaValue | undefined {
  return value instanceof JinjaObject ? String(value.parts.print?.()) : value;
}

// What `PurePosixPath` of CPython 3.11 says.
it.each([
  ['/a/b.tar.gz', ['b.tar.gz', 'b.tar', '.gz', '/a']],
  ['/a', ['a', 'a', '', '/']],
  ['a', ['a', 'a', '', '.']],
  ['a/.bashrc', ['.bashrc', '.bashrc', '', 'a']],
])('the parts of %s', (path, expected) => {
  const { get } = pathValue(path).parts;
  const parent = get?.('parent') as ReturnType<typeof pathValue>;
  expect([get?.('name'), get?.('stem'), get?.('suffix'), parent.parts.print?.()]).toEqual(expected);
  expect(get?.('exists')).toBeUndefined();
});

it.each([
  ['/a', 'b', '/a/b'],
  ['gh:a/b', 'c', 'gh:a/b/c'],
  ['/a/b', './c/d', '/a/b/c/d'],
  ['/a', '/b', '/b'],
  ['/ab', 'c', undefined],
  ['', 'c', undefined],
  ['/a', 1, undefined],
])('%j / %j is %j', (left, right, path) => expect(printed(joinPath(left, right, ['/a', 'gh:a/b', '']))).toBe(path));

it('joins what stands above a path, too', () => {
  const above = joinPath(pathValue('/a'), 'b', []) as ReturnType<typeof pathValue>;
  expect(above.parts.print?.()).toBe('/a/b');
});

it.each([
  ['resolve', '/a/./b/../c', [], '/a/c'],
  ['resolve', 'gh:a/b', [], 'gh:a/b'],
  ['absolute', '/a', [], '/a'],
  ['as_posix', '/a', [], '/a'],
  ['joinpath', '/a', ['b', 'c.d'], '/a/b/c.d'],
  ['joinpath', '/a', [pathValue('b')], '/a/b'],
  ['with_name', '/a/b.c', ['d'], '/a/d'],
  ['with_name', 'b', ['d'], 'd'],
  ['with_suffix', '/a/b.c', ['.d'], '/a/b.d'],
] satisfies [string, string, JinjaValue[], string][])('%s of %s', (method, path, positional, result) => {
  const found = pathValue(path).parts.get?.(method);
  const made = found instanceof JinjaObject ? found.parts.call?.({ positional, named: new Map() }) : undefined;
  expect(printed(made)).toBe(result);
});

it('has no path that is too long', () => {
  expect(() => joinPath('/a', 'b'.repeat(5000), ['/a'])).toThrow('a path has more than 4096 characters');
});

it.each([
  ['/a/../b//c/.', '/b/c'],
  ['/..', '/'],
  ['C:\\a\\b', 'C:/a/b'],
  ['a/b', undefined],
])('the real path of %s', (path, result) => expect(realPath(path)).toBe(result));
