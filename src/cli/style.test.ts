import { describe, expect, it } from 'vitest';
import { COLOUR_STYLE, chooseStyle, PLAIN_STYLE } from './style.ts';

describe('chooseStyle', () => {
  it.each<[string, Record<string, string>, { isRefused?: boolean; isTerminal?: boolean }, boolean]>([
    ['a terminal', {}, {}, true],
    ['no terminal', {}, { isTerminal: false }, false],
    ['--no-color', { FORCE_COLOR: '1' }, { isRefused: true }, false],
    ['NO_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, {}, false],
    ['an empty NO_COLOR', { NO_COLOR: '' }, {}, true],
    ['FORCE_COLOR without a terminal', { FORCE_COLOR: '1', TERM: 'dumb', CI: '1' }, { isTerminal: false }, true],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, {}, false],
    ['TERM=dumb', { TERM: 'dumb' }, {}, false],
    ['CI', { CI: 'true' }, {}, false],
  ])('%s', (_, env, { isRefused = false, isTerminal = true }, isColoured) => {
    expect(chooseStyle({ env, isRefused, isTerminal })).toBe(isColoured ? COLOUR_STYLE : PLAIN_STYLE);
  });

  it('sets text off with escape sequences, and nothing with none', () => {
    expect(COLOUR_STYLE.bold('a')).toBe('\u001b[1ma\u001b[22m');
    expect(COLOUR_STYLE.red('')).toBe('');
    expect(PLAIN_STYLE.red('a')).toBe('a');
  });
});
