import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../../../diagnostics/packsmith-error.ts';
import { type Budget, createBudget, DEFAULT_LIMITS } from '../../../jinja/budget.ts';
import { functionKey, type RhaiFunctionDefinition } from '../../../rhai/nodes.ts';
import { parseRhai } from '../../../rhai/parse-rhai.ts';
import { findUsedCalls } from './find-used-calls.ts';
import { makeRunner } from './hook-runner.ts';

function run(source: string, budget: Budget = createBudget(DEFAULT_LIMITS)): Budget {
  const runner = makeRunner([{ stage: 'pre', script: parseRhai(source, 'a.rhai') }], []);
  runner.run('pre', { variables: new Map(), answers: new Map(), now: '2026-01-02T03:04:05Z', budget, files: new Map() });
  return budget;
}

function codeOf(source: string): string {
  try {
    run(source);
    return 'none';
  } catch (error) {
    if (error instanceof PacksmithError) return error.code;
    throw error;
  }
}

const TEXT = 'let s = ""; s.pad(LONG, "a");';

describe('what cargo-generate adds costs as long as the texts are that it is given', () => {
  it.each(['variable::is_set(s)', 'variable::get(s)', 'try { variable::prompt(s, "x") } catch {}', 's.to_snake_case()'])('%s', (call) => {
    const costOf = (length: number): number =>
      run(`${TEXT} ${call}; 0`.replace('LONG', String(length))).used().steps -
      run(`${TEXT} 0`.replace('LONG', String(length))).used().steps;
    expect(costOf(80_000) - costOf(8)).toBeGreaterThan(4000);
  });

  it('a list that a variable has', () => {
    const set = 'let a = []; a.pad(LONG, "x"); variable::set("a", a); 0;';
    const costOf = (length: number): number => {
      const [whole, before] = [`${set} variable::get("a").len; 0`, set].map(
        (source) => run(source.replace('LONG', String(length))).used().steps,
      );
      return (whole ?? 0) - (before ?? 0);
    };
    expect(costOf(80_000) - costOf(8)).toBeGreaterThan(4000);
  });

  it('a path of many directories', () => {
    const costOf = (depth: number): number => run(`let s = ""; s.pad(${2 * depth}, "a/"); file::write(s, "x")`).used().allocatedBytes;
    expect(costOf(2000)).toBeGreaterThan(50 * costOf(200));
  });
});

it.each(['file::write("a", l)', 'system::command("a", l)'])('%s counts what would not fit before it is made', (call) => {
  expect(codeOf(`let s = ""; s.pad(20000000, "a"); let l = []; l.pad(40, s); ${call}`)).toBe('LIMIT_EXCEEDED');
});

it('more commands than a pack may have hooks are not asked for', () => {
  expect(codeOf('for i in 0..100 { system::command("ls"); }')).toBe('none');
  expect(codeOf('for i in 0..101 { system::command("ls"); }')).toBe('TEMPLATE_FAILED');
});

it('what a function gives is used through any number of others', () => {
  const count = 6000;
  const chain = Array.from({ length: count }, (_, at) => `fn f${at}() { f${at + 1}() }`).join(' ');
  const script = parseRhai(`${chain} fn f${count}() { system::command("x") } f1();`, 'a.rhai');
  expect(findUsedCalls(script, 'system', 'command')).toEqual([]);
  const used = parseRhai(`${chain} fn f${count}() { system::command("x") } let x = f0(); x;`, 'a.rhai');
  const { body } = used.functions.get(functionKey(`f${count}`, 0)) as RhaiFunctionDefinition;
  expect(body).toMatchObject({ kind: 'block', body: findUsedCalls(used, 'system', 'command') });
});
