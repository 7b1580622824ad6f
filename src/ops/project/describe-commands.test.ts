import { describe, expect, it } from 'vitest';
import type { PlannedHook } from '../../core/plan/generation-plan.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { TransactionRecord } from '../../ports/project-dir.ts';
import { describeByHand, describeLeft, describeRan, toRanCommand } from './describe-commands.ts';

const hook = (name: string, more: Partial<PlannedHook> = {}): PlannedHook => ({
  pack: 'web',
  integrity: '',
  stage: 'post_generate',
  name,
  run: ['npm', 'run', `${name} it`],
  timeout: 1,
  continueOnError: false,
  ...more,
});

const script = { name: 'setup.sh', text: 'true\n' };
const change = (operation: TransactionRecord['operation'], ...hooks: PlannedHook[]): TransactionRecord => ({
  id: 'x',
  operation,
  finishedAt: '',
  paths: [{ path: 'a' as ProjectPath }],
  ...(hooks.length === 0 ? {} : { commands: hooks.map(toRanCommand) }),
});

describe('what is to be done by hand', () => {
  const UNDO = 'take the project back with `packs undo`, which leaves what hooks did';
  it.each<readonly [hooks: readonly PlannedHook[], text: string]>([
    [[hook('one')], `the project is written; run \`npm run 'one it'\` in it by hand, or ${UNDO}`],
    [[hook('a'), hook('b')], `the project is written; run \`npm run 'a it'\`, then \`npm run 'b it'\` in it by hand, or ${UNDO}`],
    [
      [hook('a'), hook('b', { script })],
      `the project is written, but the hook "b" of web is a script that is not in it: ${UNDO}, and give the command again`,
    ],
  ])('%#', (hooks, text) => expect(describeByHand(hooks)).toBe(text));
});

describe('what is said of commands', () => {
  const RAN = 'commands ran with the change, and what they did is not taken back: ';
  it.each<readonly [what: string, hooks: readonly PlannedHook[], texts: readonly string[]]>([
    ['nothing where none ran', [], []],
    [
      'their names and lines',
      [hook('a', { run: ['make'] }), hook('b', { run: ['sh'], script })],
      [`${RAN}"a" of web (\`make\`), "b" of web (\`sh setup.sh\`)`],
    ],
    ['the start of a long one', [hook('a', { run: ['x'.repeat(300)] })], [`${RAN}"a" of web (\`${'x'.repeat(200)}…\`)`]],
    [
      'the first of many',
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => hook(name, { run: ['m'] })),
      [expect.stringMatching(/"e" of web \(`m`\) and 2 more$/)],
    ],
  ])('%s', (_, hooks, texts) => expect(describeRan(change('generate', ...hooks))).toEqual(texts));

  it.each<readonly [what: string, records: readonly TransactionRecord[], isSaid: boolean]>([
    ['after the undo of a change with commands', [change('undo'), change('generate', hook('a'))], true],
    ['while the change is there', [change('generate', hook('a'))], false],
    ['after the undo of a change without', [change('undo'), change('generate')], false],
    ['where nothing was changed', [], false],
  ])('that they may have left something: %s', (_, records, isSaid) =>
    expect(describeLeft(records)?.includes('"a" of web') ?? false).toBe(isSaid),
  );
});
