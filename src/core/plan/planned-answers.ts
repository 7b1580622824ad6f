import type { AnswerOutcome } from '../template/answers/answer-types.ts';
import { collectSecrets, holdsSecret } from '../template/mask-secrets.ts';
import { type PlannedAnswer, toPlainValue } from './generation-plan.ts';

/** The answers that apply, as a plan shows them: secrets, and what was made from them, without their values. */
export function toPlannedAnswers({ entries }: AnswerOutcome): PlannedAnswer[] {
  const settled = entries.filter(({ status, value }) => status === 'settled' && value !== undefined);
  const values = settled.flatMap(({ isSecret, key, value }) => (isSecret && value !== undefined ? [[key, value] as const] : []));
  const secrets = collectSecrets(new Map(values), () => true);
  return settled.flatMap(({ pack, packs, name, value, isSecret, source }): PlannedAnswer[] => {
    if (value === undefined) return [];
    const isShown = !isSecret && !holdsSecret(value, secrets);
    return [{ pack, packs, name, value: isShown ? toPlainValue(value) : null, from: source ?? 'none' }];
  });
}

/** The answers as the digest in packsmith.lock is taken of them. */
export function canonicalAnswers(answers: AnswerOutcome): string {
  return JSON.stringify(toPlannedAnswers(answers).map(({ pack, name, value }) => [pack, name, value]));
}
