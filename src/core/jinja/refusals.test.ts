import { describe, expect, it } from 'vitest';
import { readRefusals, refusalOf } from '../../testing/template-refusal.ts';

const FAILED = `
{{ 'a' | center('x') }} ⇒ 10 "width" must be an int, not str
{{ 'a' | center(1, 2) }} ⇒ 10 the filter "center" takes at most 1 arguments, not 2
{{ 'a' | center(width=1, size=2) }} ⇒ 10 the filter "center" has no parameter "size" ⇒ available: width
{{ 'a' | center(1, width=2) }} ⇒ 10 the filter "center" is given "width" twice
{{ 'a' | replace }} ⇒ 10 the filter "replace" needs the argument "old"
{{ 'a' | replace('a') }} ⇒ 10 the filter "replace" needs the argument "new"
{{ 'a' | replace('a', 'b', 'c') }} ⇒ 10 "count" must be an int, not str
{{ 'a' | truncate('x') }} ⇒ 10 "length" must be an int, not str
{{ 'abc' | truncate(2) }} ⇒ 12 "length" must be at least 3, the length of what marks the cut
{{ 'a' | indent([]) }} ⇒ 10 "width" must be an int, not list
{{ 'a' | abs }} ⇒ 10 "abs" needs a number, not str
{{ 'a' | round }} ⇒ 10 "round" needs a number, not str
{{ 1 | round(1, 'up') }} ⇒ 8 "method" must be "common", "ceil" or "floor"
{{ 1 | round('x') }} ⇒ 8 "precision" must be an int, not str
{{ 1e400 | int }} ⇒ 12 there is no int for infinity
{{ [] | filesizeformat }} ⇒ 9 "filesizeformat" needs a number, not list
{{ 5 | items }} ⇒ 8 "items" needs a dict, not int
{{ 5 | dictsort }} ⇒ 8 "dictsort" needs a dict, not int
{{ {} | dictsort(by='x') }} ⇒ 9 "by" must be "key" or "value"
{{ 5 | list }} ⇒ 8 a value of type int cannot be iterated over
{{ 5 | length }} ⇒ 8 a value of type int has no length
{{ 5 | first }} ⇒ 8 a value of type int cannot be iterated over
{{ 5 | last }} ⇒ 8 a value of type int cannot be iterated over
{{ 5 | reverse }} ⇒ 8 a value of type int cannot be iterated over
{{ 5 | sum }} ⇒ 8 a value of type int cannot be iterated over
{{ ['a'] | sum }} ⇒ 12 "+" is not possible between int and str ⇒ join text of any kind with "~"
{{ [1, 'a'] | sort }} ⇒ 15 "<" is not possible between str and int
{{ [1, 'a'] | min }} ⇒ 15 "<" is not possible between str and int
{{ [1] | map }} ⇒ 10 "filter" must be a string
{{ [1] | map(1) }} ⇒ 10 "filter" must be a string, not int
{{ [1] | map('nope') }} ⇒ 10 there is no filter named "nope"
{{ [1] | map(attribute='a', nope=1) }} ⇒ 10 the filter "map" has no parameter "nope"
{{ [1] | select('nope') }} ⇒ 10 there is no test named "nope" ⇒ did you mean "none"?
{{ [1] | selectattr }} ⇒ 10 the name of an attribute is missing
{{ [1] | groupby }} ⇒ 10 the filter "groupby" needs the argument "attribute"
{{ [1, 2] | batch(0) }} ⇒ 13 "linecount" must be at least 1
{{ [1, 2] | slice(0) }} ⇒ 13 "slices" must be at least 1
{{ [1] | urlencode }} ⇒ 10 "urlencode" needs text, a dict or a list of pairs
{{ 5 | xmlattr }} ⇒ 8 "xmlattr" needs a dict, not int
{{ {'a b': 1} | xmlattr }} ⇒ 17 "a b" cannot be the name of an attribute
{{ '%s' | format(1, a=2) }} ⇒ 11 the filter "format" takes values either by position or by name
{{ 'abc' | wordwrap(0) }} ⇒ 12 "width" must be above 0
{{ {(1, 2): 3} | tojson }} ⇒ 18 a tuple cannot be a key of JSON: (1, 2)
{{ range | tojson }} ⇒ 12 a function cannot be written as JSON
{{ 'x' | attr(5) }} ⇒ 10 "name" must be a string, not int
{{ [1] | random }} ⇒ 10 "random" is refused: the same pack must always give the same files
{{ 'x' | to_json('a') }} ⇒ 10 "indent" must be an int, not str
{{ {} | to_json(99) }} ⇒ 9 "indent" must be between 1 and 16
{{ {} | to_json(-1) }} ⇒ 9 "indent" must be between 1 and 16
{{ {'a': none} | to_toml }} ⇒ 18 TOML has no value for none ⇒ leave the key out
{{ range | to_yaml }} ⇒ 12 a function cannot be written as YAML
{{ ['x'] | semver_max }} ⇒ 12 "x" is not a version as SemVer 2.0.0 defines it
{{ 5 | semver_max }} ⇒ 8 a value of type int cannot be iterated over
{{ 'abc'.upper(1) }} ⇒ 10 the method "upper" takes at most 0 arguments, not 1
{{ 'abc'.center('x') }} ⇒ 10 "width" must be an int, not str
{{ 'abc'.center(9, 'xy') }} ⇒ 10 "fillchar" must be one character
{{ 'abc'.split(1) }} ⇒ 10 "sep" must be a string, not int
{{ 'abc'.split('') }} ⇒ 10 the separator is empty
{{ 'abc'.split('a', 'x') }} ⇒ 10 "maxsplit" must be an int, not str
{{ 'abc'.rsplit('') }} ⇒ 10 the separator is empty
{{ 'abc'.partition('') }} ⇒ 10 the separator is empty
{{ 'abc'.partition(1) }} ⇒ 10 "sep" must be a string, not int
{{ 'abc'.join(1) }} ⇒ 10 a value of type int cannot be iterated over
{{ 'abc'.join([1]) }} ⇒ 10 "join" needs strings, not int ⇒ the filter "join" takes items of any type
{{ 'abc'.join(none) }} ⇒ 10 a value of type NoneType cannot be iterated over
{{ 'abc'.replace('a') }} ⇒ 10 the method "replace" needs the argument "new"
{{ 'abc'.replace(1, 'b') }} ⇒ 10 "old" must be a string, not int
{{ 'abc'.replace('a', 1) }} ⇒ 10 "new" must be a string, not int
{{ 'abc'.index('x') }} ⇒ 10 the text does not contain the part that is looked for
{{ 'abc'.rindex('x') }} ⇒ 10 the text does not contain the part that is looked for
{{ 'abc'.find(1) }} ⇒ 10 "sub" must be a string, not int
{{ 'abc'.find('a', 'x') }} ⇒ 10 "position" must be an int, not str
{{ 'abc'.startswith(1) }} ⇒ 10 "prefix" must be a string, not int
{{ 'abc'.startswith([1]) }} ⇒ 10 "prefix" must be a string, not list
{{ 'abc'.strip(1) }} ⇒ 10 "chars" must be a string, not int
{{ 'abc'.zfill('x') }} ⇒ 10 "width" must be an int, not str
{{ 'abc'.expandtabs('x') }} ⇒ 10 "tabsize" must be an int, not str
{{ 'abc'.removeprefix(1) }} ⇒ 10 "prefix" must be a string, not int
{{ 'abc'.format_map(1) }} ⇒ 10 "format_map" needs a dict
{{ 'abc'.format_map() }} ⇒ 10 the method "format_map" needs the argument "mapping"
{{ {}.get() }} ⇒ 7 the method "get" needs the argument "key"
{{ {}.keys(1) }} ⇒ 7 the method "keys" takes at most 0 arguments, not 1
{{ {}.keys(x=1) }} ⇒ 7 the method "keys" has no parameter "x"
{{ {}[[]] }} ⇒ 6 a list cannot be a key
{{ {[]: 1} }} ⇒ 4 a list cannot be a key
{{ {range: 1} }} ⇒ 4 a function cannot be a key
{{ [][[]] }} ⇒ 6 a value of type list has no item for list
{{ [1].index(2) }} ⇒ 8 the value that is looked for is not in the list
{{ [1].index() }} ⇒ 8 the method "index" needs the argument "value"
{{ [1].count() }} ⇒ 8 the method "count" needs the argument "value"
{{ [1].append(2) }} ⇒ 8 "append" would change a value in place, and values cannot be changed ⇒ build a new one with "+", or collect in a namespace: {% set ns.items = ns.items + [item] %}
{{ {}.update(a=1) }} ⇒ 7 "update" would change a value in place, and values cannot be changed ⇒ build a new one with dict(old, key=value)
{{ {}.pop('a') }} ⇒ 7 "pop" would change a value in place, and values cannot be changed ⇒ build a new one with dict(old, key=value)
{{ (1).bit_length(1) }} ⇒ 8 the method "bit_length" takes at most 0 arguments, not 1
{{ (1.5).is_integer(1) }} ⇒ 10 the method "is_integer" takes at most 0 arguments, not 1
{{ range('a') }} ⇒ 4 "start" must be an int, not str
{{ range() }} ⇒ 4 "range" needs the argument "start"
{{ range(1, 2, 0) }} ⇒ 4 the step of a range cannot be 0
{{ range(1, 2, 3, 4) }} ⇒ 4 "range" takes at most 3 arguments, not 4
{{ dict(1) }} ⇒ 4 a value of type int cannot be iterated over
{{ dict([1]) }} ⇒ 4 a value of type int cannot be iterated over
{{ dict([[1]]) }} ⇒ 4 "dict" needs pairs of key and value
{{ dict({}, {}) }} ⇒ 4 "dict" takes one dict or list of pairs, and names
{{ cycler() }} ⇒ 4 "cycler" needs the values to cycle through
{{ joiner(1) }} ⇒ 4 "sep" must be a string, not int
{{ joiner(',', 1) }} ⇒ 4 "joiner" takes at most 1 arguments, not 2
{{ lipsum() }} ⇒ 4 "lipsum" is random, and the same pack must always give the same files
{{ 5() }} ⇒ 4 a value of type int cannot be called
{{ user() }} ⇒ 4 a value of type dict cannot be called
{{ 'a'() }} ⇒ 4 a value of type str cannot be called
{{ 'a'.upper }} ⇒ 8 a method cannot be printed ⇒ call it, with parentheses
{{ range }} ⇒ 4 a function cannot be printed ⇒ call it, with parentheses
{{ 1 + 'a' }} ⇒ 6 "+" is not possible between int and str ⇒ join text of any kind with "~"
{{ 1 - 'a' }} ⇒ 6 "-" is not possible between int and str
{{ 'a' + 1 }} ⇒ 8 "+" is not possible between str and int ⇒ join text of any kind with "~"
{{ [1] + (2,) }} ⇒ 8 "+" is not possible between list and tuple ⇒ join text of any kind with "~"
{{ {} + {} }} ⇒ 7 "+" is not possible between dict and dict ⇒ join text of any kind with "~"
{{ -'a' }} ⇒ 4 a value of type str cannot have a sign
{{ +none }} ⇒ 4 a value of type NoneType cannot have a sign
{{ 1 / 0 }} ⇒ 6 division by zero
{{ 1 // 0 }} ⇒ 6 division by zero
{{ 1 % 0 }} ⇒ 6 division by zero
{{ 1.0 / 0 }} ⇒ 8 division by zero
{{ 0 ** -1 }} ⇒ 6 0.0 cannot be raised to a negative power
{{ (-8) ** 0.5 }} ⇒ 9 a negative number cannot be raised to a fractional power
{{ 10.0 ** 999 }} ⇒ 9 the result of "**" is too large
{{ 1 < 'a' }} ⇒ 6 "<" is not possible between int and str
{{ 'a' > 1 }} ⇒ 8 ">" is not possible between int and str
{{ 1 <= none }} ⇒ 6 "<=" is not possible between int and NoneType
{{ {} >= {} }} ⇒ 7 ">=" is not possible between dict and dict
{{ 1 in 5 }} ⇒ 6 "in" is not possible with int
{{ 1 in 'a' }} ⇒ 6 "in" a string needs a string, not int
{{ 'a' is odd }} ⇒ 11 what is divided is a number, not str
{{ 'a' is divisibleby 2 }} ⇒ 11 what is divided is a number, not str
{{ 1 is divisibleby 'a' }} ⇒ 9 "%" is not possible between int and str
{{ 1 is divisibleby 0 }} ⇒ 9 division by zero
{{ 1 is divisibleby }} ⇒ 9 the test "divisibleby" needs the argument "num"
{{ 1 is odd(1) }} ⇒ 9 the test "odd" takes at most 0 arguments, not 1
{{ [1, 2][::0] }} ⇒ 10 the step of a slice cannot be 0
{{ [1, 2]['a':] }} ⇒ 10 the bounds of a slice are ints or none, not str
{{ 'abc'[1.5] }} ⇒ 9 a value of type str has no item for float
{{ '%d' % 'a' }} ⇒ 9 %d needs a number, not str
{{ '%x' % 1.5 }} ⇒ 9 %x needs an int, not float
{{ '%f' % 'a' }} ⇒ 9 %f needs a number, not str
{{ '%c' % 'ab' }} ⇒ 9 %c needs an int or one character
{{ '%c' % -1 }} ⇒ 9 %c needs a character code below 0x110000
{{ '%z' % 1 }} ⇒ 9 the format character "z" is not supported
{{ '%' % 1 }} ⇒ 8 the format ends within a directive
{{ '%s %s' % 1 }} ⇒ 12 there are fewer values than the format needs
{{ '%s' % (1, 2) }} ⇒ 9 not all values are used by the format
{{ '%(a)s' % 1 }} ⇒ 12 the format names a key, so it needs a dict
{{ '%(a)s' % {} }} ⇒ 12 the format needs the key "a"
{{ '%*d' % ('a', 1) }} ⇒ 10 "*" needs an int
{{ '%.200f' % 1 }} ⇒ 13 a number is formatted with at most 100 decimals
{{ '{}'.format() }} ⇒ 9 the format needs a value for "{}"
{{ '{a}'.format() }} ⇒ 10 the format needs a value for "{a}"
{{ '{'.format() }} ⇒ 8 there is a single "{" in the format
{{ '}'.format() }} ⇒ 8 there is a single "}" in the format
{{ '{}{0}'.format(1) }} ⇒ 12 fields are numbered either all or not at all
{{ '{0[}'.format(1) }} ⇒ 11 the format field "0[" cannot be read
{{ '{0[a]}'.format(1) }} ⇒ 13 the format needs "a" of a value of type int, which it does not have
{{ '{!x}'.format(1) }} ⇒ 11 the conversion "!x" does not exist
{{ '{!rr}'.format(1) }} ⇒ 12 the format has a field that cannot be read
{{ '{:z}'.format(1) }} ⇒ 11 the format specification "z" is not valid
{{ '{:d}'.format('a') }} ⇒ 11 the format type "d" is not for strings
{{ '{:d}'.format(1.5) }} ⇒ 11 the format type "d" is not for float
{{ '{:.2d}'.format(1) }} ⇒ 13 a precision is not for ints
{{ '{:=5}'.format('a') }} ⇒ 12 "=" alignment is not for strings
{{ '{:+}'.format('a') }} ⇒ 11 signs, "#" and groups of digits are not for strings
{{ '{:+c}'.format(65) }} ⇒ 12 a sign and "#" are not for characters
{{ '{:c}'.format(-1) }} ⇒ 11 a character code is from 0 to 0x10ffff
{{ '{:,x}'.format(1) }} ⇒ 12 "," does not go with the format type "x"
{{ '{:5}'.format([]) }} ⇒ 11 a value of type list takes no format specification
{{ '{:{:{}}}'.format(1, 2, 3) }} ⇒ 15 the format nests too deeply
{{ '{:.200f}'.format(1) }} ⇒ 15 a number is formatted with at most 100 decimals
{% include 'nope' %} ⇒ 1 there is no template "nope"
{% include ['nope', 'nor'] %} ⇒ 1 none of the named templates exists
{% include 5 %} ⇒ 1 the name of a template is a string, not int
{% include [5] %} ⇒ 1 the name of a template is a string, not int
{% extends 'nope' %} ⇒ 1 there is no template "nope"
{% extends 'a' %}{% extends 'a' %} ⇒ 18 a template can extend only one other
{% block b required %}{% endblock %} ⇒ 1 the required block "b" is not defined
{% macro m(a) %}{% endmacro %}{{ m(1, 2) }} ⇒ 34 the macro "m" takes at most 1 arguments, not 2 ⇒ in macro "m", from t:1
{% macro m(name) %}{% endmacro %}{{ m(nmae=1) }} ⇒ 37 the macro "m" has no parameter "nmae" ⇒ did you mean "name"? / in macro "m", from t:1
{% macro m(a) %}{% endmacro %}{{ m(1, a=2) }} ⇒ 34 the macro "m" is given "a" twice ⇒ in macro "m", from t:1
{% macro m() %}{% endmacro %}{% call m() %}{% endcall %} ⇒ 30 the macro "m" cannot be used with a call block: it does not call "caller" ⇒ in macro "m", from t:1
{% for i in 5 %}{% endfor %} ⇒ 13 a value of type int cannot be iterated over
{% for a, b in [1] %}{% endfor %} ⇒ 8 a value of type int cannot be iterated over
{% for a, b in [[1]] %}{% endfor %} ⇒ 8 there are 1 values for 2 names
{% for a, b in [[1, 2, 3]] %}{% endfor %} ⇒ 8 there are 3 values for 2 names
{% for i in [1] %}{{ loop([1]) }}{% endfor %} ⇒ 22 this loop is not recursive ⇒ add "recursive" at the end of its "for" statement
{% for i in [1] recursive %}{{ loop() }}{% endfor %} ⇒ 32 "loop" needs the items to loop over
{% for i in [1] %}{{ loop.cycle() }}{% endfor %} ⇒ 27 "loop.cycle" needs the values to cycle through
{% set a, b = [1] %} ⇒ 8 there are 1 values for 2 names
{% set a, b = [1, 2, 3] %} ⇒ 8 there are 3 values for 2 names
{% set a, b = 5 %} ⇒ 8 a value of type int cannot be iterated over
{% set user.x = 1 %} ⇒ 8 "user" is not a namespace, so its attributes cannot be set ⇒ make one with namespace()
{% filter nope %}{% endfilter %} ⇒ 11 there is no filter named "nope"
{{ range(missing) }} ⇒ 4 "start" must be an int, not undefined
{{ dict(**5) }} ⇒ 4 "**" needs a dict, not int
{{ dict(**{1: 2}) }} ⇒ 11 "**" needs a dict whose keys are strings
{{ dict(*5) }} ⇒ 4 a value of type int cannot be iterated over
`;

const UNDEFINED = `
{{ [] | first }} ⇒ 9 an empty list has no first item
{{ [] | last }} ⇒ 9 an empty list has no last item
{{ [] | max }} ⇒ 9 an empty list has no largest item
{{ [] | semver_max }} ⇒ 9 there are no versions to choose from
{{ 'abc'.nope() }} ⇒ 10 a value of type str has no attribute "nope"
{{ 'abc'.__class__ }} ⇒ 10 a value of type str has no attribute "__class__"
{{ {}.nope }} ⇒ 7 the dict has no key "nope"
{{ {}['nope'] }} ⇒ 6 the dict has no key "nope"
{{ {}[5] }} ⇒ 6 the dict has no key "5"
{{ [].nope }} ⇒ 7 a value of type list has no attribute "nope" ⇒ available: copy, count, index
{{ [][5] }} ⇒ 6 the list has no item 5
{{ 5[0] }} ⇒ 5 the int has no item 0
{{ 5['a'] }} ⇒ 5 a value of type int has no attribute "a"
{{ (1, 2)[7] }} ⇒ 10 the tuple has no item 7
{{ range(3)[9] }} ⇒ 12 the range has no item 9
{{ namespace(a=1).b }} ⇒ 19 a value of type namespace has no attribute "b" ⇒ did you mean "a"?
{{ missing() }} ⇒ 4 "missing" is not defined
{% include missing %} ⇒ 1 "missing" is not defined
{% import 'a' as x %}{{ x.nope }} ⇒ 27 a value of type module has no attribute "nope" ⇒ available: m
{% from 'a' import nope %}{{ nope }} ⇒ 30 the imported template has no "nope" ⇒ available: m
{% block b %}{{ super() }}{% endblock %} ⇒ 17 no template above has a block "b" ⇒ in block "b", from t:1
{{ super() }} ⇒ 4 "super" is not defined
{{ self.nope() }} ⇒ 9 a value of type template has no attribute "nope"
{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }} ⇒ 20 the parameter "a" of "m" was not given ⇒ in macro "m", from t:1
{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }} ⇒ 19 "m" was not called with a call block ⇒ in macro "m", from t:1
{% for i in [1] %}{{ loop.nope }}{% endfor %} ⇒ 27 a value of type loop has no attribute "nope"
{% set missing.x = 1 %} ⇒ 8 "missing" is not defined
{{ f(*x, *y) }} ⇒ 7 "x" is not defined
{{ a.b.c }} ⇒ 6 "a" is not defined
{{ user.nmae }} ⇒ 9 the dict has no key "nmae" ⇒ did you mean "name"?
{{ user['nmae'] }} ⇒ 8 the dict has no key "nmae" ⇒ did you mean "name"?
{{ usr }} ⇒ 4 "usr" is not defined ⇒ did you mean "user"?
{{ upper }} ⇒ 4 "upper" is not defined
{{ none.x }} ⇒ 9 a value of type NoneType has no attribute "x"
{{ true.x }} ⇒ 9 a value of type bool has no attribute "x"
{{ 'a' ~ missing }} ⇒ 8 "missing" is not defined
{{ [missing] }} ⇒ 4 "missing" is not defined
{{ not missing }} ⇒ 4 "missing" is not defined
{{ missing == 1 }} ⇒ 12 "missing" is not defined
{{ missing[0] }} ⇒ 11 "missing" is not defined
{{ 1 in missing }} ⇒ 6 "missing" is not defined
{{ -missing }} ⇒ 4 "missing" is not defined
{{ missing < 1 }} ⇒ 12 "missing" is not defined
{{ {missing: 1} }} ⇒ 4 "missing" is not defined
{{ {'a': 1}[missing] }} ⇒ 12 "missing" is not defined
{{ 'x' in [missing] }} ⇒ 8 "missing" is not defined
{{ 1 if missing else 2 }} ⇒ 9 "missing" is not defined
{{ missing and 1 }} ⇒ 4 "missing" is not defined
{{ (1 if false) + 1 }} ⇒ 17 the condition is false and there is no "else"
{{ missing | upper }} ⇒ 14 "missing" is not defined
{{ missing | int }} ⇒ 14 "missing" is not defined
{{ missing is odd }} ⇒ 15 "missing" is not defined
`;

const EXCEEDED = `
{{ range(99999999999) | list }} ⇒ 25 rendering went over the limit "steps" of 3000000 steps
{{ 'a' * 999999999 }} ⇒ 8 rendering went over the limit "allocatedBytes" of 67108864 bytes of memory
{{ 2 ** 99999 }} ⇒ 6 an integer went over the limit of 14284 bits
`;

describe('what a template cannot do is refused', () => {
  it.each(readRefusals('TEMPLATE_FAILED', FAILED))('%s', (template, expected) => {
    expect(refusalOf(template, { withHint: expected.hint !== undefined })).toEqual(expected);
  });
});

describe('what is not there is refused', () => {
  it.each(readRefusals('TEMPLATE_UNDEFINED', UNDEFINED))('%s', (template, expected) => {
    expect(refusalOf(template, { withHint: expected.hint !== undefined })).toEqual(expected);
  });
});

describe('what takes too much is refused', () => {
  it.each(readRefusals('LIMIT_EXCEEDED', EXCEEDED))('%s', (template, expected) => {
    expect(refusalOf(template, { withHint: expected.hint !== undefined })).toEqual(expected);
  });
});
