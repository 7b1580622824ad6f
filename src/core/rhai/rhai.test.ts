// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Rhai puts values into texts
import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { createBudget, DEFAULT_LIMITS } from '../jinja/budget.ts';
import { parseRhai } from './parse-rhai.ts';
import type { RhaiHost } from './rhai-run.ts';
import { runRhai } from './run-rhai.ts';
import { toDebugText } from './values.ts';

function hostWith(print: (text: string) => void): RhaiHost {
  return { call: () => undefined, member: () => undefined, functions: new Map(), print };
}

/** The value of a script as `debug` shows it, or what it fails with and where. */
function outcomeOf(source: string, printed: string[] = []): string {
  const budget = createBudget({ ...DEFAULT_LIMITS, steps: 200_000 });
  try {
    const host = hostWith((text) => printed.push(text));
    return toDebugText(runRhai(parseRhai(source, 'a.rhai'), host, budget), budget);
  } catch (error) {
    if (!(error instanceof PacksmithError)) throw error;
    return `${error.code} ${error.where?.line ?? ''}:${error.where?.column ?? ''} ${error.message}`;
  }
}

/** Each group is a chapter of https://rhai.rs/book/. */
const CHAPTERS: Readonly<Record<string, readonly (readonly [source: string, gives: string])[]>> = {
  'language/values-and-types': [
    ['()', '()'],
    ['true', 'true'],
    ["'x'", 'x'],
    ['"a"', '"a"'],
    ['type_of(1) + type_of(1.0) + type_of("") + type_of(\'a\') + type_of([]) + type_of(#{}) + type_of(())', '"i64f64stringchararraymap()"'],
  ],
  'language/variables, constants': [
    ['let x = 1; x = x + 1; x', '2'],
    ['let x; x', '()'],
    ['let x = 1; let x = "b"; x', '"b"'],
    ['let x = 1; { let x = 2; } x', '1'],
    ['const A = 3; A + 1', '4'],
    ['const A = 3; A = 4;', 'TEMPLATE_FAILED 1:14 "A" is a constant'],
    ['x = 1;', 'TEMPLATE_FAILED 1:1 there is no variable "x": write let x = …'],
    ['let name = 1;\nprint(nmae);', 'TEMPLATE_FAILED 2:7 there is no variable named "nmae"; did you mean "name"?'],
    ['let a = [1]; let b = a; b.push(2); a', '[1]'],
    ['let a = []; a.pad(2, [1]); a[0].push(2); a', '[[1, 2], [1]]'],
    ['let n = 0; let f = || { n += 1; "ab" }; f.call().len.is_even; n', '1'],
    ['"a😀".split("")', '["", "a", "😀", ""]'],
  ],
  'language/numbers, num-op': [
    ['1 + 2 * 3 - 4 / 2', '5'],
    ['7 % 4 + 2 ** 3', '11'],
    ['1_000 + 0xff + 0b101 + 0o17', '1275'],
    ['0x_ff', '255'],
    ['0x_', 'TEMPLATE_SYNTAX 1:2 Rhai: expected ";", found "x_"'],
    ['-7 / 2', '-3'],
    ['1.5 + 1', '2.5'],
    ['3.0', '3.0'],
    ['1e3 * 2', '2000.0'],
    ['6 & 3 | 8 ^ 1', '11'],
    ['1 << 4 >> 2', '4'],
    ['9223372036854775807 + 1', 'TEMPLATE_FAILED 1:21 a whole number is too large'],
    ['-9223372036854775808', '-9223372036854775808'],
    ['1 / 0', 'TEMPLATE_FAILED 1:3 a number is divided by zero'],
    ['2 ** 63', 'TEMPLATE_FAILED 1:3 a whole number is too large'],
    ['(-1) ** 1000001', '-1'],
    ['(-5).abs() + 3.7.floor().to_int() + 255.to_hex().len', '10'],
    ['"42".parse_int() + parse_int("ff", 16)', '297'],
    ['"1.5".parse_float()', '1.5'],
    ['5.is_odd && 4.is_even && max(1, 2) == 2', 'true'],
  ],
  'language/logic': [
    ['1 < 2 && "a" < "b" && !(1 == 2)', 'true'],
    ['1 == 1.0', 'true'],
    ['"1" == 1', 'false'],
    ['"1" != 1', 'true'],
    ['"a" < 1 || 1 < "a"', 'false'],
    ['\'a\' == "a"', 'true'],
    ['[1, [2]] == [1, [2]] && #{a: 1} == #{a: 1}', 'true'],
    ['false && undefined_name', 'false'],
    ['1 && true', 'TEMPLATE_FAILED 1:3 the left side of && is i64, and no truth value'],
    ['() ?? "b"', '"b"'],
    ['let m = (); (m?.a ?? 3) + (m?[1] ?? 4)', '7'],
  ],
  'language/in': [
    ['"b" in "abc" && \'b\' in "abc" && 2 in [1, 2] && "a" in #{a: 1} && 3 in 1..4', 'true'],
    ['4 !in 1..4 && "x" !in "abc"', 'true'],
    ['1 in 5', 'TEMPLATE_FAILED 1:3 i64 does not contain i64'],
  ],
  'language/strings-chars': [
    ['"a\\tb\\x41\\u00e9\\U0001F600\\\\"', JSON.stringify('a\tbAé😀\\')],
    ['"say ""hi"""', '"say \\"hi\\""'],
    ['"one \\\n two"', '"one two"'],
    ['#"a "quoted" \\n"#', '"a \\"quoted\\" \\\\n"'],
    ['##"a"#b"##', '"a\\"#b"'],
    ['let x = 3; `x is ${x + 1}, ${if x > 2 { "large" } else { "small" }}`', '"x is 4, large"'],
    ['`\nfirst\n`', '"first\\n"'],
    ['`a ``tick`` \\n`', '"a `tick` \\\\n"'],
    ['`${`inner ${1}`}`', '"inner 1"'],
    ['"a" + 1 + true + \'c\' + 1.0 + () + [1, "x"]', '"a1truec1.0[1, \\"x\\"]"'],
    ['let s = "abc"; s[1] = \'X\'; s[0] + s[-1] + s', '"acaXc"'],
    ['"hello"[1..3]', '"el"'],
    ['"abc"[5]', 'TEMPLATE_FAILED 1:6 there is no position 5 among 3'],
    ['"a\nb"', 'TEMPLATE_SYNTAX 1:1 Rhai: a text has no end'],
    ['"\\q"', 'TEMPLATE_SYNTAX 1:5 Rhai: \\q is no escape'],
  ],
  'language/string-fn': [
    ['"Ab".to_upper() + "Ab".to_lower()', '"ABab"'],
    ['let s = "a-b-c"; s.replace("-", "_"); s', '"a_b_c"'],
    ['let s = "x"; s.replace("x", "y")', '()'],
    ['let s = "  a "; s.trim(); s', '"a"'],
    ['let s = "Ab"; s.make_lower(); s', '"ab"'],
    ['let s = "hello"; s.crop(1, 3); s', '"ell"'],
    ['"hello".sub_string(1, 3) + "hello".sub_string(-2) + "hello".sub_string(1..=2)', '"ellloel"'],
    ['let s = "hello"; s.truncate(2); s.pad(4, "*"); s += "!"; s', '"he**!"'],
    ['let s = "abc"; let c = s.pop(); s.append(1); s.remove("a"); c + s', '"cb1"'],
    ['"a,b,c".split(",")', '["a", "b", "c"]'],
    ['"a,b,c".split(",", 2)', '["a", "b,c"]'],
    ['"a b  c".split()', '["a", "b", "c"]'],
    ['"abc".split(1)', '["a", "bc"]'],
    ['"a,b,c".split_rev(",", 2)', '["c", "a,b"]'],
    ['"abcb".index_of("b") + "abcb".index_of("b", 2) + "abc".index_of("z")', '3'],
    ['"abc".starts_with("a") && "abc".ends_with("bc") && "abc".contains("b") && !"abc".is_empty', 'true'],
    ['"añ".len + "añ".bytes', '5'],
    ['"ab".to_chars()', '[a, b]'],
    ['let n = ""; for c in "ab".chars() { n = c + n; } n', '"ba"'],
    ['to_upper("a")', '"A"'],
    ['"a".to_uper()', 'TEMPLATE_FAILED 1:4 there is no function named "to_uper"; did you mean "to_upper"?'],
    ['"a".replace("b")', 'TEMPLATE_FAILED 1:4 there is no function replace(string, string)'],
    ['"aXbX" - "X"', '"ab"'],
  ],
  'language/arrays': [
    ['let a = [1, 2,]; a.push(3); a += 4; a += [5]; a', '[1, 2, 3, 4, 5]'],
    ['let a = [1, 2, 3]; a[0] = 9; a[-1] += 1; a', '[9, 2, 4]'],
    ['let a = [1, 2, 3]; [a.pop(), a.shift(), a.len, a.get(7)]', '[3, 1, 1, ()]'],
    ['let a = [1, 2]; a.insert(1, 9); a.remove(0); a.reverse(); a', '[2, 9]'],
    ['let a = [[1]]; a[0].push(2); a', '[[1, 2]]'],
    ['[3, 1, 2].filter(|x| x > 1).map(|x| `<${x}>`)', '["<3>", "<2>"]'],
    ['[1, 2, 3].reduce(|sum, x| sum + x, 0)', '6'],
    ['[1, 2].reduce(|sum, x| if sum == () { x } else { sum + x })', '3'],
    ['let a = [3, 1, 2]; a.sort(); a.sort(|x, y| y - x); a', '[3, 2, 1]'],
    ['[1, 2].contains(2) && [1, 2].some(|x| x > 1) && ![1, 2].all(|x| x > 1)', 'true'],
    ['[5, 6].index_of(6) + [5, 6].index_of(|x| x == 5) + [5].index_of(7)', '0'],
    ['[5, 6].find(|x| x > 5) + [5, 6].find_map(|x| if x > 5 { x * 2 })', '18'],
    ['let a = [1, 2, 3, 4]; let b = a.drain(|x| x > 2); [a, b]', '[[1, 2], [3, 4]]'],
    ['let a = [1, 2, 3, 4]; a.retain(|x| x > 2); a.chop(1); a', '[4]'],
    ['[1, 2, 3].extract(1, 1) + [1, 2, 3].extract(0..1)', '[2, 1]'],
    ['let a = [1, 1, 2]; a.dedup(); a.pad(4, 0); a.truncate(3); a', '[1, 2, 0]'],
    ['let a = [1, 2, 3]; let b = a.split(1); [a, b]', '[[1], [2, 3]]'],
    ['let s = ""; ["a", "b"].for_each(|i| s += `${i}${this}`); s', '"0a1b"'],
    ['[1][3]', 'TEMPLATE_FAILED 1:4 there is no position 3 among 1'],
    ['fn twice(x) { x * 2 } [1, 2].map(twice) + [3].map(Fn("twice"))', '[2, 4, 6]'],
  ],
  'language/object-maps': [
    ['let m = #{b: 1, "a c": [1]}; m.d = 4; m["a c"][0] += 5; m', '#{"a c": [6], "b": 1, "d": 4}'],
    ['let m = #{a: #{b: 1}}; m.a.b += 1; m.a.b', '2'],
    ['#{}.none', '()'],
    ['let m = #{b: 1, a: 2}; m.keys() + m.values()', '["a", "b", 2, 1]'],
    ['let m = #{a: 1}; m.mixin(#{a: 2, b: 3}); m.fill_with(#{c: 4, a: 9}); m.remove("b") + m.len()', '5'],
    ['let m = #{a: 1} + #{b: 2}; m.contains("b") && m.get("z") == ()', 'true'],
    ['let m = #{double: |x| x * 2}; m.double(4)', '8'],
  ],
  'language/if, switch': [
    ['let x = if 1 > 2 { "a" } else if 2 > 1 { "b" } else { "c" }; x', '"b"'],
    ['if false { 1 }', '()'],
    ['if 1 { 2 }', 'TEMPLATE_FAILED 1:1 what `if` asks is i64, and no truth value'],
    ['switch 5 { 1 | 2 => "a", 3..6 if true => "b", _ => "c" }', '"b"'],
    ['switch "x" { "x" if false => 1, "x" => { 2 } _ => 3 }', '2'],
    ['switch [1] { [1] => "list", _ => "other" }', '"list"'],
    ['switch 9 { 1 => 2 }', '()'],
  ],
  'language/while, do, loop, for': [
    ['let n = 0; while n < 5 { n += 1; if n == 3 { break; } } n', '3'],
    ['let n = 0; do { n += 1; } while n < 3; n', '3'],
    ['let n = 0; do { n += 1; } until n >= 3; n', '3'],
    ['let x = loop { break 7; }; x', '7'],
    ['let t = 0; for i in 0..5 { if i == 3 { continue; } t += i; } t', '7'],
    ['let t = 0; for i in 1..=3 { t += i; } t', '6'],
    ['let t = ""; for (x, i) in ["a", "b"] { t += `${i}${x}`; } t', '"0a1b"'],
    ['let t = 0; for i in range(10, 0, -3) { t += i; } t', '22'],
    ['for x in 5 { }', 'TEMPLATE_FAILED 1:1 a loop cannot go through i64'],
    ['let n = 0; while switch n { 0 => true, _ => false } { n += 1; } n', '1'],
    ['break;', 'TEMPLATE_FAILED 1:1 `break` stands outside of what it leaves'],
  ],
  'language/functions, overload, this': [
    ['fn f(n) { if n < 2 { n } else { f(n - 1) + f(n - 2) } } f(10)', '55'],
    ['fn f(a) { return a; } fn f(a, b) { a + b } f(1) + f(2, 3)', '6'],
    ['fn up() { this = this.to_upper(); } let q = "a"; q.up(); q', '"A"'],
    ['fn add(x) { this.push(x); } let a = []; a.add(1); a', '[1]'],
    ['fn change(x) { x = 2; } let a = 1; change(a); a', '1'],
    ['let a = 1; fn f() { a } f()', 'TEMPLATE_FAILED 1:21 there is no variable named "a"'],
    ['const A = 1; fn f() { global::A } f()', '1'],
    ['private fn f() { 1 } f()', '1'],
    ['missing(1)', 'TEMPLATE_FAILED 1:1 there is no function named "missing"'],
  ],
  'language/fn-closure, fn-ptr': [
    ['let c = 0; let add = |n| c += n; add.call(3); add.call(4); c', '7'],
    ['let f = || 5; f.call() + call(f)', '10'],
    ['fn plus(a, b) { a + b } let f = Fn("plus").curry(1); f.call(2)', '3'],
    ['let f = |a| a; f.call()', 'TEMPLATE_FAILED 1:17 a function of 1 parameters is called with 0'],
  ],
  'language/return, throw, try-catch': [
    ['return "z"; 1', '"z"'],
    ['exit(3); 1', '3'],
    ['throw "no";', 'TEMPLATE_FAILED 1:1 no'],
    ['try { throw #{code: 3}; } catch (e) { e.code }', '3'],
    ['try { 1 / 0 } catch (e) { e.message }', '"a number is divided by zero"'],
    ['try { 1 / 0 } catch { "caught" }', '"caught"'],
  ],
  'language/comments, statements': [
    ['/* a /* nested */ b */ 1 // end', '1'],
    ['#!/usr/bin/env rhai\n2', '2'],
    ['let x = { let y = 1; y + 1 }; x', '2'],
    ['1 2', 'TEMPLATE_SYNTAX 1:3 Rhai: expected ";", found "2"'],
    ['/* a', 'TEMPLATE_SYNTAX 1:1 Rhai: a comment has no end'],
    ['let 1 = 2;', 'TEMPLATE_SYNTAX 1:5 Rhai: expected a name, found "1"'],
    ['(1', 'TEMPLATE_SYNTAX 1:3 Rhai: expected ")", found the end'],
    ['1 = 2', 'TEMPLATE_SYNTAX 1:1 Rhai: nothing can be assigned to this'],
    ['import "x" as y;', 'TEMPLATE_SYNTAX 1:1 Rhai: `import` is not supported'],
  ],
  'names of the host are names like others': [
    ['__proto__', 'TEMPLATE_FAILED 1:1 there is no variable named "__proto__"'],
    ['constructor', 'TEMPLATE_FAILED 1:1 there is no variable named "constructor"'],
    ['#{}.constructor', '()'],
    ['"a".constructor', 'TEMPLATE_FAILED 1:4 string has no property "constructor"'],
    ['"a".constructor()', 'TEMPLATE_FAILED 1:4 there is no function named "constructor"'],
    ['let m = #{__proto__: 1, toString: 2}; m.__proto__ + m.toString', '3'],
    ['[].__proto__ = 1', 'TEMPLATE_FAILED 1:3 array has no property "__proto__"'],
    ['fn toString() { 1 } toString()', '1'],
    ['process.exit()', 'TEMPLATE_FAILED 1:1 there is no variable named "process"'],
  ],
};

describe.each(Object.entries(CHAPTERS))('%s', (_chapter, cases) => {
  it.each(cases)('%s', (source, gives) => expect(outcomeOf(source)).toBe(gives));
});

describe('a script', () => {
  it('prints', () => {
    const printed: string[] = [];
    expect(outcomeOf('print("a"); print([1, "b"]); debug("c"); print(())', printed)).toBe('()');
    expect(printed).toEqual(['a', '[1, "b"]', '"c"', '']);
  });

  it.each([
    ['that never ends', 'loop { }'],
    ['that calls itself for ever', 'fn f() { f() } f()'],
    ['that doubles a text', 'let s = "ab"; loop { s += s; }'],
    ['that doubles a list', 'let a = [1]; loop { a += a; }'],
    ['that nests a list', 'let a = []; loop { a = [a]; }'],
    ['that fills a text', '"a".pad(1000000000, "b")'],
    ['that fills a list', '[].pad(1000000000, 1)'],
    ['that goes through a range without end', 'for i in 0..9000000000000000000 { }'],
    ['that catches all', 'loop { try { loop { } } catch { } }'],
    ['that replaces much', 'let s = "a"; s.pad(100000, "a"); loop { s.replace("a", s); }'],
    ['that nests', '('.repeat(500)],
    ['with a long chain', `1${' + 1'.repeat(500)}`],
    ['with texts in texts', '`${'.repeat(100)],
  ])('%s is stopped', (_name, source) => expect(outcomeOf(source)).toMatch(/^LIMIT_EXCEEDED /));
});
