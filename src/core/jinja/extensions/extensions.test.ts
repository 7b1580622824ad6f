import { describe, expect, it } from 'vitest';
import { nativeHash } from '../../../adapters/hash.ts';
import type { Value } from '../../pack/values.ts';
import { createEnvironment } from '../environment.ts';
import { renderTemplate } from '../render-template.ts';
import { loadExtensions } from './extension-set.ts';

const NAMES = [
  'cookiecutter.extensions.RandomStringExtension',
  'cookiecutter.extensions.SlugifyExtension',
  'cookiecutter.extensions.TimeExtension',
  'cookiecutter.extensions.UUIDExtension',
  'jinja2_ansible_filters.AnsibleCoreFiltersExtension',
  'jinja2_strcase.StrcaseExtension',
];

function render(template: string, context: Readonly<Record<string, Value>> = {}, now = '2026-03-05T07:08:09.123Z'): string {
  const { filters, functions } = loadExtensions(NAMES, { now, seed: 's' });
  const environment = createEnvironment({ settings: { python: true }, filters, functions, hash: nativeHash });
  return renderTemplate(template, { name: 'main', context: new Map(Object.entries(context)), environment });
}

/** What CPython's strftime gives on Linux. */
const TIMES: readonly (readonly [now: string, format: string, text: string])[] = [
  [
    '2026-03-05T07:08:09.123Z',
    '%a %A %b %B %d %e|%H %I %l %k %M %S %p %P|%j %y %Y %C %G %g %V %u %w %U %W',
    'Thu Thursday Mar March 05  5|07 07  7  7 08 09 AM am|064 26 2026 20 2026 26 10 4 4 09 09',
  ],
  ['2026-03-05T07:08:09.123Z', '%-d %-m %-y %-I %-j %-e|%_d %_m %_H|%^a %^B %0e|%E %Q %', '5 3 26 7 64 5| 5  3  7|THU MARCH 05|%E %Q %'],
  [
    '2026-03-05T07:08:09.123Z',
    '%s %f %z %Z %% %D %F %T %R %r %c %x %X %h %n%t|',
    '1772694489 123000 +0000 UTC % 03/05/26 2026-03-05 07:08:09 07:08 07:08:09 AM Thu Mar  5 07:08:09 2026 03/05/26 07:08:09 Mar \n\t|',
  ],
  [
    '2024-12-30T00:00:00.000Z',
    '%a %A %b %B %d %e|%H %I %l %k %M %S %p %P|%j %y %Y %C %G %g %V %u %w %U %W',
    'Mon Monday Dec December 30 30|00 12 12  0 00 00 AM am|365 24 2024 20 2025 25 01 1 1 52 53',
  ],
  [
    '2024-12-30T00:00:00.000Z',
    '%-d %-m %-y %-I %-j %-e|%_d %_m %_H|%^a %^B %0e|%E %Q %',
    '30 12 24 12 365 30|30 12  0|MON DECEMBER 30|%E %Q %',
  ],
  [
    '2024-12-30T00:00:00.000Z',
    '%s %f %z %Z %% %D %F %T %R %r %c %x %X %h %n%t|',
    '1735516800 000000 +0000 UTC % 12/30/24 2024-12-30 00:00:00 00:00 12:00:00 AM Mon Dec 30 00:00:00 2024 12/30/24 00:00:00 Dec \n\t|',
  ],
  [
    '2027-01-03T23:59:59.999Z',
    '%a %A %b %B %d %e|%H %I %l %k %M %S %p %P|%j %y %Y %C %G %g %V %u %w %U %W',
    'Sun Sunday Jan January 03  3|23 11 11 23 59 59 PM pm|003 27 2027 20 2026 26 53 7 0 01 00',
  ],
  ['2027-01-03T23:59:59.999Z', '%-d %-m %-y %-I %-j %-e|%_d %_m %_H|%^a %^B %0e|%E %Q %', '3 1 27 11 3 3| 3  1 23|SUN JANUARY 03|%E %Q %'],
  [
    '2027-01-03T23:59:59.999Z',
    '%s %f %z %Z %% %D %F %T %R %r %c %x %X %h %n%t|',
    '1799020799 999000 +0000 UTC % 01/03/27 2027-01-03 23:59:59 23:59 11:59:59 PM Sun Jan  3 23:59:59 2027 01/03/27 23:59:59 Jan \n\t|',
  ],
  [
    '2021-01-01T12:30:00.000Z',
    '%a %A %b %B %d %e|%H %I %l %k %M %S %p %P|%j %y %Y %C %G %g %V %u %w %U %W',
    'Fri Friday Jan January 01  1|12 12 12 12 30 00 PM pm|001 21 2021 20 2020 20 53 5 5 00 00',
  ],
  ['2021-01-01T12:30:00.000Z', '%-d %-m %-y %-I %-j %-e|%_d %_m %_H|%^a %^B %0e|%E %Q %', '1 1 21 12 1 1| 1  1 12|FRI JANUARY 01|%E %Q %'],
  [
    '2021-01-01T12:30:00.000Z',
    '%s %f %z %Z %% %D %F %T %R %r %c %x %X %h %n%t|',
    '1609504200 000000 +0000 UTC % 01/01/21 2021-01-01 12:30:00 12:30 12:30:00 PM Fri Jan  1 12:30:00 2021 01/01/21 12:30:00 Jan \n\t|',
  ],
  [
    '2000-02-29T13:01:02.050Z',
    '%a %A %b %B %d %e|%H %I %l %k %M %S %p %P|%j %y %Y %C %G %g %V %u %w %U %W',
    'Tue Tuesday Feb February 29 29|13 01  1 13 01 02 PM pm|060 00 2000 20 2000 00 09 2 2 09 09',
  ],
  [
    '2000-02-29T13:01:02.050Z',
    '%-d %-m %-y %-I %-j %-e|%_d %_m %_H|%^a %^B %0e|%E %Q %',
    '29 2 0 1 60 29|29  2 13|TUE FEBRUARY 29|%E %Q %',
  ],
  [
    '2000-02-29T13:01:02.050Z',
    '%s %f %z %Z %% %D %F %T %R %r %c %x %X %h %n%t|',
    '951829262 050000 +0000 UTC % 02/29/00 2000-02-29 13:01:02 13:01 01:01:02 PM Tue Feb 29 13:01:02 2000 02/29/00 13:01:02 Feb \n\t|',
  ],
];

/** What python-slugify 8.0 gives. */
const SLUGS: readonly (readonly [text: string, options: Readonly<Record<string, unknown>>, slug: string])[] = [
  ['&amp; &lt; &nosuch; &eacute; x', { entities: false }, 'amp-lt-nosuch-eacute-x'],
  ['&amp; &nosuch; x', {}, 'nosuch-x'],
  ['&#65; x', { decimal: false }, '65-x'],
  ['&#x41; &#xd800; x', { hexadecimal: false }, 'x41-xd800-x'],
  ['&#x41; x', {}, 'a-x'],
  ['jaja---lol-méméméoo--a', { max_length: 9 }, 'jaja-lol'],
  ['jaja---lol-méméméoo--a', { max_length: 15, word_boundary: true }, 'jaja-lol-a'],
  ['jaja---lol-a', { max_length: 4, word_boundary: true }, 'jaja'],
  ['longword', { max_length: 3, word_boundary: true }, 'lon'],
  ['one two three four', { max_length: 12, word_boundary: true }, 'one-two-four'],
  ['one two three four', { max_length: 12, word_boundary: true, save_order: true }, 'one-two'],
  ['one two', { max_length: 7, word_boundary: true }, 'one-two'],
  ['one two', { max_length: 100 }, 'one-two'],
  ["a,b 1,000 it's '''x'''", {}, 'a-b-1000-it-s-x'],
  ['A B', { lowercase: false }, 'A-B'],
  ['this has a stopword', { stopwords: ['stopword', 'a'] }, 'this-has'],
  ['a_b.c', { regex_pattern: '[^-a-z0-9_]+' }, 'a_b-c'],
  ['x -> y', { replacements: [['->', 'to']] }, 'x-to-y'],
  ['a b', { separator: '.' }, 'a.b'],
  ['é x', {}, 'e-x'],
  ['ёлка Йод', {}, 'elka-iod'],
  ['Українська Є', {}, 'ukrainska-e'],
  ['ガギグ カナ', {}, 'kakiku-kana'],
  ['한글 이름', {}, 'hangeul-ireum'],
  ['a½b', {}, 'a1-2b'],
  ['ΑΒΓ αβγ ά', {}, 'abg-abg-a'],
  ['', {}, ''],
];

describe('time', () => {
  it.each(TIMES)('%s as %j', (now, format, text) => {
    expect(render(`{% now 'utc', ${JSON.stringify(format)} %}`, {}, now)).toBe(text);
    expect(render('{{ f | strftime }}', { f: format }, now)).toBe(text);
  });

  it.each([
    ["{% now 'utc' + 'months=1', '%F' %}", '2026-02-28'],
    ["{% now 'utc' - 'years=1,days=30', '%F' %}", '2025-01-01'],
    ["{% now 'utc' + 'weeks=1,hours=1.5,minutes=-30,seconds=1,microseconds=1000', '%F %T' %}", '2026-02-07 01:00:01'],
    ["{% now 'utc' + 'months=11', '%F' %}", '2026-12-31'],
    ["{% now '-05:30', '%F %H:%M %z' %}", '2026-01-30 18:30 -0530'],
    ["{% now '02', '%H %z' %}", '02 +0200'],
    ["{% now 'America/New_York', '%H %z' %}", '19 -0500'],
    ["{{ '%F %T' | strftime(86400) }}", '1970-01-02 00:00:00'],
  ])('%s is %s', (template, text) => expect(render(template, {}, '2026-01-31T00:00:00.000Z')).toBe(text));

  it.each([
    ["{% now 'utc' + 'days' %}", '"days" is no offset of a time'],
    ["{% now 'utc' + 'eons=1' %}", '"eons=1" is no offset of a time'],
    ["{% now 'utc' + 'days=1e10' %}", '"days=1e10" is no offset of a time'],
    ["{% now 'utc' - 'years=3000' %}", 'the time is outside the years 1 to 9999'],
    ["{% now 'utc' + 'years=9000' %}", 'the time is outside the years 1 to 9999'],
    ["{% now 'Nowhere' %}", 'there is no time zone "Nowhere"'],
  ])('refuses %s', (template, message) => expect(() => render(template)).toThrow(message));
});

describe('slugify', () => {
  it.each(SLUGS)('%j with %j', (text, options, slug) => {
    const written = Object.entries(options).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    expect(render(`{{ text | slugify(${written.join(', ')}) }}`, { text })).toBe(slug);
  });

  it('takes options by their place too', () => expect(render("{{ 'a b c' | slugify(true, true, true, 3, false, '_') }}")).toBe('a_b'));

  it('keeps letters of the world where it may', () =>
    expect(render("{{ 'Ünï 漢字 ﬁ' | slugify(allow_unicode=true) }}")).toBe('ünï-漢字-fi'));

  it.each([
    ["{{ 'a' | slugify(regex_pattern='(?=a)') }}", '"regex_pattern" is not a regular expression that can be used here'],
    ["{{ '漢' | slugify }}", 'allow_unicode'],
  ])('refuses %s', (template, message) => {
    try {
      render(template);
      expect.unreachable();
    } catch (error) {
      expect(`${(error as Error).message} ${(error as { hint?: string }).hint}`).toContain(message);
    }
  });
});

describe('what other tools take from chance', () => {
  it('is the same again, of the length that is asked for, and another one each time', () => {
    const many = Array.from({ length: 5 }, () => '{{ [1, 2, 3, 4, 5, 6, 7, 8] | random }}').join('');
    expect(render(many)).toBe(render(many));
    expect(new Set(render(many)).size).toBeGreaterThan(1);
    expect(render('{{ random_ascii_string(0) }}|{{ random_ascii_string(-1) }}')).toBe('|');
    expect(render('{{ uuid4() }} {{ uuid4() }}')).toMatch(/^([\da-f-]{36}) (?!\1)[\da-f-]{36}$/);
  });

  it.each([
    ['{{ random_ascii_string(100001) }}', 'a random text has at most 100000 characters'],
    ['{{ [] | random }}', 'an empty sequence has no random item'],
  ])('refuses %s', (template, message) => expect(() => render(template)).toThrow(message));

  it('needs something to hash with', () => {
    const { filters, functions } = loadExtensions(NAMES, { now: '2026-03-05T07:08:09Z', seed: 's' });
    const environment = createEnvironment({ settings: { python: true }, filters, functions });
    expect(() => renderTemplate('{{ uuid4() }}', { name: 'main', context: new Map(), environment })).toThrow(
      'random values are not available here',
    );
  });
});

it.each([
  ["{{ 'some thing-here' | to_camel }}|{{ 'some thing-here' | to_lower_camel }}", 'SomeThingHere|someThingHere'],
  [
    "{{ 'SomeThing9' | to_snake }}|{{ 'SomeThing' | to_screaming_snake }}|{{ 'SomeThing' | to_kebab }}",
    'some_thing_9|SOME_THING|some-thing',
  ],
])('%s is %s', (template, text) => expect(render(template)).toBe(text));

describe('what no extension here defines', () => {
  it.each([
    ['{% hello x %}', /an extension in Python may define it, of which no statements are read/],
    ['{{ now() }}', /^available: cycler/],
  ])('%s says %s', (template, hint) => {
    try {
      render(template);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ hint: expect.stringMatching(hint) });
    }
  });
});
