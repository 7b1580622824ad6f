// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Rhai puts values into texts
import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { createBudget, DEFAULT_LIMITS } from '../jinja/budget.ts';
import { parseRhai } from './parse-rhai.ts';
import { runRhai } from './run-rhai.ts';

const HOST = { call: () => undefined, member: () => undefined, functions: new Map(), print: () => undefined };

function stepsOf(source: string): number {
  const budget = createBudget(DEFAULT_LIMITS);
  runRhai(parseRhai(source, 'a.rhai'), HOST, budget);
  return budget.used().steps;
}

function codeOf(source: string): string {
  try {
    runRhai(parseRhai(source, 'a.rhai'), HOST, createBudget(DEFAULT_LIMITS));
    return 'none';
  } catch (error) {
    if (error instanceof PacksmithError) return error.code;
    throw error;
  }
}

/** `LONG` is a number. */
const LIST = 'let a = [1, 2]; a.pad(LONG, 1);';
const TEXTS = 'let s = ""; s.pad(LONG, "a"); let t = ""; t.pad(LONG - 1, "a"); t += "a"; let m = #{};';

describe('what looks at all of a long value costs as it is long', () => {
  it.each([
    [LIST, 'a.shift()'],
    [LIST, 'a.remove(0)'],
    [LIST, 'a.reverse()'],
    [LIST, 'a.chop(5)'],
    [LIST, 'a.drain(0, 1)'],
    [LIST, 'a.some(|x| true)'],
    [LIST, 'a.all(|x| false)'],
    [LIST, 'a.find_map(|x| x)'],
    [LIST, 'a.index_of(1)'],
    [TEXTS, 's == t'],
    [TEXTS, 's < t'],
    [TEXTS, '[s, t].sort()'],
    [TEXTS, 's in m'],
    [TEXTS, 'm[s]'],
    [TEXTS, 'm.get(s)'],
    [TEXTS, 'm.contains(s)'],
    [TEXTS, 'switch s { t => 1 }'],
    [TEXTS, 'm[s] = 1; m.keys()'],
    [TEXTS, 's.split("b")'],
    [TEXTS, 's[0] = "b"; s[0] = "c"'],
  ])('%s %s', (setup, operation) => {
    const costOf = (length: number): number =>
      stepsOf(`${setup} ${operation}`.replaceAll('LONG', String(length))) - stepsOf(setup.replaceAll('LONG', String(length)));
    expect(costOf(80_000) - costOf(8)).toBeGreaterThan(4000);
  });

  it('functions that are given more and more', () => {
    const costOf = (turns: number): number => stepsOf(`let f = |x| 1; for i in 0..${turns} { f = f.curry(1) }`);
    expect(costOf(2000)).toBeGreaterThan(100 * costOf(100));
  });

  it('looking for a name that is near', () => {
    const names = Array.from({ length: 100 }, (_, at) => `let name${at} = 1;`).join('');
    expect(stepsOf(`${names} try { nmae } catch {}`) - stepsOf('try { nmae } catch {}')).toBeGreaterThan(1600);
  });
});

it('maps of other values cost as they are large', () => {
  const costOf = (size: number): number => {
    const made = `let a = #{}; let b = #{}; for i in 0..${size} { a["k" + i] = i; b["k" + i] = i + 1; }`;
    return stepsOf(`${made} a == b`) - stepsOf(made);
  };
  expect(costOf(2000) - costOf(2)).toBeGreaterThan(1900);
});

describe('calls in long chains are no deeper than the engine can go', () => {
  it.each([
    `fn f(x) { f(x)${'[0]'.repeat(199)} } f(1)`,
    `fn f(x) { f(x)${'.a'.repeat(199)} } f(1)`,
    `fn f(x) { f(x)${'[0]'.repeat(199)} = 1; } f(1)`,
    `let f = |g| ${'('.repeat(45)}g.call(g)${')'.repeat(45)}${'.a'.repeat(199)}; f.call(f)`,
  ])('%.30s', (source) => {
    expect(codeOf(source)).toBe('LIMIT_EXCEEDED');
  });
});

describe('texts that would not fit are counted before they are made', () => {
  const long = 'let s = "a"; s.pad(20000000, "a");';

  it.each([`${long} \`${'${s}'.repeat(40)}\``, `${long} let l = []; l.pad(40, s); l.to_string()`])('%.60s', (source) => {
    expect(codeOf(source)).toBe('LIMIT_EXCEEDED');
  });
});

it('long scripts in one line are read', () => {
  expect(parseRhai('a;'.repeat(200_000), 'a.rhai').body).toHaveLength(200_000);
});

it('functions that are given each other', () => {
  expect(codeOf('let f = |x| 1; for i in 0..20000 { f = Fn("call").curry(f) } f.call(1)')).toBe('LIMIT_EXCEEDED');
});
