import { describe, expect, it } from 'vitest';
import { readRefusals, refusalOf } from '../../../testing/template-refusal.ts';

const WRONG = String.raw`
{% from 'a' import _m %}{{ _m }} ⇒ 20 "_m" begins with an underscore, so it cannot be imported
{% block b required %}x{% endblock %} ⇒ 1 the required block "b" can hold only comments and white space
{% block b %}{% endblock %}{% block b %}{% endblock %} ⇒ 37 the block "b" is defined twice
{% macro m(a=1, b) %}{% endmacro %} ⇒ 17 a parameter without a default cannot follow one that has a default
{% macro m(a, a) %}{% endmacro %} ⇒ 15 the parameter "a" is named twice
{% macro m(5) %}{% endmacro %} ⇒ 12 expected a name, found an integer
{% call 5 %}{% endcall %} ⇒ 9 expected a call of a macro
{% call(x) x %}{% endcall %} ⇒ 12 expected a call of a macro
{% for i in %}{% endfor %} ⇒ 13 expected an expression
{% for i %}{% endfor %} ⇒ 10 expected "in", found the end of the statement
{% for in x %}{% endfor %} ⇒ 8 "in" cannot be assigned to
{% for 5 in x %}{% endfor %} ⇒ 8 expected a name to assign to, found an integer
{% for true in x %}{% endfor %} ⇒ 8 "true" cannot be assigned to
{% for i in [1] %} ⇒ 1 the statement "for" of line 1 is never closed ⇒ add "endfor" before line 1 ends
{% for i in [1] %}{% endif %} ⇒ 22 there is no statement "endif" here; the innermost open statement is "for" of line 1
{% if true %}{% else %}{% else %}{% endif %} ⇒ 27 there is no statement "else" here; the innermost open statement is "if" of line 1
{% if true %}{% elif %}{% endif %} ⇒ 22 expected an expression
{% if %}{% endif %} ⇒ 7 expected an expression
{% break %} ⇒ 1 "break" is only possible inside a loop
{% continue %} ⇒ 1 "continue" is only possible inside a loop
{% for i in [1] %}{% macro m() %}{% break %}{% endmacro %}{% endfor %} ⇒ 34 "break" is only possible inside a loop
{% for i in [1] %}{% block b %}{% continue %}{% endblock %}{% endfor %} ⇒ 32 "continue" is only possible inside a loop
{% endfor %} ⇒ 4 no statement is open that "endfor" could go with
{% nonsense %} ⇒ 4 there is no statement "nonsense" here
{% 5 %} ⇒ 4 expected the name of a statement, found an integer
{% %} ⇒ 4 expected the name of a statement, found the end of the statement
{% set %} ⇒ 8 expected a name to assign to, found the end of the statement
{% set x %} ⇒ 1 the statement "set" of line 1 is never closed ⇒ add "endset" before line 1 ends
{% set 5 = 1 %} ⇒ 8 expected a name to assign to, found an integer
{% set x = %} ⇒ 12 expected an expression
{% set x.y.z = 1 %} ⇒ 11 expected the end of the statement, found "."
{% with a %}{% endwith %} ⇒ 11 expected "=", found the end of the statement
{% with a = %}{% endwith %} ⇒ 13 expected an expression, found the end of the statement
{% with a = 1 b = 2 %}{% endwith %} ⇒ 15 expected ",", found "b"
{% with 5 = 1 %}{% endwith %} ⇒ 9 expected a name to assign to, found an integer
{% filter %}{% endfilter %} ⇒ 11 expected a name, found the end of the statement
{% filter upper %} ⇒ 1 the statement "filter" of line 1 is never closed ⇒ add "endfilter" before line 1 ends
{% include %} ⇒ 12 expected an expression, found the end of the statement
{% include 'a' nope %} ⇒ 16 expected the end of the statement, found "nope"
{% import 'a' %} ⇒ 15 expected "as", found the end of the statement
{% import 'a' as 5 %} ⇒ 18 expected a name, found an integer
{% from 'a' import %} ⇒ 20 expected the names to import
{% from 'a' import 5 %} ⇒ 20 expected a name, found an integer
{% from 'a' import b as %} ⇒ 25 expected a name, found the end of the statement
{% from 'a' %} ⇒ 13 expected "import", found the end of the statement
{% extends %} ⇒ 12 expected an expression, found the end of the statement
{% block %}{% endblock %} ⇒ 10 expected a name, found the end of the statement
{% block 5 %}{% endblock %} ⇒ 10 expected a name, found an integer
{% block a %}{% endblock b %} ⇒ 26 expected the end of the statement, found "b"
{% autoescape %}{% endautoescape %} ⇒ 15 expected an expression, found the end of the statement
{% do %} ⇒ 7 expected an expression
{% macro %}{% endmacro %} ⇒ 10 expected a name, found the end of the statement
{% macro 5() %}{% endmacro %} ⇒ 10 expected a name, found an integer
{% macro m %}{% endmacro %} ⇒ 12 expected "(", found the end of the statement
{% raw %}x ⇒ 1 this raw block is never closed ⇒ add an "endraw" tag
{% raw x %}{% endraw %} ⇒ 1 nothing can follow "raw" in its tag
{# x ⇒ 1 this comment is never closed ⇒ add #}; put text that is no template between a "raw" and an "endraw" statement
{{ 'x ⇒ 4 this string is never closed
{{ x ⇒ 1 this tag is never closed ⇒ add }}
{% if x ⇒ 1 this tag is never closed ⇒ add %}
{{ }} ⇒ 4 expected an expression
{{ 1 + }} ⇒ 8 expected an expression, found the end of the expression
{{ * 2 }} ⇒ 4 expected an expression, found "*"
{{ (1 }} ⇒ 7 unexpected "}", expected ")"
{{ (1, }} ⇒ 8 unexpected "}", expected ")"
{{ [1 }} ⇒ 7 unexpected "}", expected "]"
{{ [1 2] }} ⇒ 7 expected "]", found an integer
{{ {'a' 1} }} ⇒ 9 expected ":", found an integer
{{ {'a': } }} ⇒ 10 expected an expression, found "}"
{{ {'a': 1 }} ⇒ 13 unexpected "}"
{{ x[ }} ⇒ 7 unexpected "}", expected "]"
{{ x[] }} ⇒ 6 expected an index or a slice
{{ x. }} ⇒ 7 expected a name or a number after ".", found the end of the expression
{{ x.5.y. }} ⇒ 11 expected a name or a number after ".", found the end of the expression
{{ x | }} ⇒ 8 expected a name, found the end of the expression
{{ x | 5 }} ⇒ 8 expected a name, found an integer
{{ x is }} ⇒ 9 expected a name, found the end of the expression
{{ x is 5 }} ⇒ 9 expected a name, found an integer
{{ x is odd is even }} ⇒ 13 tests cannot be chained with "is" ⇒ join them with "and"
{{ x is not }} ⇒ 13 expected a name, found the end of the expression
{{ f(a=1, 2) }} ⇒ 11 a positional argument cannot follow a named one
{{ f(**x, 1) }} ⇒ 11 a positional argument cannot follow a named one
{{ f(a=1, a=2) }} ⇒ 11 the argument "a" is given twice
{{ f(1 }} ⇒ 8 unexpected "}", expected ")"
{{ f(, }} ⇒ 8 unexpected "}", expected ")"
{{ a b }} ⇒ 6 expected the end of the expression, found "b"
{{ 1 if }} ⇒ 9 expected an expression, found the end of the expression
{{ 1 if true else }} ⇒ 19 expected an expression, found the end of the expression
{{ 1 = 2 }} ⇒ 6 expected the end of the expression, found "="
{{ a and }} ⇒ 10 expected an expression, found the end of the expression
{{ not }} ⇒ 8 expected an expression, found the end of the expression
{{ 1 in }} ⇒ 9 expected an expression, found the end of the expression
{{ 1 not 2 }} ⇒ 6 expected the end of the expression, found "not"
{{ $ }} ⇒ 4 unexpected character "$"
{{ a ? b }} ⇒ 6 unexpected character "?"
{{ a ; b }} ⇒ 6 expected the end of the expression, found ";"
{{ a ! b }} ⇒ 6 unexpected character "!"
{{ 1__0 }} ⇒ 5 expected the end of the expression, found "__0"
{{ 0x }} ⇒ 5 expected the end of the expression, found "x"
{{ 012 }} ⇒ 5 expected the end of the expression, found an integer
{{ '\x4' }} ⇒ 4 this string has an escape that is not valid
{{ '\u12' }} ⇒ 4 this string has an escape that is not valid
{{ '\U00110000' }} ⇒ 4 this string has an escape that is not valid
{{ '\N{DASH}' }} ⇒ 4 this string has an escape that is not valid ⇒ a character is not found by its name: write the character itself, or its number as \u2022
{{ "a' }} ⇒ 4 this string is never closed
{{ a } ⇒ 6 unexpected "}"
{{ ) }} ⇒ 4 unexpected ")"
{{ ] }} ⇒ 4 unexpected "]"
{{ (] }} ⇒ 5 unexpected "]", expected ")"
`;

describe('what cannot be read is refused where it stands', () => {
  it.each(readRefusals('TEMPLATE_SYNTAX', WRONG))('%s', (template, expected) => {
    expect(refusalOf(template, { withHint: expected.hint !== undefined })).toEqual(expected);
  });
});
