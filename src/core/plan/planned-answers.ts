import type { AnswerOutcome } from '../template/answers/answer-types.ts';
import { type PlannedAnswer, toPlainValue } from './generation-plan.ts';

/** The answers that apply, as a plan shows them: secrets without their values. */
export function toPlannedAnswers({ entries }: AnswerOutcome): PlannedAnswer[] {
  return entries.flatMap(({ status, pack, name, value, isSecret, source }): PlannedAnswer[] => {
    if (status !== 'settled' || value === undefined) return [];
    return [{ pack, name, value: isSecret ? null : toPlainValue(value), from: source ?? 'none' }];
  });
}
