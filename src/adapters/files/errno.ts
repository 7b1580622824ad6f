import type { ErrorCode } from '../../core/diagnostics/error-codes.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';

/** Tells whether a thrown value is a failed system call with one of these codes, such as `ENOENT`. */
export function isErrno(error: unknown, ...codes: readonly string[]): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && codes.includes(error.code as string);
}

/**
 * Turns a failed system call into the failure that is shown: `DISK_FULL`, `PERMISSION_DENIED`, `PATH_TOO_LONG`, else `DISK_FAILED`.
 * Anything that is not a failed system call, a PacksmithError above all, is returned as it is.
 *
 * @param doing what was attempted, to follow "cannot", such as `write the project /srv/app`.
 */
export function toDiskError(error: unknown, doing: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || error instanceof PacksmithError) return error;
  const failure = error as NodeJS.ErrnoException;
  const [code, reason] = explainErrno(failure);
  const path = failure.path === undefined ? '' : `: ${failure.path}`;
  return new PacksmithError(code, `cannot ${doing}: ${reason}${path}`, { cause: error });
}

function explainErrno(failure: NodeJS.ErrnoException): readonly [ErrorCode, string] {
  switch (failure.code) {
    case 'ENOSPC':
      return ['DISK_FULL', 'no space is left on the disk'];
    case 'EDQUOT':
      return ['DISK_FULL', 'the quota is used up'];
    case 'EFBIG':
      return ['DISK_FULL', 'a file would become larger than is allowed'];
    case 'EACCES':
      return ['PERMISSION_DENIED', 'access is denied'];
    case 'EPERM':
      return ['PERMISSION_DENIED', 'it is not permitted'];
    case 'EROFS':
      return ['PERMISSION_DENIED', 'the file system is read-only'];
    case 'ENAMETOOLONG':
      return ['PATH_TOO_LONG', 'a path is too long'];
    default:
      return ['DISK_FAILED', `${failure.syscall ?? 'a system call'} failed with ${failure.code ?? failure.message}`];
  }
}
