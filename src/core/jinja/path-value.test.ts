import { expect, it } from 'vitest';
import { pathValue } from './path-value.ts';

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
