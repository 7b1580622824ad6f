import { describe, expect, it } from 'vitest';
import type { PackName } from '../../core/pack/pack-name.ts';
import type { GenerationPlan, PlannedPath } from '../../core/plan/generation-plan.ts';
import { formatArguments } from '../../core/text/format-arguments.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { CatalogueEntry } from '../../ports/pack-repository.ts';
import { COLOUR_STYLE, PLAIN_STYLE } from '../style.ts';
import type { Terminal } from '../terminal.ts';
import { textWidth } from '../text-width.ts';
import { viewDiff } from './diff.ts';
import { formatBytes, formatCount, formatValue } from './format-value.ts';
import { toListResult, viewPackList } from './pack-list.ts';
import { viewAppliedPlan, viewHooks, viewPlan } from './plan.ts';
import { countDrift, viewStatus } from './status.ts';
import { viewTable } from './table.ts';
import { viewValidation } from './validation.ts';

const EVIL = '\u001b[2J\u001b]0;title\u0007evil\u009b31m\u202e';
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;
const plain = (columns?: number): Terminal => ({ columns, style: PLAIN_STYLE });

function entry(id: string, more: Partial<CatalogueEntry> = {}): CatalogueEntry {
  return {
    id,
    version: '1.0.0',
    title: id,
    description: `The pack ${id}, described in a sentence that is long enough to be cut`,
    category: 'web',
    keywords: [],
    license: undefined,
    provenance: { kind: 'builtin', location: '/packs' },
    counts: { templates: 1, variables: 0, packages: 0, dependencies: 0, queries: 0, hooks: 0 },
    shadowedBy: undefined,
    isBroken: false,
    diagnostics: [],
    ...more,
  };
}

function path(name: string, action: PlannedPath['action'], more: Partial<PlannedPath> = {}): PlannedPath {
  return { path: name as ProjectPath, action, class: 'new', reason: 'new', packs: ['web'], ...more };
}

function plan(...paths: PlannedPath[]): GenerationPlan {
  const packs = [{ id: 'web' as PackName, version: '1.0.0', source: 'builtin', integrity: 'sha512-x', because: 'asked for' }];
  return {
    format: 1,
    operation: 'generate',
    packs,
    answers: [],
    paths,
    contents: {},
    hooks: [],
    decisions: [],
    conflicts: [],
    warnings: [],
  };
}

describe('viewTable', () => {
  const columns = [
    { title: 'ID', cells: ['a', 'bcd'] },
    { title: 'EMPTY', cells: ['', ''] },
    { title: 'TEXT', cells: ['one two three four five six', 'x'], isFlexible: true },
  ];

  it.each<[string, number | undefined, string]>([
    ['whole where there is no terminal', undefined, 'ID   TEXT\na    one two three four five six\nbcd  x\n'],
    ['cut to the terminal', 24, 'ID   TEXT\na    one two three four…\nbcd  x\n'],
    ['below each row where it is narrow', 18, 'ID\na\n    one two three…\nbcd\n    x\n'],
  ])('is %s', (_, width, text) => expect(viewTable(columns, plain(width))).toBe(text));

  it.each<[string, readonly string[], number | undefined, string]>([
    ['keeps what is the same in each row while there is room', ['s', 's'], 30, 'ID   FROM  TEXT\na    s     one two three\nbcd  s     x\n'],
    ['leaves it out for what would be cut', ['s', 's'], 22, 'ID   TEXT\na    one two three\nbcd  x\n'],
    ['cuts where rows differ', ['s', 't'], 22, 'ID   FROM\na    s\n    one two three\nbcd  t\n    x\n'],
  ])('%s', (_, cells, width, text) => {
    const from = { title: 'FROM', cells, isOptional: true };
    const prose = { title: 'TEXT', cells: ['one two three', 'x'], isFlexible: true };
    expect(viewTable([{ title: 'ID', cells: ['a', 'bcd'] }, from, prose], plain(width))).toBe(text);
  });

  it('is nothing without rows', () => expect(viewTable([{ title: 'A', cells: [] }], plain())).toBe(''));

  it('removes control sequences and line breaks', () => {
    expect(viewTable([{ title: 'A', cells: [`${EVIL}\nb`] }], plain())).toBe('A\nevil b\n');
  });
});

describe('a validation', () => {
  const warned = { id: 'web', version: '1.0.0', diagnostics: [{ code: 'X', severity: 'warning', message: 'odd' }] } as never;

  it('takes warnings for what must be mended only where it is strict', () => {
    expect(viewValidation('web', warned, { ...plain(), isStrict: false })).toMatch(/^valid: web 1\.0\.0 has 0 errors and 1 warning\n/);
    expect(viewValidation('web', warned, { ...plain(), isStrict: true })).toMatch(/^invalid: web 1\.0\.0 has 0 errors and 1 warning\n/);
  });
});

describe('the list of packs', () => {
  it('marks what is broken and what is hidden', () => {
    const hidden = entry('a', { shadowedBy: { kind: 'project', location: './packs' }, isBroken: true });
    expect(viewPackList([hidden], plain())).toContain('broken, hidden by project');
  });

  it.each([30, 40, 60, 80, 200])('fits into %i columns', (columns) => {
    const lines = viewPackList([entry('web-api'), entry('b')], plain(columns)).split('\n');
    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(columns);
  });

  it('says how many are left out, and what to do when there is none', () => {
    const list = { packs: [entry('a')], total: 3, categories: [{ name: 'web', count: 3 }] };
    expect(toListResult(list, false)).toMatchObject({ warnings: ['2 more of 3 packs are not shown'], next: ['packs show a'] });
    expect(toListResult({ ...list, packs: [], total: 0 }, false).view(plain())).toBe('no packs match\n');
    expect(toListResult(list, true).view(plain())).toBe('CATEGORY  PACKS\nweb       3\n');
  });
});

describe('a plan', () => {
  const full = plan(
    path('a.txt', 'create'),
    path('b.txt', 'update', { class: 'refreshed', reason: 'the pack changed it', packs: ['web', 'ci'] }),
    path('c.txt', 'keep', { class: 'unchanged', reason: 'as it is' }),
    path('d.txt', 'keep', { class: 'edited', reason: 'edited by you' }),
    path('e.txt', 'conflict', { class: 'in-the-way', reason: 'yours is there' }),
  );

  it('lists what changes or needs a look', () => {
    expect(viewPlan(full, plain())).toBe(`web 1.0.0 (builtin)

create    a.txt  new
update    b.txt  the pack changed it; from web and ci
keep      d.txt  edited by you
conflict  e.txt  yours is there

1 file to create, 1 file to update, 1 unchanged, 1 kept as you have them, 1 conflict
`);
  });

  it('says in the end what was done', () => {
    expect(viewAppliedPlan(full, { directory: 'my-api', terminal: plain() }).split('\n')[0]).toBe(
      'done: 1 file created, 1 file updated, 1 unchanged, 1 kept as you have them, 1 conflict in my-api from web 1.0.0',
    );
    expect(viewAppliedPlan(plan(), { directory: 'x', terminal: plain() })).toBe('done: nothing to change in x from web 1.0.0\n');
  });

  it('has nothing to say of records that stay as they are', () => {
    const update = plan(path('a.txt', 'update'), path('packsmith.toml', 'keep', { class: 'record', reason: 'unchanged', packs: [] }));
    const done = viewAppliedPlan(update, { directory: '.', terminal: plain() });
    expect(done).toBe('done: 1 file updated, 1 unchanged in . from web 1.0.0\n');
    expect(viewAppliedPlan(update, { directory: '.', terminal: plain(30) })).toBe(
      'done: 1 file updated, 1\n  unchanged in . from web\n  1.0.0\n',
    );
  });

  it('fits into a narrow terminal', () => {
    expect(viewPlan(full, plain(30)).split('\n')).toContain('update    b.txt  the pack cha…');
  });

  it('means the same with colour', () => {
    const coloured = viewPlan(full, { columns: undefined, style: COLOUR_STYLE });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of the colours
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(viewPlan(full, plain()));
  });

  it('shows nothing that a terminal would obey', () => {
    const hook = {
      pack: EVIL,
      integrity: '',
      stage: 'post_generate',
      name: EVIL,
      run: [EVIL],
      timeout: 1,
      continueOnError: false,
    } as const;
    const evil = { ...plan(path(EVIL, 'create', { reason: EVIL, packs: [EVIL, EVIL] })), hooks: [hook] };
    expect(viewPlan(evil, plain())).not.toMatch(CONTROL);
    expect(viewAppliedPlan(evil, { directory: EVIL, terminal: plain() })).not.toMatch(CONTROL);
    expect(viewDiff(`--- a\n+++ b\n+${EVIL}\n`, plain())).not.toMatch(CONTROL);
  });

  it('shows hooks exactly', () => {
    const hook = { pack: 'web', integrity: '', stage: 'post_generate', name: 'install', timeout: 300, continueOnError: true } as const;
    expect(viewHooks([{ ...hook, run: ['npm', 'install', '--omit', "it's; rm -rf $HOME"] }], PLAIN_STYLE)).toBe(
      "Hooks, which run only with your consent\n  web post-generate: install (at most 300 seconds)\n      npm install --omit 'it'\\''s; rm -rf $HOME'\n",
    );
  });
});

it('a script is shown with everything that is in it', () => {
  const hook = { pack: 'a' as never, integrity: 'sha512-x', stage: 'post_generate', name: 'h', timeout: 1, optional: false } as const;
  const script = { name: 'h.sh', text: "echo a\u001b]0;rm x;\u0007\n\tb\r\n'c'\u202e\n" };
  expect(viewHooks([{ ...hook, run: ['sh'], script } as never], PLAIN_STYLE)).toContain(
    "      | echo a\\x1b]0;rm x;\\x07\n      | \tb\n      | 'c'\\u202e\n",
  );
});

it('quotes words with control characters as Bash does', () => {
  expect(formatArguments(["it's\u001b\\", 'a\nb'])).toBe("$'it\\'s\\x1b\\\\' $'a\\nb'");
});

describe('the status of a project', () => {
  const status = {
    packs: [],
    pending: [],
    baseline: 'intact' as const,
    data: [],
    isClean: false,
    files: (['as-generated', 'edited', 'missing'] as const).map((state) => ({
      path: `${state}.txt` as ProjectPath,
      state,
      class: 'unchanged' as const,
      action: 'keep' as const,
      reason: '',
      packs: ['web'],
    })),
  };

  it('names data that is not as it was read', () => {
    const data = (['as-read', 'changed', 'missing', 'unknown'] as const).map((state) => ({
      pack: 'p',
      name: state,
      path: `../${state}.ttl`,
      state,
    }));
    const text = viewStatus({ ...status, files: [], data }, { terminal: plain(), showsAll: false });
    expect(text).toContain(
      'changed data  ../changed.ttl  data.changed of p\nmissing data  ../missing.ttl  data.missing of p\nunknown data  ../unknown.ttl',
    );
    expect(text).not.toContain('as-read');
  });

  it.each<readonly [what: string, settled: readonly boolean[], packs: readonly string[], since: string | undefined, lines: string]>([
    [
      'is to be settled',
      [true, false],
      ['web 1.1.0'],
      '2026-01-02T03:04:05.678Z',
      'packs update of web 1.1.0, made 2026-01-02T03:04:05.678Z, waits to be recorded: 1 of 2 files to settle\nsettled    0.txt\nto settle  1.txt  how\n',
    ],
    [
      'is settled',
      [true],
      ['a 1.0.0', 'b 1.0.0', 'c 1.0.0', 'd 1.0.0'],
      undefined,
      'packs update of a 1.0.0, b 1.0.0, c 1.0.0 and 1 pack more waits to be recorded: everything is settled\nsettled    0.txt\n',
    ],
  ])('tells of a change that %s', (_, settled, packs, since, lines) => {
    const pending = settled.map((isSettled, index) => ({
      path: `${index}.txt` as ProjectPath,
      isSettled,
      ...(isSettled ? {} : { open: 'how' }),
    }));
    const waiting = { operation: 'update', packs, ...(since && { since }) };
    const text = viewStatus({ ...status, files: [], pending, waiting }, { terminal: plain(), showsAll: false });
    expect(text).toBe(`${lines}\n0 generated files, all as generated\n`);
  });

  it('lists what differs, or everything', () => {
    expect(countDrift(status)).toBe(2);
    expect(viewStatus(status, { terminal: plain(), showsAll: false })).toBe(
      'edited   edited.txt\nmissing  missing.txt\n\n3 generated files: 1 edited, 1 missing\n',
    );
    expect(viewStatus(status, { terminal: plain(), showsAll: true })).toContain('as-generated  as-generated.txt\n');
    expect(viewStatus({ ...status, files: [] }, { terminal: plain(), showsAll: true })).toBe('0 generated files, all as generated\n');
  });
});

describe('values for people', () => {
  it.each([
    ['text', 'text'],
    [true, 'true'],
    [null, 'null'],
    [12n, '12'],
    [['a', 1], '["a", 1]'],
    [new Map([['k', 'v']]), '{ k = "v" }'],
    [EVIL, 'evil'],
  ])('formats %s', (value, text) => expect(formatValue(value)).toBe(text));

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1500, '1.5 kB'],
    [2_000_000, '2.0 MB'],
  ])('formats %i bytes as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it('counts and quotes', () => {
    expect([formatCount(0, 'file'), formatCount(1, 'file')]).toEqual(['0 files', '1 file']);
    expect(formatArguments(['a', '', 'b c', '$x'])).toBe("a '' 'b c' '$x'");
  });
});
