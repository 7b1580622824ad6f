import { expect, it } from 'vitest';
import { displayAnswer, formatReview, type ReviewRow } from './review-answers.ts';

const ROWS: ReviewRow[] = [
  { key: 'a', group: 'Basics', name: 'project_name', value: 'my-shop', source: 'default' },
  { key: 'b', group: 'Basics', name: 'description', value: 'A shop that sells a great many things to people', source: 'from --var' },
  { key: 'c', group: '', name: 'port', value: '3000', source: 'from PACKSMITH_VAR_PORT' },
];

it.each<[number, string[]]>([
  [
    100,
    [
      'Basics',
      '  project_name  my-shop                           (default)',
      '  description   A shop that sells a great many things to people  (from --var)',
      '',
      'Other',
      '  port          3000                              (from PACKSMITH_VAR_PORT)',
    ],
  ],
  [
    40,
    ['Basics', '  project_name  my-shop        (default)', '  description   A shop th…  (from --var)', '', 'Other', '  port          3000'],
  ],
  [20, ['Basics', '  project_n…  my-sh…', '  descripti…  A sho…', '', 'Other', '  port        3000']],
])('at %i columns', (columns, lines) => {
  expect(formatReview(ROWS, columns).split('\n')).toEqual(lines);
});

it('shows values on one line, secrets never', () => {
  expect(displayAnswer({ value: 'hunter2', isSecret: true })).toBe('••••••');
  expect(displayAnswer({ value: '', isSecret: true })).toBe('–');
  expect(displayAnswer({ value: ['a', 'b'], isSecret: false })).toBe('a, b');
  expect(displayAnswer({ value: [], isSecret: false })).toBe('–');
  expect(displayAnswer({ value: [1, 'b'], isSecret: false })).toBe('[1, "b"]');
  expect(displayAnswer({ value: 'a\n\u001b[31mb', isSecret: false })).toBe('a b');
});
