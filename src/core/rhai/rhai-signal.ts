import type { RhaiValue } from './values.ts';

/** That a loop, a function or the script is left. */
export class RhaiSignal extends Error {
  readonly how: 'return' | 'break' | 'continue' | 'exit';
  readonly given: RhaiValue;

  constructor(how: RhaiSignal['how'], given: RhaiValue) {
    super(`\`${how}\` stands outside of what it leaves`);
    this.how = how;
    this.given = given;
  }
}
