import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../testing/liquid-fixture.ts';

describe('values are compared, found and walked through as liquid-rust does', () => {
  it.each([
    [
      '{% if 1 == 1 %}1{% endif %}{% if 1 == 1.0 %}2{% endif %}{% if "1" == 1 %}3{% endif %}{% if 1 == "1" %}4{% endif %}{% if true == 1 %}5{% endif %}{% if 1 == true %}6{% endif %}{% if 0 == false %}7{% endif %}{% if false == false %}8{% endif %}{% if true == false %}9{% endif %}{% if "" == true %}a{% endif %}',
      '12568a',
    ],
    [
      '{% if nil == nil %}1{% endif %}{% if nil == false %}2{% endif %}{% if nothing == nil %}3{% endif %}{% if 0 == nil %}4{% endif %}{% if nil == empty %}5{% endif %}{% if "" == empty %}6{% endif %}{% if empty == "" %}7{% endif %}{% if " " == blank %}8{% endif %}{% if blank == false %}9{% endif %}{% if empty == empty %}a{% endif %}{% if empty == blank %}b{% endif %}{% if tags == empty %}c{% endif %}{% if none == blank %}d{% endif %}{% if 0 == empty %}e{% endif %}{% if "x" == blank %}f{% endif %}{% if user == empty %}g{% endif %}',
      '1356789abd',
    ],
    [
      '{% assign a = "1,2" | split: "," %}{% assign b = "1,2" | split: "," %}{% assign c = "1,3" | split: "," %}{% assign d = "1,2,3" | split: "," %}{% if a == b %}1{% endif %}{% if a == c %}2{% endif %}{% if a == d %}3{% endif %}{% if d == a %}4{% endif %}{% if a == "12" %}5{% endif %}{% if a < c %}6{% endif %}{% if c < a %}7{% endif %}{% if a < d %}8{% endif %}{% if d < a %}9{% endif %}{% if a <= b %}a{% endif %}{% if d > c %}b{% endif %}',
      '168a',
    ],
    [
      '{% assign p = people | where: "n", "Bo" | first %}{% assign q = people | first %}{% assign r = people | last %}{% if p == q %}1{% endif %}{% if p == r %}2{% endif %}{% if p == user %}3{% endif %}{% if r == p %}4{% endif %}{% if p == tags %}5{% endif %}{% if tags == p %}6{% endif %}',
      '1',
    ],
    [
      '{% if "a" < "b" %}1{% endif %}{% if "b" < "a" %}2{% endif %}{% if "B" < "a" %}3{% endif %}{% if "a" < 1 %}4{% endif %}{% if "a" > 1 %}5{% endif %}{% if "a" <= 1 %}6{% endif %}{% if "a" >= 1 %}7{% endif %}{% if false < true %}8{% endif %}{% if true < false %}9{% endif %}{% if 1.5 < 2 %}a{% endif %}{% if 2 > 1.5 %}b{% endif %}{% if 2 >= 2.0 %}c{% endif %}{% if 2 <= 1 %}d{% endif %}{% if nil < 1 %}e{% endif %}{% if true < 1 %}f{% endif %}',
      '138abc',
    ],
    [
      '{% if 1 > 2 %}1{% endif %}{% if 2 > 1 %}2{% endif %}{% if 1 >= 2 %}3{% endif %}{% if 1 <= 2 %}4{% endif %}{% if 1 <> 1 %}5{% endif %}{% if 1 != 2 %}6{% endif %}{% if tags > 1 %}7{% endif %}{% if tags <= 1 %}8{% endif %}',
      '246',
    ],
    [
      '{% if "abc" contains "b" %}1{% endif %}{% if "abc" contains "x" %}2{% endif %}{% if tags contains "b" %}3{% endif %}{% if tags contains "x" %}4{% endif %}{% if user contains "name" %}5{% endif %}{% if user contains "x" %}6{% endif %}{% if 123 contains 2 %}7{% endif %}{% if numbers contains 3 %}8{% endif %}{% if numbers contains "3" %}9{% endif %}{% if user contains nil %}a{% endif %}{% if user contains tags %}b{% endif %}{% if "abc" contains nil %}c{% endif %}',
      '13578c',
    ],
    [
      '{% if nil %}1{% endif %}{% if 0 %}2{% endif %}{% if "" %}3{% endif %}{% if missing.x.y %}4{% endif %}{% if tags[9] %}5{% endif %}{% if user["x"] %}6{% endif %}{% if user[missing] %}7{% endif %}{% if flag and missing %}8{% endif %}{% if missing or flag %}9{% endif %}',
      '239',
    ],
    [
      '{{ tags[0] }}{{ tags[-1] }}{{ tags["1"] }}{{ tags.first }}{{ tags.last }}{{ tags.size }}{{ user.size }}{{ user["name"] }}{{ name.size }}{{ people[0].n }}{{ people.last["n"] }}{{ tags[numbers[1]] }}',
      'acbac3tallAda3BoCyb',
    ],
    [
      '{{ "double \'quoted\'" }}{{ \'single "quoted"\' }}{{ true }}{{ false }}{{ nil }}{{ null }}{{ empty }}{{ blank }}',
      'double \'quoted\'single "quoted"truefalse',
    ],
    [
      '{% cycle "a", "b" %}{% cycle "a", "b" %}{% cycle "a", "b" %}{% cycle "x": "a", "b" %}{% cycle "x": "a", "b" %}{% cycle 1, 2, 3 %}{% cycle name, "z" %}{% cycle name, "z" %}',
      'abaab1Adaz',
    ],
    ['{% increment x %}{% increment x %}{{ x }}{% decrement x %}{{ x }}{% decrement y %}{% decrement y %}{{ y }}', '01211-1-2-2'],
    [
      '{% for i in (1..3) %}{{ i }}{% endfor %}{% for i in (3..1) %}{{ i }}{% else %}-{% endfor %}{% for i in (2..2) %}{{ i }}{% endfor %}{% for i in ("1".."2") %}{{ i }}{% endfor %}{% for i in (-1..1) %}{{ i }}{% endfor %}',
      '123-212-101',
    ],
    [
      '{% for t in tags limit: 2 %}{{ t }}{% endfor %}|{% for t in tags offset: 1 %}{{ t }}{% endfor %}|{% for t in tags reversed %}{{ t }}{% endfor %}|{% for t in tags limit: 1 offset: 1 %}{{ t }}{% endfor %}|{% for t in tags reversed limit: 2 %}{{ t }}{% endfor %}|{% for t in tags offset: 9 %}{{ t }}{% else %}-{% endfor %}|{% for t in tags limit: 0 %}{{ t }}{% else %}-{% endfor %}|{% for t in tags limit: -1 %}{{ t }}{% endfor %}|{% for t in tags offset: -1 %}{{ t }}{% endfor %}',
      'ab|bc|cba|b|ba|-|-|abc|',
    ],
    [
      '{% for t in tags %}{{ forloop.index }}{{ forloop.index0 }}{{ forloop.rindex }}{{ forloop.rindex0 }}{{ forloop.first }}{{ forloop.last }}{{ forloop.length }} {% endfor %}',
      '1032truefalse3 2121falsefalse3 3210falsetrue3 ',
    ],
    [
      '{% for a in tags %}{% for b in numbers %}{{ forloop.parentloop.index }}{{ forloop.index }} {% endfor %}{% endfor %}{% for t in nothing %}x{% else %}n{% endfor %}{% for t in empty %}x{% else %}e{% endfor %}{% for t in blank %}x{% else %}b{% endfor %}',
      '11 12 13 21 22 23 31 32 33 neb',
    ],
    [
      '{% for p in user %}{{ p[0] }}:{{ p[1] }} {% endfor %}{% for t in tags %}{% if t == "b" %}{% continue %}{% endif %}{% if forloop.last %}{% break %}{% endif %}{{ t }}{% endfor %}',
      'name:Ada size:tall a',
    ],
    [
      '{% case name %}{% when "x" %}1{% when "Ada" %}2{% else %}3{% endcase %}{% case 5 %}{% when 1, 5 %}1{% endcase %}{% case 5 %}{% when 1 or 5 %}1{% endcase %}{% case 5 %}{% when 1 %}1{% else %}e{% endcase %}{% case 5 %}{% else %}e{% endcase %}{% case 5 %}{% endcase %}|',
      '211ee|',
    ],
    [
      '{% capture x %}a{{ name }}{% endcapture %}{{ x }}{% capture "y" %}b{% endcapture %}{{ y }}{% assign z = tags | first | upcase %}{{ z }}',
      'aAdabA',
    ],
    ['{% ifchanged %}a{% endifchanged %}{% ifchanged %}a{% endifchanged %}{% ifchanged %}b{% endifchanged %}', 'ab'],
    [
      '{% comment %}{{ x {% nope %}{% endcomment %}a{% raw %}{{ x }}{% nope %}{% endraw %}b{%- comment -%} x {%- endcomment -%} c',
      'a{{ x }}{% nope %}bc',
    ],
    [' a {{- " b " -}} c {%- if true -%} d {%- endif -%} e', ' a b cde'],
  ])('%s', (template, expected) => expect(outcomeOf(template)).toBe(expected));
});
