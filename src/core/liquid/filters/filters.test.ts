import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../testing/liquid-fixture.ts';

describe('filters take what they are given as liquid-rust does', () => {
  it.each([
    ['{{ "2026-01-02" | date: "%d.%m.%Y %H:%M:%S %z" }}', '02.01.2026 00:00:00 +0000'],
    ['{{ "2026-01-02 03:04" | date: "%Y-%m-%dT%H:%M:%S" }}', '2026-01-02T03:04:00'],
    ['{{ "2026-01-02T03:04:05" | date: "%H:%M:%S" }}', '03:04:05'],
    ['{{ "2026-01-02T03:04:05.678Z" | date: "%H:%M:%S %z" }}', '03:04:05 +0000'],
    ['{{ "2026-01-02 03:04:05 +0130" | date: "%H:%M %z" }}{{ "2026-01-02 03:04:05 +01:30" | date: "%H:%M %z" }}', '03:04 +013003:04 +0130'],
    ['{{ "2026-01-02 03:04:05 -0730" | date: "%H:%M %z" }}{{ "2026-01-02 03:04:05 UTC" | date: "%H:%M %z" }}', '03:04 -073003:04 +0000'],
    [
      '{{ "2026-01-01 00:30 +0100" | date: "%s" }} {{ "2026-01-01 00:30 -0100" | date: "%s" }} {{ "2026-01-01 00:30" | date: "%s" }}',
      '1767223800 1767231000 1767227400',
    ],
    [
      '{{ "5 March 2026" | date: "%F" }} {{ "15 mar 2026 1:02" | date: "%F %R" }} {{ "1 December 1999 23:59:59 Z" | date: "%F %T" }}',
      '2026-03-05 2026-03-15 01:02 1999-12-01 23:59:59',
    ],
    [
      '{{ "5 Jan 2026" | date: "%m" }}{{ "5 Feb 2026" | date: "%m" }}{{ "5 Apr 2026" | date: "%m" }}{{ "5 May 2026" | date: "%m" }}{{ "5 Jun 2026" | date: "%m" }}{{ "5 Jul 2026" | date: "%m" }}{{ "5 Aug 2026" | date: "%m" }}{{ "5 Sep 2026" | date: "%m" }}{{ "5 Oct 2026" | date: "%m" }}{{ "5 Nov 2026" | date: "%m" }}{{ "5 Dec 2026" | date: "%m" }}',
      '0102040506070809101112',
    ],
    ['{{ "today" | date: "%F" }} {{ " 2026-01-02 " | date: "%F" }} {{ "now" | date: "" }}', '2026-03-05 2026-01-02 now'],
    [
      '{{ "2026-13-02" | date: "%F" }} {{ "2026-00-02" | date: "%F" }} {{ "2026-01-32" | date: "%F" }} {{ "2026-01-00" | date: "%F" }} {{ "5 Xyz 2026" | date: "%F" }} {{ "2026-1-2" | date: "%F" }} {{ "x2026-01-02" | date: "%F" }} {{ "2026-01-02x" | date: "%F" }} {{ 5 | date: "%F" }}',
      '2026-13-02 2026-00-02 2026-01-32 2026-01-00 5 Xyz 2026 2026-1-2 x2026-01-02 2026-01-02x 5',
    ],
    ['{{ nothing | size }} {{ 12 | size }} {{ user | size }} {{ true | size }} {{ none | size }} {{ "äö" | size }}', '0 2 2 4 0 4'],
    [
      '{{ tags | first }} {{ none | first }} {{ "äb" | first }} {{ "" | first }} {{ 12 | last }} {{ "aä" | last }} {{ tags | last }}',
      'a  ä  2 ä c',
    ],
    [
      '{{ tags | join }} {{ tags | join: "" }} {{ tags | join: ", " }} {{ none | join: "x" }} {{ numbers | join: 0 }}',
      'a b c abc a, b, c  30102',
    ],
    ['{{ tags | reverse | join }} {{ tags | concat: tags | join }} {{ none | concat: tags | join }}', 'c b a a b c a b c a b c'],
    [
      '{{ people | map: "n" | join }} {{ people | map: "age" | join }} {{ people | map: "x" | join }} {{ tags | map: "n" | join }}',
      'Bo al Cy 3 1  ',
    ],
    [
      '{{ people | where: "n", "Bo" | map: "age" | join }} {{ people | where: "age" | map: "n" | join }} {{ people | where: "age", 1 | map: "n" | join }} {{ people | where: "x" | size }} {{ tags | where: "x" }}|{{ user | where: "name", "Ada" | size }}{{ user | where: "name", "Bo" | size }}',
      '3 Bo al al 0 |10',
    ],
    ['{{ people | compact: "age" | size }} {{ tags | compact | join }} {{ people | map: "age" | compact | join }}', '2 a b c 3 1'],
    [
      '{{ "b,a,c,a" | split: "," | uniq | join }} {{ "b,a,c,a" | split: "," | sort | join }} {{ numbers | sort | reverse | join }} {{ nothing | sort | size }} {{ 5 | sort | join }}',
      'b a c a a b c 3 2 1 0 5',
    ],
    [
      '{{ people | sort: "n" | map: "n" | join }} {{ people | sort_natural: "n" | map: "n" | join }} {{ people | sort: "age" | map: "n" | join }} {{ people | sort_natural: "age" | map: "n" | join }} {{ "b,A,a,B" | split: "," | sort | join }} {{ "b,A,a,B" | split: "," | sort_natural | join }}',
      'Bo Cy al al Bo Cy al Bo Cy al Bo Cy A B a b A a b B',
    ],
    [
      '{{ tags | slice: 0 }} {{ tags | slice: 1, 5 }} {{ tags | slice: -2 }} {{ tags | slice: -2, 2 }} {{ tags | slice: 9 }}|{{ tags | slice: -9, 2 }}|{{ "abc" | slice: 1 }} {{ "äbc" | slice: 1, 2 }} {{ "abc" | slice: -1 }} {{ "abc" | slice: 5 }}| {{ 123 | slice: 0, 2 }} {{ "abc" | slice: "1", "2" }}',
      'a bc b bc ||b bc c | 12 bc',
    ],
    [
      '{{ 5 | plus: 2 }} {{ 5 | plus: "2" }} {{ "5" | plus: 2.5 }} {{ 5 | minus: 7 }} {{ 2.5 | minus: 1 }} {{ 3 | times: 4 }} {{ 3 | times: 0.5 }} {{ ".5" | times: 2 }} {{ "5." | times: 2 }} {{ "1e2" | plus: 1 }} {{ "-1.5e-1" | times: 2 }}',
      '7 7 7.5 -2 1.5 12 1.5 1 10 101 -0.3',
    ],
    [
      '{{ 7 | divided_by: 2 }} {{ -7 | divided_by: 2 }} {{ 7 | divided_by: -2 }} {{ 7 | divided_by: 2.0 }} {{ 7.0 | divided_by: 2 }} {{ 1 | divided_by: 0.0 }} {{ 7 | modulo: 3 }} {{ -7 | modulo: 3 }} {{ 7 | modulo: -3 }} {{ 7.5 | modulo: 2 }}',
      '3 -3 -3 3.5 3.5 inf 1 -1 1 1.5',
    ],
    [
      '{{ 3 | at_least: 5 }} {{ 3 | at_least: 1 }} {{ 3 | at_most: 5 }} {{ 3 | at_most: 1 }} {{ 2.5 | at_least: 1 }} {{ 2 | at_most: 1.5 }}',
      '5 3 3 1 2.5 1.5',
    ],
    ['{{ -3 | abs }} {{ 3 | abs }} {{ -2.5 | abs }} {{ "-4" | abs }} {{ "-4.5" | abs }} {{ 0 | abs }}', '3 3 2.5 4 4.5 0'],
    [
      '{{ 1.2 | ceil }} {{ -1.2 | ceil }} {{ 3 | ceil }} {{ "1.2" | ceil }} {{ 1.8 | floor }} {{ -1.2 | floor }} {{ 99999999999 | floor }} {{ -99999999999 | ceil }}',
      '2 -1 3 2 1 -2 2147483647 -2147483648',
    ],
    [
      '{{ 1.4 | round }} {{ 1.5 | round }} {{ -1.5 | round }} {{ 2.5 | round }} {{ 1.25 | round: 1 }} {{ -1.25 | round: 1 }} {{ 1.234 | round: 2 }} {{ 15 | round: -1 }} {{ 1.5 | round: 0 }} {{ 99999999999 | round }} {{ "1.55" | round: "1" }}',
      '1 2 -2 3 1.3 -1.3 1.23 15 2 2147483647 1.6',
    ],
    [
      '{{ "abc" | capitalize }} {{ "ABC def" | capitalize }} {{ "" | capitalize }}| {{ "äb" | capitalize }} {{ 5 | capitalize }}',
      'Abc ABC def | Äb 5',
    ],
    [
      '{{ "a.b.a" | remove: "a" }} {{ "a.b.a" | remove_first: "a" }} {{ "a.b.a" | remove: "" }} {{ "aaa" | replace: "a", "$1" }} {{ "aaa" | replace_first: "a", "$&" }} {{ "ab" | replace: "", "-" }} {{ "ab" | replace: "x", "y" }} {{ "aa" | replace: "a" }}|{{ "aa" | replace_first: "a" }}',
      '.b. .b.a a.b.a $1$1$1 $&aa -a-b- ab |a',
    ],
    [
      '{{ "abcdef" | truncate: 5 }} {{ "abcdef" | truncate: 6 }} {{ "abcdef" | truncate: 7 }} {{ "abcdef" | truncate: 2 }} {{ "abcdef" | truncate: 3, "" }} {{ "abcdef" | truncate: -1 }} {{ "abcdef" | truncate: 4, "…" }} {{ "abcdef" | truncate: 0 }} {{ "e\\u0301" | truncate: 1, "" }}',
      'ab... abcdef abcdef ... abc abcdef a… ... e',
    ],
    [
      '{{ "a b c" | truncatewords: 2 }} {{ "a b c" | truncatewords: 3 }} {{ "a b c" | truncatewords: 0 }} {{ "a b c" | truncatewords: 1, "" }} {{ "a b c" | truncatewords: -1 }} {{ "a b c" | truncatewords }}',
      'a b... a b c ... a a b c a b c',
    ],
    [
      '{{ "a<script>b</script>c<style>d</style>e<!-- f -->g<b>h</b>" | strip_html }} {{ "a<b" | strip_html }} {{ "a>b" | strip_html }} {{ "<SCRIPT>x</SCRIPT>y" | strip_html }} {{ "<script>x" | strip_html }} {{ "a<!-- b" | strip_html }}',
      'acegh a<b a>b y x a<!-- b',
    ],
    ['{{ "%" | url_decode }} {{ "a%2" | url_decode }} {{ "%20%7E" | url_decode }}', '% a%2  ~'],
    [
      '{{ "a,b" | split: "," | size }} {{ "a,b," | split: "," | size }} {{ "ab" | split: "" | size }} {{ "" | split: "" | size }} {{ "a b" | split: " " | join: "-" }} {{ 1.5 | split: "." | join: "-" }}',
      '2 3 4 0 a-b 1-5',
    ],
    [
      '{{ "" | default: 1 }} {{ "x" | default: 1 }} {{ false | default: 1 }} {{ true | default: 1 }} {{ nil | default: 1 }} {{ none | default: 1 }} {{ 0 | default: 1 }} {{ " " | default: 1 }}',
      '1 x 1 true 1 1 0  ',
    ],
    [
      '{{ "a b_c-d" | kebab_case }} {{ "HTTPServer2Go" | snake_case }} {{ "a1b" | snake_case }} {{ "a-b" | pascal_case }} {{ "a b" | lower_camel_case }} {{ "aB" | shouty_snake_case }} {{ "aB" | shouty_kebab_case }} {{ "aB cD" | title_case }} {{ "" | snake_case }}| {{ "--a--" | kebab_case }} {{ "äÖü" | snake_case }} {{ "ABc" | snake_case }} {{ "9a" | upper_camel_case }}',
      'a-b-c-d http_server2_go a1b AB aB A_B A-B A B C D | a ä_öü a_bc 9a',
    ],
    [
      '{{ name | append: "x" | prepend: "y" | upcase | downcase | strip }}{{ " a " | lstrip }}|{{ " a " | rstrip }}|{{ "a\\nb" | newline_to_br }}|{{ "a" | append: 5 }}{{ 5 | append: nil }}',
      'yadaxa | a|a\\nb|a55',
    ],
    ['{{ nothing | split: "," }}', ''],
    [
      '{{ -1 | divided_by: 0.0 }} {{ 0 | divided_by: 0.0 }} {{ "1e25" | plus: 0.5 }} {{ "-1.5e21" | times: 1.0 }}',
      '-inf NaN 10000000000000000000000000 -1500000000000000000000',
    ],
    [
      '{{ "1.5e-7" | plus: 0 }} {{ "-2e-9" | times: 1 }} {{ "1e-6" | plus: 0 }} {{ 0.1 | plus: 0.2 }}',
      '0.00000015 -0.000000002 0.000001 0.30000000000000004',
    ],
  ])('%s', (template, expected) => expect(outcomeOf(template)).toBe(expected));
});
