import { describe, expect, it } from 'vitest';
import { LIQUID_CONTEXT, outcomeOf } from '../../testing/liquid-fixture.ts';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { createBudget } from '../jinja/budget.ts';
import { renderTemplate } from '../jinja/render-template.ts';
import { createLiquidEnvironment } from './liquid-environment.ts';

/** Of https://shopify.github.io/liquid and the tests of liquid-rust: a template, and what it gives. */
const CASES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  output: [
    ['{{ name }}', 'Ada'],
    ['{{project-name}}', 'my-app'],
    ['{{ "a" }}{{ \'b"\' }}', 'ab"'],
    ['{{ 1 }} {{ -2 }} {{ 1.5 }} {{ true }} {{ nil }}|', '1 -2 1.5 true |'],
    ['{{ tags }} {{ user.name }} {{ user["name"] }} {{ tags[1] }} {{ tags[-1] }}', 'abc Ada Ada b c'],
    ['{{ tags.first }} {{ tags.last }} {{ tags.size }} {{ name.size }} {{ user.size }}', 'a c 3 3 tall'],
    ['{{ nothing }}|{{ none }}|{{ off }}', '||false'],
    ['a { b } {c} % }} %}', 'a { b } {c} % }} %}'],
  ],
  blanks: [
    ['a \n {{- name -}} \n b', 'aAdab'],
    ['a\t{{- name -}}\tb', 'a\tAda\tb'],
    ['a {%- if flag -%} b {%- endif -%} c', 'abc'],
    ['a\r\n{%- if flag %} b{% endif -%}\r\nc', 'a bc'],
    ['{% if flag %}\nb\n{% endif %}\n', '\nb\n\n'],
  ],
  conditions: [
    ['{% if flag %}y{% endif %}{% if off %}n{% else %}e{% endif %}', 'ye'],
    ['{% if missing %}y{% else %}n{% endif %}{% if user.missing.deep %}y{% else %}n{% endif %}', 'nn'],
    ['{% if no_text %}y{% endif %}{% if none %}y{% endif %}{% if 0 %}y{% endif %}', 'yyy'],
    ['{% if off %}1{% elsif name == "Bo" %}2{% elsif name == "Ada" %}3{% else %}4{% endif %}', '3'],
    ['{% unless off %}y{% else %}n{% endunless %}{% unless flag %}y{% else %}n{% endunless %}', 'yn'],
    ['{% if flag and off or flag %}y{% endif %}{% if off or flag and off %}y{% endif %}', 'y'],
    ['{% if 1 < 2 and 2 <= 2 and 3 > 2 and 3 >= 3 and 1 != 2 and 1 <> 2 %}y{% endif %}', 'y'],
    ['{% if "b" > "a" %}y{% endif %}{% if 1 < "2" %}y{% else %}n{% endif %}', 'yn'],
    ['{% if name contains "d" %}y{% endif %}{% if tags contains "b" %}y{% endif %}{% if user contains "name" %}y{% endif %}', 'yyy'],
    ['{% if no_text == empty %}y{% endif %}{% if none == empty %}y{% endif %}{% if blank_text == blank %}y{% endif %}', 'yyy'],
    ['{% if blank_text == empty %}y{% else %}n{% endif %}{% if nothing == nil %}y{% endif %}{% if 1 == 1.0 %}y{% endif %}', 'nyy'],
    ['{% if name == true %}y{% endif %}{% if name == false %}y{% else %}n{% endif %}', 'yn'],
    ['{% case name %} dropped {% when "Bo" %}1{% when "x", "Ada" %}2{% else %}3{% endcase %}', '2'],
    ['{% case 5 %}{% when 1 or 5 %}y{% endcase %}{% case 6 %}{% when 1 %}y{% else %}n{% endcase %}', 'yn'],
  ],
  loops: [
    ['{% for t in tags %}{{ t }}{{ forloop.index }}{% unless forloop.last %},{% endunless %}{% endfor %}', 'a1,b2,c3'],
    ['{% for i in (1..3) %}{{ i }}{% endfor %}{% for i in (3..1) %}{{ i }}{% else %}none{% endfor %}', '123none'],
    ['{% for i in (1..10) offset:4 limit:2 %}{{ i }} {% endfor %}', '5 6 '],
    ['{% for i in (1..10) reversed offset:1 limit:5%}{{ i }} {% endfor %}', '6 5 4 3 2 '],
    ['{% for i in tags limit: 2, offset: 1 %}{{ i }}{% endfor %}', 'bc'],
    ['{% for i in (1..5) %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 4 %}{% break %}{% endif %}{{ i }}{% endfor %}', '13'],
    [
      '{% for i in (1..2) %}{% for j in (1..2) %}{{ forloop.parentloop.index }}{{ forloop.rindex }}{{ forloop.rindex0 }} {% endfor %}{{ forloop.index0 }};{% endfor %}',
      '121 110 0;221 210 1;',
    ],
    ['{% for i in none %}x{% else %}e{% endfor %}{% for i in nothing %}x{% else %}e{% endfor %}', 'ee'],
    ['{% for p in user %}{{ p[0] }}={{ p[1] }};{% endfor %}', 'name=Ada;size=tall;'],
    ['{% for i in (1..4) %}{% cycle "a", "b" %}{% cycle "g": 1, 2, 3 %}{% endfor %}', 'a1b2a3b1'],
    ['{% for i in (1..3) %}{% ifchanged %}{{ flag }}{% endifchanged %}{% endfor %}', 'true'],
  ],
  variables: [
    ['{% assign x = "a,b" | split: "," %}{{ x | join: "+" }}', 'a+b'],
    ['{% for t in tags %}{% assign last = t %}{% endfor %}{{ last }}', 'c'],
    ['{% assign t = 1 %}{% for t in tags %}{{ t }}{% endfor %}{{ t }}', 'abc1'],
    ['{% assign name = "Bo" %}{{ name }}', 'Bo'],
    ['{% capture c %}<{{ name }}>{% endcapture %}{{ c }}{{ c | upcase }}', '<Ada><ADA>'],
    ['{% increment v %}{% increment v %}{{ v }}{% decrement v %}{% decrement w %}{{ w }}', '0121-1-1'],
    ['{% assign v = 9 %}{% increment v %}{{ v }}', '09'],
    ['{% comment %}{% if %}{{ x y {% comment %}{% endcomment %}{% endcomment %}z', 'z'],
    ['{% raw %}{{ x }} {% y %} {{ {% endraw %}z', '{{ x }} {% y %} {{ z'],
    ['{%- raw -%} {{ x }} {%- endraw -%} z', '{{ x }}z'],
  ],
  'text filters': [
    ['{{ "abc" | append: "d" | prepend: "_" | upcase | downcase | capitalize }}', '_abcd'],
    ['{{ "hello world" | capitalize }} {{ "ßa" | capitalize }}', 'Hello world SSa'],
    ['[{{ " a " | strip }}][{{ " a " | lstrip }}][{{ " a " | rstrip }}]', '[a][a ][ a]'],
    ['{{ "a\nb\r\n" | strip_newlines }}', 'ab'],
    ['{{ "a-b-c" | replace: "-", "$&" }} {{ "a-b-c" | replace_first: "-", "+" }} {{ "a-b" | replace: "-" }}', 'a$&b$&c a+b-c ab'],
    ['{{ "a-b-c" | remove: "-" }} {{ "a-b-c" | remove_first: "-" }}', 'abc ab-c'],
    ['{{ "a~b" | split: "~" | size }}{{ "" | split: "," | size }}{{ "ab" | split: "" | join: "." }}', '20.a.b.'],
    ['{{ "Ground control to Major Tom." | truncate: 20 }}', 'Ground control to...'],
    ['{{ "Ground control to Major Tom." | truncate: 25, ", and so on" }}', 'Ground control, and so on'],
    ['{{ "one two three" | truncatewords: 2 }} {{ "one two three" | truncatewords: 2, "--" }}', 'one two... one two--'],
    ['{{ "<a href=\'x\'>&" | escape }} {{ "1 &lt; 2 & 3" | escape_once }}', '&lt;a href=&#39;x&#39;&gt;&amp; 1 &lt; 2 &amp; 3'],
    ['{{ "a\nb" | newline_to_br }} {{ "<p>x</p><script>y</script><!-- z -->" | strip_html }}', 'a<br />\nb x'],
    ['{{ "foo+1@example.com ä" | url_encode }} {{ "foo%20bar" | url_decode }}', 'foo%2B1%40example.com%20%C3%A4 foo bar'],
    ['{{ nothing | default: "d" }}{{ "" | default: "d" }}{{ off | default: "d" }}{{ 0 | default: "d" }}{{ none | default: 1 }}', 'ddd01'],
    [
      '{{ "now" | date: "%Y-%m-%d" }} {{ "13 Jun 2016 02:30:00 +0300" | date: "%Y-%m-%d %H:%M" }} {{ "blah" | date: "%Y" }}',
      '2026-03-05 2016-06-13 02:30 blah',
    ],
  ],
  'list filters': [
    ['{{ tags | join }} {{ tags | join: ", " }} {{ tags | reverse | join: "" }}', 'a b c a, b, c cba'],
    ['{{ tags | first }}{{ tags | last }}{{ "xyz" | first }}{{ "xyz" | last }}{{ none | first }}', 'acxz'],
    ['{{ numbers | sort | join: "" }} {{ people | sort: "age" | map: "n" | join: "" }}', '123 alBoCy'],
    ['{{ people | map: "n" | sort | join: " " }} {{ people | map: "n" | sort_natural | join: " " }}', 'Bo Cy al al Bo Cy'],
    ['{{ people | where: "age" | size }} {{ people | where: "n", "Cy" | size }}', '2 1'],
    ['{{ "a,b,a" | split: "," | uniq | join: "" }} {{ tags | concat: numbers | join: "" }}', 'ab abc312'],
    ['{{ people | map: "age" | compact | size }} {{ people | compact: "age" | size }}', '2 2'],
    [
      '{{ "Liquid" | slice: 0 }}{{ "Liquid" | slice: 2, 5 }}{{ "Liquid" | slice: -3, 2 }} {{ tags | slice: 1, 2 | join: "" }}',
      'Lquidui bc',
    ],
    ['{{ "abc" | size }} {{ tags | size }} {{ "ä" | size }} {{ nothing | size }}', '3 3 2 0'],
  ],
  'number filters': [
    [
      '{{ 4 | plus: 2 }} {{ 4 | minus: 6 }} {{ "3" | times: 2 }} {{ 7 | divided_by: 2 }} {{ -7 | divided_by: 2 }} {{ -7 | modulo: 3 }}',
      '6 -2 6 3 -3 -1',
    ],
    ['{{ 7 | divided_by: 2.0 }} {{ 1.5 | plus: 1 }} {{ "1.5" | times: 2 }}', '3.5 2.5 3'],
    [
      '{{ -17 | abs }} {{ "-19.86" | abs }} {{ 1.2 | ceil }} {{ 1.8 | floor }} {{ 1.5 | round }} {{ -1.5 | round }} {{ 183.357 | round: 2 }}',
      '17 19.86 2 1 2 -2 183.36',
    ],
    ['{{ 4 | at_least: 5 }} {{ 4 | at_most: 3 }}', '5 3'],
  ],
  'case filters': [
    ['{{ "We are going to inherit the earth." | kebab_case }}', 'we-are-going-to-inherit-the-earth'],
    ['{{ "It is we who built these palaces and cities." | lower_camel_case }}', 'itIsWeWhoBuiltThesePalacesAndCities'],
    ['{{ "We are going to inherit the earth." | shouty_kebab_case }}', 'WE-ARE-GOING-TO-INHERIT-THE-EARTH'],
    ['{{ "That world is growing in this minute." | shouty_snake_case }}', 'THAT_WORLD_IS_GROWING_IN_THIS_MINUTE'],
    ['{{ "We carry a new world here, in our hearts." | snake_case }}', 'we_carry_a_new_world_here_in_our_hearts'],
    ['{{ "We have always lived in slums and holes in the wall." | title_case }}', 'We Have Always Lived In Slums And Holes In The Wall'],
    [
      '{{ "We are not in the least afraid of ruins." | upper_camel_case }} {{ project-name | pascal_case }}',
      'WeAreNotInTheLeastAfraidOfRuins MyApp',
    ],
    [
      '{{ "XMLHttpRequest" | snake_case }} {{ "FIELD_NAME11" | snake_case }} {{ "ABC123DEF456" | title_case }} {{ "aBC" | kebab_case }}',
      'xml_http_request field_name11 Abc123def456 a-bc',
    ],
  ],
};

describe.each(Object.entries(CASES))('Liquid: %s', (_group, cases) => {
  it.each(cases)('%s', (template, expected) => {
    expect(outcomeOf(template)).toBe(expected);
  });
});

const REFUSED: readonly (readonly [string, string])[] = [
  ['{{ missing }}', 'TEMPLATE_UNDEFINED 1:4 "missing" is not defined'],
  ['{% if missing == 1 %}{% endif %}', 'TEMPLATE_UNDEFINED 1:7 "missing" is not defined'],
  ['{% if 1 == missing %}{% endif %}', 'TEMPLATE_UNDEFINED 1:7 "missing" is not defined'],
  ['{{ user.missing }}', 'TEMPLATE_FAILED 1:4 there is no such index'],
  ['{{ range }}', 'TEMPLATE_UNDEFINED 1:4 "range" is not defined'],
  ['{{ 1 | divided_by: 0 }}', 'TEMPLATE_FAILED 1:8 it is divided by zero'],
  ['{{}}', 'TEMPLATE_SYNTAX 1:1 Liquid: this begins an output or a tag, and is none'],
  ['a\n {{ a && b }}', 'TEMPLATE_SYNTAX 2:2 Liquid: this begins an output or a tag, and is none'],
  ['{{ a b }}', 'TEMPLATE_SYNTAX 1:6 Liquid: expected the end, not "b"'],
  ['{% nope %}', 'TEMPLATE_SYNTAX 1:1 Liquid: there is no tag named "nope" here'],
  ['{{ 1 | nope }}', 'TEMPLATE_SYNTAX 1:8 Liquid: there is no filter named "nope"'],
  ['{{ 1 | plus }}', 'TEMPLATE_SYNTAX 1:8 Liquid: the filter "plus" is given other arguments than it takes'],
  ['{% if flag %}', 'TEMPLATE_SYNTAX 1:1 Liquid: "if" has no end'],
  ['{% endif %}', 'TEMPLATE_SYNTAX 1:1 Liquid: there is no tag named "endif" here'],
  ['{% for x tags %}{% endfor %}', 'TEMPLATE_SYNTAX 1:10 Liquid: expected "in", not "tags"'],
  ['{% include "x" %}', 'TEMPLATE_FAILED 1:1 there are no partial templates'],
  ['{% for i in "abc" %}{% endfor %}', 'TEMPLATE_FAILED 1:1 a list is expected in a loop'],
];

describe('what is no Liquid, or fails', () => {
  it.each(REFUSED)('%s', (template, expected) => {
    expect(outcomeOf(template)).toBe(expected);
  });
});

const BOMBS: readonly (readonly [string, string])[] = [
  ['a huge range', '{% for i in (1..999999999) %}x{% endfor %}'],
  ['nested loops', '{% for i in (1..9999) %}{% for j in (1..9999) %}{{ j }}{% endfor %}{% endfor %}'],
  ['doubling by append', '{% assign x = "ab" %}{% for i in (1..90) %}{% assign x = x | append: x %}{% endfor %}'],
  ['doubling by replace', '{% assign x = "ab" %}{% for i in (1..90) %}{% assign x = x | replace: "a", x %}{% endfor %}'],
  ['doubling by concat', '{% assign x = tags %}{% for i in (1..90) %}{% assign x = x | concat: x %}{% endfor %}'],
  ['doubling by capture', '{% assign x = "ab" %}{% for i in (1..90) %}{% capture x %}{{ x }}{{ x }}{% endcapture %}{% endfor %}'],
  ['deep indexes', `{{ ${'a['.repeat(500)}1${']'.repeat(500)} }}`],
  ['deep blocks', `${'{% if flag %}'.repeat(500)}${'{% endif %}'.repeat(500)}`],
  ['doubling and sorting', `{% assign x = tags %}{% for i in (1..90) %}{% assign x = x | concat: x | sort %}{% endfor %}`],
];

describe('hostile templates end at a limit', () => {
  it.each(BOMBS)('%s', (_name, template) => {
    expect(outcomeOf(template)).toMatch(/^LIMIT_EXCEEDED/);
  });

  it('needs little time for long texts that are nearly Liquid', () => {
    const environment = createLiquidEnvironment({ now: '2026-03-05T07:08:09Z' });
    const texts = ['{{ '.repeat(20_000), `{% raw %}${'{{-'.repeat(20_000)}`, `{{ "${'a'.repeat(100_000)}`, ' '.repeat(100_000)];
    const started = performance.now();
    for (const text of texts) {
      try {
        renderTemplate(text, {
          name: 't',
          context: LIQUID_CONTEXT,
          environment,
          budget: createBudget({ steps: 1e6, outputBytes: 1e6, allocatedBytes: 1e6, depth: 100 }),
        });
      } catch (error) {
        expect(error).toBeInstanceOf(PacksmithError);
      }
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
