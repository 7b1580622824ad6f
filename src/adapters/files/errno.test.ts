import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { isErrno, toDiskError } from './errno.ts';

it.each([
  ['ENOSPC', 'DISK_FULL'],
  ['EDQUOT', 'DISK_FULL'],
  ['EFBIG', 'DISK_FULL'],
  ['EACCES', 'PERMISSION_DENIED'],
  ['EPERM', 'PERMISSION_DENIED'],
  ['EROFS', 'PERMISSION_DENIED'],
  ['ENAMETOOLONG', 'PATH_TOO_LONG'],
  ['EIO', 'DISK_FAILED'],
])('%s becomes %s', (errno, code) => {
  const error = toDiskError(Object.assign(new Error('x'), { code: errno, syscall: 'write', path: '/p' }), 'write it');
  expect(error).toMatchObject({ code, message: expect.stringMatching(/^cannot write it: .*: \/p$/) });
});

it('leaves alone what is no failed system call', () => {
  const [bug, failure] = [new TypeError('bug'), new PacksmithError('PATH_BLOCKED', 'x')];
  expect(toDiskError(bug, 'x')).toBe(bug);
  expect(toDiskError(failure, 'x')).toBe(failure);
  expect(toDiskError('text', 'x')).toBe('text');
});

it('knows a failed system call by its code', () => {
  try {
    readFileSync('/not/there');
  } catch (error) {
    expect([isErrno(error, 'ENOENT'), isErrno(error, 'EACCES', 'ENOENT'), isErrno(error, 'EACCES')]).toEqual([true, true, false]);
  }
});
