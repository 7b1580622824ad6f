import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { AnswerOutcome } from '../../core/template/answers/answer-types.ts';

/** Throws when answers have errors. @throws PacksmithError `ANSWERS_MISSING` when values are missing and nothing else is wrong, else `ANSWERS_INVALID`; both with all findings. */
export function failOnAnswerErrors({ diagnostics, missing }: AnswerOutcome): void {
  const errors = errorsOf(diagnostics);
  if (errors.length === 0) return;
  if (errors.some((diagnostic) => diagnostic.code !== 'ANSWER_MISSING')) throw invalid(errors.length, diagnostics);
  const names = [...new Set(missing.map((entry) => entry.name))].join(', ');
  throw new PacksmithError('ANSWERS_MISSING', `${count(missing.length, 'variable has', 'variables have')} no value: ${names}`, {
    hint: 'give them with --var name=value, --vars-file FILE or PACKSMITH_VAR_NAME, or use --interactive on a terminal',
    diagnostics,
  });
}

/** What another answer can mend. */
const MENDED_BY_ASKING: readonly string[] = ['ANSWER_MISSING', 'ANSWER_INVALID', 'VARIABLE_DEFINITION_FAILED'];

/** Values that are only proposed, or were entered before an answer that they depend on was changed. */
const ASKED_ABOUT: readonly (string | undefined)[] = ['default', 'settings', 'interactive'];

/** Throws when answers have errors that no question could mend: what was given and is invalid. @throws PacksmithError `ANSWERS_INVALID` with all findings. */
export function failOnUnaskableErrors({ diagnostics, entries }: AnswerOutcome): void {
  const errors = errorsOf(diagnostics);
  const isFatal = errors.some(({ code }) => !MENDED_BY_ASKING.includes(code));
  const hasFault = entries.some((entry) => entry.status === 'invalid' && !ASKED_ABOUT.includes(entry.source));
  if (isFatal || hasFault) throw invalid(errors.length, diagnostics);
}

function invalid(errors: number, diagnostics: readonly Diagnostic[]): PacksmithError {
  return new PacksmithError('ANSWERS_INVALID', `${count(errors, 'problem', 'problems')} with the variables`, { diagnostics });
}

function errorsOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
