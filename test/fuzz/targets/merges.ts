import { chooseDriver } from '../../../src/core/compose/merges/choose-driver.ts';
import { mergeEnv } from '../../../src/core/compose/merges/env.ts';
import { mergeIni } from '../../../src/core/compose/merges/ini.ts';
import { mergeJson } from '../../../src/core/compose/merges/json.ts';
import { mergeLines } from '../../../src/core/compose/merges/lines.ts';
import type { MergeDriver, MergeOutcome } from '../../../src/core/compose/merges/merge-driver.ts';
import { mergePackages } from '../../../src/core/compose/merges/packages.ts';
import { mergeSections } from '../../../src/core/compose/merges/sections.ts';
import { mergePlainText } from '../../../src/core/compose/merges/text.ts';
import { mergeToml } from '../../../src/core/compose/merges/toml.ts';
import { mergeYaml } from '../../../src/core/compose/merges/yaml.ts';
import { type FuzzTarget, hold, partsOf } from '../fuzz-target.ts';

interface Driver {
  readonly name: string;
  readonly merge: MergeDriver;
  readonly path: string;
  readonly words: readonly string[];
}

const JSON_WORDS = [
  '{',
  '}',
  '[',
  ']',
  '"a"',
  ': ',
  ', ',
  '\n',
  '"name"',
  'null',
  'true',
  '1',
  '// c\n',
  '/* c */',
  '"\\ud800"',
  '"__proto__"',
  '{}',
  '[]',
  ',\n',
];
const YAML_WORDS = [
  '- ',
  ': ',
  '\n  ',
  '\n',
  '# c\n',
  '&a ',
  '*a',
  '<<: *a',
  '|',
  '>-',
  '"',
  "'",
  '? ',
  '---\n',
  '...\n',
  '!!str ',
  '{a: 1}',
  '[1, 2]',
  'name: ',
  '~',
  'a:\n  b: 1\n',
  '\t',
];
const TOML_WORDS = [
  '[a]',
  '[[a]]',
  'a = 1\n',
  'a.b = ',
  '{ a = 1 }',
  '[1, 2]',
  '"""',
  "'''",
  '# c\n',
  '\n',
  '"k" = ',
  ' = ',
  'true',
  '[a.b]',
  '1979-05-27',
  ',',
];
const PACKAGE_WORDS = [
  '"dependencies"',
  '"devDependencies"',
  '"scripts"',
  '"^1.2.0"',
  '">=2 <3"',
  '"*"',
  '"workspace:*"',
  '"engines"',
  '"node"',
  '"git+https://x/y"',
];

const DRIVERS: readonly Driver[] = [
  { name: 'json', merge: mergeJson, path: 'x.json', words: JSON_WORDS },
  { name: 'yaml', merge: mergeYaml, path: 'x.yaml', words: YAML_WORDS },
  { name: 'toml', merge: mergeToml, path: 'x.toml', words: TOML_WORDS },
  { name: 'packages-npm', merge: mergePackages, path: 'package.json', words: [...JSON_WORDS, ...PACKAGE_WORDS] },
  {
    name: 'packages-python',
    merge: mergePackages,
    path: 'pyproject.toml',
    words: [
      ...TOML_WORDS,
      '[project]',
      'dependencies = [',
      '"a>=1"',
      '"a[x]~=2.0; python_version < \'3\'"',
      'requires-python',
      '[tool.poetry.dependencies]',
      '"^1"',
    ],
  },
  {
    name: 'packages-cargo',
    merge: mergePackages,
    path: 'Cargo.toml',
    words: [...TOML_WORDS, '[dependencies]', 'serde', '"1.0"', '{ version = "1", features = ["x"] }'],
  },
  { name: 'ini', merge: mergeIni, path: '.editorconfig', words: ['[*]', '[*.md]', 'root = true\n', '=', ';', '#', '\n', ' : ', 'a=b\n'] },
  {
    name: 'env',
    merge: mergeEnv,
    path: '.env',
    words: ['A=1\n', 'export ', '=', '"', "'", '# c\n', '\n', '$A', '$\u{7b}A}', '\\n', 'B="x\ny"\n'],
  },
  {
    name: 'lines',
    merge: mergeLines,
    path: '.gitignore',
    words: ['*.log\n', '!keep\n', '# Node\n', '\n', 'dist/\n', '/a\n', '\\#x\n', 'a \n'],
  },
  {
    name: 'sections',
    merge: mergeSections,
    path: 'README.md',
    words: [
      '# A\n',
      '## Use\n',
      '---\n',
      '```\n',
      '~~~\n',
      '===\n',
      'title: x\n',
      '\n\n',
      '<!-- c -->',
      '    # code\n',
      '- item\n',
      '> ',
      '## Use ##\n',
      '+++\n',
    ],
  },
  {
    name: 'plain',
    merge: mergePlainText,
    path: 'x.ts',
    words: ['a\n', 'b\n', '\n', '<<<<<<< ours\n', '=======\n', '>>>>>>> theirs\n', '|||||||', '\r\n', '\ufeff', '  x();\n'],
  },
];

const labels = { ours: 'ours', theirs: 'theirs' };
/** For `lines` and the like, a text that nobody would call one file is merged all the same; longer ones are not in their laws. */
const textOfMerge = (outcome: MergeOutcome): string | undefined => (outcome.kind === 'merged' ? outcome.text : undefined);

/** What parts an outcome has must be said, and conflicts marked. */
function checkOutcome(outcome: MergeOutcome): void {
  if (outcome.kind === 'unparsable') hold(outcome.reason !== '' && outcome.reason.length < 2000, 'a reason is given');
  if (outcome.kind !== 'conflict') return;
  hold(outcome.conflicts.length > 0, 'a conflict has a place');
  hold(/^\ufeff?<{7,} ours$/m.test(outcome.marked.replaceAll('\r', '')), 'a conflict is marked', () =>
    JSON.stringify(outcome.marked.slice(0, 200)),
  );
}

function runDriver({ merge, path }: Driver, input: Uint8Array): string {
  const [base = '', ours = '', theirs = ''] = partsOf(input);
  const run = (sides: { base?: string; ours: string; theirs: string }): MergeOutcome => {
    const outcome = merge({ ...sides, labels, path });
    checkOutcome(outcome);
    return outcome;
  };
  const unchanged = [
    run({ base, ours, theirs: base }),
    run({ base, ours: base, theirs: ours }),
    run({ base, ours, theirs: ours }),
    run({ ours, theirs: ours }),
  ];
  for (const outcome of unchanged) if (outcome.kind !== 'unparsable') hold(textOfMerge(outcome) === ours, 'who did not change has no say');
  const three = run({ base, ours, theirs });
  const two = run({ ours, theirs });
  const swapped = run({ ours: theirs, theirs: ours });
  const isRead = two.kind !== 'unparsable' && swapped.kind !== 'unparsable';
  hold(!isRead || two.kind === swapped.kind, 'the same in both orders', () => `${two.kind} ${swapped.kind}`);
  const merged = textOfMerge(two);
  if (merged !== undefined) {
    const again = run({ ours: merged, theirs });
    hold(textOfMerge(again) === merged, 'merging again changes nothing', () => `${JSON.stringify(merged)} ${JSON.stringify(again)}`);
  }
  const joined = textOfMerge(three);
  if (joined !== undefined) {
    const kept = run({ ours: joined, theirs: joined });
    hold(kept.kind !== 'unparsable', 'what was merged can be read', () => JSON.stringify(joined));
  }
  return `${chooseDriver(path)} ${three.kind} ${two.kind}`;
}

const LAWS = [
  'never throws: merged, in conflict with marks, or not to be parsed with a reason',
  'who did not change has no say',
  'two packs give the same kind of outcome in both orders, where both can be read and written',
  'merging again changes nothing',
  'what was merged can be read again',
];

export const mergeTargets: readonly FuzzTarget[] = DRIVERS.map((driver) => ({
  name: `merge-${driver.name}`,
  subject: `the merge driver of \`${driver.path}\``,
  laws: LAWS,
  words: ['%%\n', ...driver.words],
  run: (input) => runDriver(driver, input),
}));
