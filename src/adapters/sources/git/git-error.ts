import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import { redactUrl } from '../../../core/pack/redact-url.ts';
import { stripControlLine } from '../../../core/text/strip-control.ts';
import type { GitOutcome } from './run-git.ts';

/** What a person is told of a run of git that gave nothing. */
export function toGitError(outcome: Exclude<GitOutcome, { kind: 'done' }>, shown: string): PacksmithError {
  if (outcome.kind === 'timed-out') return new PacksmithError('SOURCE_UNREACHABLE', `${shown} does not answer in time`);
  if (outcome.kind === 'too-large') return new PacksmithError('PACK_TOO_LARGE', `${shown} answers with more than is allowed`);
  const said = redactUrl(
    stripControlLine(
      outcome.message
        .trim()
        .split('\n')
        .filter((line) => line.trim() !== '')
        .slice(-3)
        .join(' '),
    ),
  ).slice(0, 500);
  if (
    /authentication failed|could not read (?:username|password)|permission denied|returned error: 40[13]|access denied/i.test(
      outcome.message,
    )
  ) {
    const hint = 'it may not exist, or not be public: git uses your credential helper, ssh agent, or a token in the address';
    return new PacksmithError('SOURCE_DENIED', `${shown} refuses access: ${said}`, { hint });
  }
  if (/does not appear to be a git repository|repository '.*' (?:does not exist|not found)/i.test(outcome.message)) {
    const hint = shown.startsWith('file:')
      ? 'check the path; a directory that is no repository is named as it is, such as ./template'
      : 'check the address; what is not public is asked for with your credential helper, ssh agent, or a token in the address';
    return new PacksmithError('SOURCE_UNREACHABLE', `there is no git repository at ${shown}`, { hint });
  }
  return new PacksmithError('SOURCE_UNREACHABLE', `${shown} cannot be read: ${said}`);
}
