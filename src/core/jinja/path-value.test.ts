import { expect, it } from 'vitest';
import { joinPath, pathValue } from './path-value.ts';

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
])('%j / %j is %j', (left, right, path) => expect(joinPath(left, right, ['/a', 'gh:a/b', ''])).toBe(path));

it('joins what stands above a path, too', () => {
  const above = joinPath(pathValue('/a'), 'b', []) as ReturnType<typeof pathValue>;
  expect(above.parts.print?.()).toBe('/a/b');
});
