import type { AnswerRequest, GivenAnswers, GivenValue } from '../../core/template/answers/answer-types.ts';
import { checkAnswer } from '../../core/template/answers/check-answer.ts';
import { exampleOf } from '../../core/template/answers/describe-expectation.ts';
import { resolveAnswers } from '../../core/template/answers/resolve-answers.ts';

const ROUNDS = 10;

/**
 * Examples for every required variable without a value, as the weakest of the given answers, for plans that only tell whether packs fit
 * together. A variable whose example its own rules refuse stays missing.
 */
export function assumeAnswers(request: AnswerRequest): GivenAnswers {
  const values = new Map<string, GivenValue>();
  // An answer can make further variables apply.
  for (let round = 0; round < ROUNDS; round += 1) {
    const { missing } = resolveAnswers({ ...request, given: [...request.given, assumed(values)] });
    const added = missing.flatMap(({ key, definition }) => {
      const given = { kind: 'text', text: exampleOf(definition) } as const;
      return values.has(key) || checkAnswer(given, definition).kind !== 'valid' ? [] : [[key, given] as const];
    });
    if (added.length === 0) break;
    for (const [key, given] of added) values.set(key, given);
  }
  return assumed(values);
}

function assumed(values: ReadonlyMap<string, GivenValue>): GivenAnswers {
  return { source: 'settings', detail: 'an example', values };
}
