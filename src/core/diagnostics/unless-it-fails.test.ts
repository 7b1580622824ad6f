import { expect, it } from 'vitest';
import { PacksmithError } from './packsmith-error.ts';
import { unlessItFails } from './unless-it-fails.ts';

const failing = (error: Error) => () => {
  throw error;
};

it('gives the result, or what is made of a failure', () => {
  expect(
    unlessItFails(
      () => 1,
      () => 2,
    ),
  ).toBe(1);
  expect(unlessItFails(failing(new PacksmithError('TEMPLATE_FAILED', 'no')), ({ message }) => message)).toBe('no');
});

it.each([new PacksmithError('LIMIT_EXCEEDED', 'too much'), new TypeError('a bug')])('passes on %s', (error) => {
  expect(() => unlessItFails(failing(error), () => 2)).toThrow(error);
});
