// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Rhai puts values into texts
import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { createBudget, DEFAULT_LIMITS } from '../jinja/budget.ts';
import { parseRhai } from './parse-rhai.ts';
import { failHost } from './rhai-fault.ts';
import { builtin, type RhaiHost } from './rhai-run.ts';
import { runRhai } from './run-rhai.ts';
import { toDebugText } from './values.ts';

const HOST: RhaiHost = {
  call: () => undefined,
  member: () => undefined,
  functions: new Map([builtin('abort', () => failHost('stop'))]),
  print: () => undefined,
};

function outcomeOf(source: string): string {
  const budget = createBudget({ ...DEFAULT_LIMITS, steps: 200_000 });
  try {
    return toDebugText(runRhai(parseRhai(source, 'a.rhai'), HOST, budget), budget);
  } catch (error) {
    if (!(error instanceof PacksmithError)) throw error;
    return `${error.code} ${error.message}`;
  }
}

const CONSTANT = 'TEMPLATE_FAILED "A" is a constant';

/** What is seldom met and easily taken for something else. */
const RULES: Readonly<Record<string, readonly (readonly [source: string, gives: string])[]>> = {
  'what is part of a constant is one': [
    ['const A = [1]; A.push(2); A', CONSTANT],
    ['const A = [1]; A[0] = 2; A', CONSTANT],
    ['const A = #{x: [1]}; A.x.push(2); A', CONSTANT],
    ['const A = #{x: 1}; A.x += 2; A', CONSTANT],
    ['const A = #{x: 1}; A.remove("x"); A', CONSTANT],
    ['const A = [1]; fn f() { this.push(1) } A.f(); A', 'TEMPLATE_FAILED "this" is a constant'],
    ['const A = [1]; push(A, 2); A', '[1]'],
    ['const A = [1]; let b = A; b.push(2); [A, b]', '[[1], [1, 2]]'],
    ['const A = [2, 1]; A.map(|x| x + 1) + A.len() + A[0]', '[3, 2, 2, 2]'],
  ],
  'numbers have their sign, their power and their text': [
    ['2 ** 3 ** 2', '512'],
    ['-1.abs()', '1'],
    ['- 1.abs()', '-1'],
    ['let x = 5; -x.abs()', '-5'],
    ['3 -1', '2'],
    ['-1.5.floor()', '-2.0'],
    ['9223372036854775808', '9.223372036854776e18'],
    ['0xFFFFFFFFFFFFFFFF', '-1'],
    ['-0x10000000000000000', '-1.8446744073709552e19'],
    ['[1e12, 1e13, 1e20, 123456789.25]', '[1000000000000.0, 1e13, 1e20, 123456789.25]'],
    ['[1e-7, 1.5e-12, -2e-8, 1e-14, -0.0]', '[0.0000001, 0.0000000000015, -0.00000002, 1e-14, 0.0]'],
    ['[min(1, 2.5), 1.7.int(), 1.75.fraction, (1.0 / 0.0).is_infinite]', '[1.0, 1.0, 0.75, true]'],
    ['"-9223372036854775808".parse_int()', '-9223372036854775808'],
  ],
  'a constant is found from functions, also where it is nothing': [['const A = (); fn f() { global::A } f() == ()', 'true']],
  'an item that a function took out is not put back': [
    ['let a = [3, 2, 1]; a.for_each(|| { a.clear(); this = 7; }); a.sort(); a', '[]'],
    ['let a = [3, 2, 1]; a[2] = { a.clear(); 7 }; a.sort(); a', 'TEMPLATE_FAILED there is no position 2 among 0'],
  ],
  'characters in lists stand as they are': [["['b', \"b\"].to_string() + `${#{a: 'b'}}`", '"[b, \\"b\\"]#{\\"a\\": b}"']],
  ranges: [
    ['let r = 0..=5; [`${r}`, r.end, r.is_inclusive, type_of(r), (0..5).is_exclusive()]', '["0..=5", 5, true, "range=", true]'],
    ['["abcd"[1..], "abcd"[..2], "abcd"[..=2], [1, 2, 3].extract(..2)]', '["bcd", "ab", "abc", [1, 2]]'],
    ['["abc"[-2..-1], "abc"[-2..=-1], "abc"[1..=1], ""[-2..2]]', '["b", "bc", "", ""]'],
    ['"abc"[-4..2]', 'TEMPLATE_FAILED there is no position -4 among 3'],
    ['["abc".sub_string(-2..3), [1, 2, 3].extract(-2..2)]', '["abc", [1, 2]]'],
    ['let s = "abc"; s[0..2] = "X"; s', '"Xc"'],
    ['let t = []; for i in range(0..5, 2) { t += i; } t', '[0, 2, 4]'],
    ['switch 5 { ..3 => 1, 3.. => 2 }', '2'],
    ['`${1..}`', '"1.."'],
  ],
  'a case is of the type of what is looked at': [
    ["switch 'a' { \"a\" => 1, 'a' => 2 }", '2'],
    ['switch 1.0 { 1 => 1, 1.0 => 2 }', '2'],
    ['switch 5.5 { 0..5 => 1, 5..=9 => 2 }', '2'],
  ],
  'this in functions without a name': [
    ['let m = #{v: 5, f: |x| this.v += x}; m.f(2); m.v', '7'],
    ['let a = [1, 2, 3]; a.for_each(|| this *= 2); a', '[2, 4, 6]'],
    ['let a = [1, 2, 3]; a.for_each(|i| this += i); a', '[1, 3, 5]'],
    ['[1, 2, 3].map(|| this * 2) + [1, 2, 3].filter(|| this > 2)', '[2, 4, 6, 3]'],
    ['[1, 2, 3].reduce(|sum| sum + this, 0)', '6'],
    ['["a", "b"].reduce_rev(|s, x, i| s + x + i, "")', '"b1a0"'],
    ['let x = 42; x.call(|y| this + y, 1)', '43'],
    ['fn f() { [1].map(|x| x + this) } 5.f()', 'TEMPLATE_FAILED there is no variable named "this"'],
    ['fn up() { this + 1 } [1, 2].map(up)', '[2, 3]'],
    ['Fn("len").call("abc") + ["ab"].map("len")[0]', '5'],
    ['let a = [[1]]; a.map(|x| { x.push(2); x }) + a', '[[1, 2], [1]]'],
  ],
  'lists, maps and texts': [
    ['let a = [1, 2, 3]; a.truncate(-1); a', '[]'],
    ['let a = [1, 2, 3, 4]; a.splice(1..3, [9]); a.splice(0, 1, [7, 8]); a', '[7, 8, 9, 4]'],
    ['let a = [1, 2, 3, 4]; [a.retain(1..3), a]', '[[1, 4], [2, 3]]'],
    ['[1, 2].zip([3, 4, 5], |x, y, i| x * y + i)', '[3, 9]'],
    ['[1, 2, 3].find(|x| x > 1, 2)', '3'],
    ['let a = [3, 1, 2]; a.sort(|x, y| x < y); a', '[1, 2, 3]'],
    ['[1] + "a" + 1', '"[1]a1"'],
    ['let m = #{b: 1, a: 2}; [m.drain(|k| k == "a"), m.retain(|k, v| v > 1), m]', '[#{"a": 2}, #{"b": 1}, #{}]'],
    ['#{b: 1, a: [1.5, "x", ()]}.to_json()', '"{\\"a\\":[1.5,\\"x\\",null],\\"b\\":1}"'],
    ['let s = "ab"; s.pad(5, "xy"); s.set(0, \'Q\'); s.set(9, \'Q\'); s', '"Qbxyx"'],
    ['let s = "abc"; s.replace("", "-"); s', '"-a-b-c-"'],
    ['let s = "one \\\n         two"; s', '"one two"'],
    ['let s = "one \\\n           two"; s', '"one   two"'],
  ],
  'nothing follows an end of `?.`': [
    ['let m = (); m?.a.b.c ?? 3', '3'],
    ['let m = #{a: ()}; m.a?.b.c', '()'],
    ['let m = #{}; m.a.b', 'TEMPLATE_FAILED () has no property "b"'],
  ],
  'what is caught': [
    ['try { 1 / 0 } catch (e) { [type_of(e), e.message, e.line, e.position] }', '["map", "a number is divided by zero", 1, 9]'],
    ['try { abort("stop") } catch (e) { e }', '"stop"'],
    ['try { throw } catch (e) { e }', '()'],
  ],
  'whether a variable is there': [['let x = 1; [is_def_var("x"), is_def_var("y")]', '[true, false]']],
};

describe.each(Object.entries(RULES))('%s', (_rule, cases) => {
  it.each(cases)('%s', (source, gives) => expect(outcomeOf(source)).toBe(gives));
});
