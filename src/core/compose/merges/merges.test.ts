import { describe, expect, it } from 'vitest';
import { mergeEnv } from './env.ts';
import { mergeJson } from './json.ts';
import { mergeLines } from './lines.ts';
import type { MergeDriver } from './merge-driver.ts';
import { mergePackages } from './packages.ts';
import { mergeSections } from './sections.ts';
import { mergePlainText } from './text.ts';
import { mergeToml } from './toml.ts';
import { mergeYaml } from './yaml.ts';

interface Case {
  readonly name: string;
  readonly base?: string;
  readonly ours: string;
  readonly theirs: string;
  readonly path?: string;
  /** The merged text. */
  readonly merged?: string;
  /** Places of the conflicts. */
  readonly conflicts?: readonly string[];
  readonly marked?: string;
  /** Part of the reason why it cannot be read. */
  readonly unparsable?: string;
  readonly parts?: Readonly<Record<string, 'ours' | 'theirs' | 'both'>>;
}

function check(merge: MergeDriver, { base, ours, theirs, path = 'x', ...expected }: Case): void {
  const outcome = merge({
    ...(base === undefined ? {} : { base }),
    ours,
    theirs,
    path,
    labels: { ours: 'alpha 1.0.0', theirs: 'beta 2.0.0' },
  });
  if (outcome.kind === 'merged') {
    expect(outcome.text).toBe(expected.merged);
    if (expected.parts !== undefined) expect(Object.fromEntries(outcome.parts.map(({ at, from }) => [at, from]))).toEqual(expected.parts);
  } else if (outcome.kind === 'conflict') {
    expect(outcome.conflicts.map(({ at }) => at)).toEqual(expected.conflicts);
    if (expected.marked !== undefined) expect(outcome.marked).toBe(expected.marked);
  } else expect(outcome.reason).toContain(expected.unparsable ?? 'a merge was expected');
}

const JSON_CASES: readonly Case[] = [
  { name: 'keys of both', ours: '{"a": 1}\n', theirs: '{"b": 2}\n', merged: '{"a": 1, "b": 2}\n', parts: { '/a': 'ours', '/b': 'theirs' } },
  {
    name: 'comments and indentation of ours stay',
    ours: '{\n\t// why\n\t"a": 1 // one\n}\n',
    theirs: '{\n  "b": {\n    "c": 2\n  }\n}\n',
    merged: '{\n\t// why\n\t"a": 1, // one\n\t"b": {\n\t\t"c": 2\n\t}\n}\n',
  },
  {
    name: 'comments of what is added come along',
    ours: '{\n  "a": 1\n}\n',
    theirs: '{\n  "a": 1,\n  // about b\n  "b": 2 // two\n}\n',
    merged: '{\n  "a": 1,\n  // about b\n  "b": 2 // two\n}\n',
  },
  { name: 'a trailing comma stays', ours: '{\n  "a": 1,\n}\n', theirs: '{"b": 2}', merged: '{\n  "a": 1,\n  "b": 2,\n}\n' },
  {
    name: 'lists of names are united',
    ours: '{"files": ["dist", "bin"]}',
    theirs: '{"files": ["bin", "docs"]}',
    merged: '{"files": ["dist", "bin", "docs"]}',
    parts: { '/files/0': 'ours', '/files/1': 'both', '/files/2': 'theirs' },
  },
  {
    name: 'lists of objects by name',
    ours: '[{"name": "a", "x": 1}]',
    theirs: '[{"name": "b"}, {"name": "a", "y": 2}]',
    merged: '[{"name": "b"}, {"name": "a", "y": 2, "x": 1}]',
  },
  { name: 'argument vectors are one value', ours: '{"args": ["run", "a"]}', theirs: '{"args": ["run", "b"]}', conflicts: ['/args'] },
  {
    name: 'settings are one value',
    ours: '{"rules": {"q": ["error", "always"]}}',
    theirs: '{"rules": {"q": ["error", "never"]}}',
    conflicts: ['/rules/q'],
  },
  {
    name: 'two values for one key',
    ours: '{\n  "a": 1,\n  "b": 2\n}\n',
    theirs: '{\n  "a": 3,\n  "c": 4\n}\n',
    conflicts: ['/a'],
    marked: '{\n<<<<<<< alpha 1.0.0\n  "a": 1,\n=======\n  "a": 3,\n>>>>>>> beta 2.0.0\n  "c": 4,\n  "b": 2\n}\n',
  },
  {
    name: 'changed on one side each',
    base: '{"a": 1, "b": 1}',
    ours: '{"a": 2, "b": 1}',
    theirs: '{"a": 1, "b": 3}',
    merged: '{"a": 2, "b": 3}',
  },
  {
    name: 'removed here, unchanged there',
    base: '{\n  "a": 1,\n  "b": 2\n}\n',
    ours: '{\n  "b": 2\n}\n',
    theirs: '{\n  "a": 1,\n  "b": 3\n}\n',
    merged: '{\n  "b": 3\n}\n',
  },
  {
    name: 'removed there with its comment',
    base: '{\n  // about a\n  "a": 1,\n  "b": 2\n}\n',
    ours: '{\n  // about a\n  "a": 1,\n  "b": 3\n}\n',
    theirs: '{\n  "b": 2\n}\n',
    merged: '{\n  "b": 3\n}\n',
  },
  { name: 'removed here, changed there', base: '{"a": 1, "b": 1}', ours: '{"b": 1}', theirs: '{"a": 2, "b": 1}', conflicts: ['/a'] },
  { name: 'an item removed there, one added here', base: '["a", "b"]', ours: '["a", "b", "c"]', theirs: '["b"]', merged: '["b", "c"]' },
  {
    name: 'only a comment changed there',
    base: '{\n  "a": 1,\n  "b": 2, // old\n  "c": 3\n}\n',
    ours: '{\n  "a": 9,\n  "b": 2, // old\n  "c": 3\n}\n',
    theirs: '{\n  "a": 1,\n  "b": 2, // new\n  "c": 4\n}\n',
    conflicts: [],
    merged: '{\n  "a": 9,\n  "b": 2, // old\n  "c": 4\n}\n',
  },
  {
    name: 'windows line ends, byte order mark and no final newline stay',
    ours: '\uFEFF{\r\n  "a": 1\r\n}',
    theirs: '{\n  "b": 2\n}\n',
    merged: '\uFEFF{\r\n  "a": 1,\r\n  "b": 2\r\n}',
  },
  { name: 'text and number differ', ours: '{"a": "1"}', theirs: '{"a": 1}', conflicts: ['/a'] },
  { name: 'no JSON', ours: '{"a": }', theirs: '{"b": 1}', unparsable: 'alpha 1.0.0: not valid JSON in line 1' },
  { name: 'a key twice', ours: '{"a": 1}', theirs: '{"b": 1, "b": 2}', unparsable: 'twice' },
  { name: 'keys with slashes', ours: '{"@/a": 1}', theirs: '{"@/a": 2}', conflicts: ['/@~1a'] },
  { name: 'prototype keys', ours: '{"__proto__": {"a": 1}}', theirs: '{"__proto__": {"b": 2}}', merged: '{"__proto__": {"a": 1, "b": 2}}' },
];

const TSCONFIG =
  '{\n  // shared\n  "extends": "./base.json",\n  "compilerOptions": {\n    /* strict */\n    "strict": true,\n    "lib": ["ES2023"], // no DOM\n  },\n}\n';
const JSON_REAL: Case = {
  name: 'a tsconfig with comments',
  ours: TSCONFIG,
  theirs: '{\n  "compilerOptions": {\n    "lib": ["ES2023", "DOM"],\n    // pages\n    "jsx": "react-jsx"\n  },\n  "include": ["src"]\n}\n',
  merged: TSCONFIG.replace('["ES2023"], // no DOM\n', '["ES2023", "DOM"], // no DOM\n    // pages\n    "jsx": "react-jsx",\n').replace(
    '  },\n}',
    '  },\n  "include": ["src"],\n}',
  ),
};

const YAML_CASES: readonly Case[] = [
  { name: 'keys of both', ours: 'a: 1\n', theirs: 'b: 2\n', merged: 'a: 1\nb: 2\n', parts: { '/a': 'ours', '/b': 'theirs' } },
  {
    name: 'services with comments',
    ours: 'services:\n  # api\n  api:\n    image: a   # pinned\n',
    theirs: 'services:\n    # the cache\n    cache:\n        image: c\n',
    merged: 'services:\n  # api\n  api:\n    image: a   # pinned\n  # the cache\n  cache:\n      image: c\n',
  },
  {
    name: 'steps by name, action and run',
    ours: 'steps:\n- uses: a/b@v4\n- name: Test\n  run: t\n',
    theirs: 'steps:\n  - uses: a/b@v4\n  - name: Lint\n    run: l\n  - name: Test\n    run: t\n',
    merged: 'steps:\n- uses: a/b@v4\n- name: Lint\n  run: l\n- name: Test\n  run: t\n',
  },
  {
    name: 'two versions of one action',
    ours: 'steps:\n- uses: a/b@v4\n',
    theirs: 'steps:\n- uses: a/b@v5\n',
    conflicts: ['/steps/a~1b/uses'],
    marked: 'steps:\n<<<<<<< alpha 1.0.0\n- uses: a/b@v4\n=======\n- uses: a/b@v5\n>>>>>>> beta 2.0.0\n',
  },
  {
    name: 'lists between brackets stay so',
    ours: 'on: [push]\n',
    theirs: 'on:\n  - push\n  - pull_request\n',
    merged: 'on: [push, pull_request]\n',
  },
  {
    name: 'lists in lines take what stands between brackets',
    ours: 'on:\n  - push\n',
    theirs: 'on: [pull_request]\n',
    merged: 'on:\n  - push\n  - pull_request\n',
    conflicts: [],
  },
  {
    name: 'environment lists by variable',
    ours: 'environment:\n  - A=1\n',
    theirs: 'environment:\n  - A=2\n  - B=1\n',
    conflicts: ['/environment/A'],
  },
  { name: 'commands are one value', ours: 'command: [a, b]\n', theirs: 'command: [a, c]\n', conflicts: ['/command'] },
  { name: 'block text', ours: 'a: 1\n', theirs: 'run: |\n    one\n\n      two\n', merged: 'a: 1\nrun: |\n    one\n\n      two\n' },
  {
    name: 'changed on one side each',
    base: 'a: 1\nb: 1\nc: x\n',
    ours: 'a: 2 # mine\nb: 1\nc: x\n',
    theirs: "a: 1\nb: 3\nc: 'y'\n",
    merged: "a: 2 # mine\nb: 3\nc: 'y'\n",
  },
  { name: 'removed there', base: 'a:\n  x: 1\nb: 1\n', ours: 'a:\n  x: 1\nb: 2\n', theirs: 'b: 1\n', merged: 'b: 2\n' },
  {
    name: 'the last entry of a block removed',
    base: 'a:\n  x: 1\nb: 1\n',
    ours: 'a:\n  x: 1\nb: 2\n',
    theirs: 'a: {}\nb: 1\n',
    merged: 'a: {}\nb: 2\n',
  },
  {
    name: 'the first key of an item removed',
    base: 'l:\n- name: a\n  id: 1\n  z: 1\n',
    ours: 'l:\n- name: a\n  id: 1\n  z: 2\n',
    theirs: 'l:\n- id: 1\n  z: 1\n',
    merged: 'l:\n- id: 1\n  z: 2\n',
  },
  { name: 'changed here, removed there', base: 'a: 1\nb: 1\n', ours: 'a: 2\nb: 1\n', theirs: 'b: 1\n', conflicts: ['/a'] },
  { name: 'anchors that come along', ours: 'a: 1\n', theirs: 'x: &x {k: 1}\ny: *x\n', merged: 'a: 1\nx: &x {k: 1}\ny: *x\n' },
  {
    name: 'one anchor for two things, each where it is used',
    ours: 'x: &x {k: 1}\nu: *x\n',
    theirs: 'z: &x {k: 2}\ny: *x\n',
    merged: 'x: &x {k: 1}\nu: *x\nz: &x {k: 2}\ny: *x\n',
  },
  {
    name: 'merge keys of equal anchors',
    ours: 'x: &x\n  k: 1\na:\n  <<: *x\n',
    theirs: 'x: &x\n  k: 1\nb:\n  <<: *x\n',
    merged: 'x: &x\n  k: 1\nb:\n  <<: *x\na:\n  <<: *x\n',
  },
  { name: 'several documents', ours: 'a: 1\n---\nb: 2\n', theirs: 'c: 1\n', unparsable: 'not one valid YAML document' },
  { name: 'a key twice', ours: 'a: 1\na: 2\n', theirs: 'c: 1\n', unparsable: 'twice' },
  { name: 'windows line ends', ours: 'a: 1\r\n', theirs: 'b: 2\n', merged: 'a: 1\r\nb: 2\r\n' },
];

const compose = (count: number, from: number): string =>
  `# stack\nservices:\n${Array.from({ length: count }, (_, index) => `  s${from + index}:\n    image: "repo/s${from + index}:1"   # pinned\n    environment:\n      - A=${from + index}\n    ports: [ "80${from + index}:80" ]\n\n`).join('')}`
    .trimEnd()
    .concat('\n');
const PNPM = 'packages:\n  - "apps/*"\n  - "packages/*" # libraries\n\ncatalog:\n  react: ^19.0.0\n';
const WORKFLOW =
  'name: CI\non:\n  push:\n    branches: [main]\npermissions: {}\njobs:\n  test:\n    runs-on: ubuntu-latest\n    strategy:\n      matrix:\n        node: [20, 22]\n    steps:\n      - uses: actions/checkout@v4\n      # the tests\n      - run: npm test\n';
const YAML_REAL: readonly Case[] = [
  { name: 'a large compose file', ours: compose(40, 100), theirs: compose(40, 120), merged: compose(60, 100) },
  {
    name: 'a pnpm workspace',
    ours: PNPM,
    theirs: 'packages:\n  - packages/*\n  - tools/*\ncatalog:\n  react: ^19.0.0\n  zod: ^4\n',
    merged: PNPM.replace('# libraries\n', '# libraries\n  - tools/*\n').concat('  zod: ^4\n'),
  },
  {
    name: 'a workflow',
    ours: WORKFLOW,
    theirs:
      'name: CI\non:\n  push:\n    branches: [main, next]\n  pull_request:\njobs:\n  lint:\n    steps: []\n  test:\n    strategy:\n      matrix:\n        node: [22, 24]\n',
    merged: WORKFLOW.replace('[main]\n', '[main, next]\n  pull_request:\n')
      .replace('jobs:\n', 'jobs:\n  lint:\n    steps: []\n')
      .replace('[20, 22]', '[20, 22, 24]'),
  },
];

const TOML_CASES: readonly Case[] = [
  {
    name: 'keys of both',
    ours: 'a = 1\n',
    theirs: 'b = 2 # two\n',
    merged: 'a = 1\nb = 2 # two\n',
    parts: { '/a': 'ours', '/b': 'theirs' },
  },
  {
    name: 'a table with its comments',
    ours: '[a]\nx = 1\n',
    theirs: '# about b\n[b]\n# about y\ny = 2\n',
    merged: '[a]\nx = 1\n\n# about b\n[b]\n# about y\ny = 2\n',
  },
  {
    name: 'a key of a table in the middle',
    ours: '[a]\nx = 1 # one\n\n[b]\ny = 1\n',
    theirs: '[a]\nz = 3\n',
    merged: '[a]\nx = 1 # one\nz = 3\n\n[b]\ny = 1\n',
  },
  {
    name: 'a key of the root stands before all tables',
    ours: '[a]\nx = 1\n',
    theirs: 'top = true\n',
    merged: 'top = true\n\n[a]\nx = 1\n',
  },
  {
    name: 'lists in many lines',
    ours: 'l = [\n  "a", # first\n]\n',
    theirs: 'l = ["b"]\n',
    merged: 'l = [\n  "a", # first\n  "b",\n]\n',
    conflicts: [],
  },
  {
    name: 'inline tables',
    ours: 'd = { version = "1" }\n',
    theirs: 'd = { features = ["x"] }\n',
    merged: 'd = { version = "1", features = ["x"] }\n',
  },
  {
    name: 'arrays of tables by name',
    ours: '[[bin]]\nname = "a"\n',
    theirs: '[[bin]]\nname = "a"\npath = "p"\n\n[[bin]]\nname = "b"\n',
    merged: '[[bin]]\nname = "a"\npath = "p"\n\n[[bin]]\nname = "b"\n',
  },
  { name: 'dotted keys', ours: '[a]\nb.c = 1\n', theirs: '[a]\nb.d = 2\n', merged: '[a]\nb.c = 1\nb.d = 2\n' },
  {
    name: 'two values',
    ours: '[a]\nx = 1\n',
    theirs: '[a]\nx = 2\n',
    conflicts: ['/a/x'],
    marked: '[a]\n<<<<<<< alpha 1.0.0\nx = 1\n=======\nx = 2\n>>>>>>> beta 2.0.0\n',
  },
  { name: 'an integer is no float', ours: 'a = 1\n', theirs: 'a = 1.0\n', conflicts: ['/a'] },
  {
    name: 'one value in two spellings',
    ours: "a = 'x' # why\n",
    theirs: 'a = "x"\nb = 1979-05-27\n',
    merged: "a = 'x' # why\nb = 1979-05-27\n",
  },
  {
    name: 'changed on one side each',
    base: 'a = 1\n[t]\nb = 1\n',
    ours: 'a = 2 # mine\n[t]\nb = 1\n',
    theirs: 'a = 1\n[t]\nb = """\nlong\n"""\n',
    merged: 'a = 2 # mine\n[t]\nb = """\nlong\n"""\n',
  },
  {
    name: 'a table removed there',
    base: '[a]\nx = 1\n\n# about b\n[b]\ny = 1\n',
    ours: '[a]\nx = 2\n\n# about b\n[b]\ny = 1\n',
    theirs: '[a]\nx = 1\n',
    merged: '[a]\nx = 2\n',
  },
  { name: 'changed here, removed there', base: 'a = 1\nb = 1\n', ours: 'a = 2\nb = 1\n', theirs: 'b = 1\n', conflicts: ['/a'] },
  { name: 'not TOML', ours: 'a = \n', theirs: 'b = 1\n', unparsable: 'alpha 1.0.0: not valid TOML' },
];

const PYPROJECT =
  '# build\n[build-system]\nrequires = ["hatchling"]\n\n[project]\nname = "app"          # the name\nrequires-python = ">=3.10"\ndependencies = [\n  "fastapi>=0.100",  # web\n]\n\n[tool.ruff]\nline-length = 100\n';
const PACKAGES_CASES: readonly Case[] = [
  {
    name: 'the narrower range',
    path: 'package.json',
    ours: '{"dependencies": {"a": "^1.2.0"}}',
    theirs: '{"dependencies": {"a": "^1.5.0"}}',
    merged: '{"dependencies": {"a": "^1.5.0"}}',
  },
  {
    name: 'ranges that overlap',
    path: 'package.json',
    ours: '{"dependencies": {"a": ">=1.0.0 <3"}}',
    theirs: '{"dependencies": {"a": ">=2.1.0 <4"}}',
    merged: '{"dependencies": {"a": "^2.1.0"}}',
  },
  {
    name: 'alternatives',
    path: 'package.json',
    ours: '{"engines": {"node": "^20 || ^22"}}',
    theirs: '{"engines": {"node": ">=22"}}',
    merged: '{"engines": {"node": "^22.0.0"}}',
  },
  {
    name: 'ranges that exclude each other',
    path: 'package.json',
    ours: '{"dependencies": {"a": "^1.0.0"}}',
    theirs: '{"dependencies": {"a": "^2.0.0"}}',
    conflicts: ['/dependencies/a'],
  },
  {
    name: 'no range',
    path: 'package.json',
    ours: '{"dependencies": {"a": "workspace:*"}}',
    theirs: '{"dependencies": {"a": "^2.0.0"}}',
    conflicts: ['/dependencies/a'],
  },
  {
    name: 'any version',
    path: 'package.json',
    ours: '{"devDependencies": {"a": "*"}}',
    theirs: '{"devDependencies": {"a": "2.1.0"}}',
    merged: '{"devDependencies": {"a": "2.1.0"}}',
  },
  {
    name: 'two scripts of one name',
    path: 'package.json',
    ours: '{"scripts": {"test": "a", "x": "x"}}',
    theirs: '{"scripts": {"test": "b"}}',
    conflicts: ['/scripts/test'],
  },
  {
    name: 'scripts of both',
    path: 'package.json',
    ours: '{"scripts": {"test": "a"}}',
    theirs: '{"scripts": {"lint": "b"}}',
    merged: '{"scripts": {"test": "a", "lint": "b"}}',
  },
  {
    name: 'sorted dependencies stay sorted',
    path: 'package.json',
    ours: '{"dependencies": {"a": "1", "c": "1", "e": "1"}}',
    theirs: '{"dependencies": {"b": "1", "d": "1"}}',
    merged: '{"dependencies": {"a": "1", "b": "1", "c": "1", "d": "1", "e": "1"}}',
  },
  {
    name: 'both raised the base',
    path: 'package.json',
    base: '{"dependencies": {"a": "^1.0.0"}}',
    ours: '{"dependencies": {"a": "^1.2.0"}}',
    theirs: '{"dependencies": {"a": "^1.4.0"}}',
    merged: '{"dependencies": {"a": "^1.4.0"}}',
  },
  {
    name: 'Python requirements by name',
    path: 'pyproject.toml',
    ours: '[project]\ndependencies = ["FastAPI>=0.100", "x~=1.4"]\n',
    theirs: '[project]\ndependencies = ["fastapi[all]<1", "X>=1.2", "y ; python_version < \'3.11\'"]\n',
    merged: '[project]\ndependencies = ["FastAPI[all]>=0.100,<1", "x~=1.4", "y ; python_version < \'3.11\'"]\n',
  },
  {
    name: 'Python requirements that exclude each other',
    path: 'pyproject.toml',
    ours: '[project]\nrequires-python = ">=3.12"\n',
    theirs: '[project]\nrequires-python = "<3.12"\n',
    conflicts: ['/project/requires-python'],
  },
  {
    name: 'exact and prefix versions',
    path: 'pyproject.toml',
    ours: '[project]\ndependencies = ["a==1.4.2", "b==2.*"]\n',
    theirs: '[project]\ndependencies = ["a>=1.4,<2", "b>=2.1rc1,!=2.3"]\n',
    merged: '[project]\ndependencies = ["a==1.4.2", "b==2.*,>=2.1rc1,!=2.3"]\n',
  },
  {
    name: 'Poetry carets',
    path: 'pyproject.toml',
    ours: '[tool.poetry.dependencies]\na = "^1.2"\n',
    theirs: '[tool.poetry.dependencies]\na = "^1.4"\n',
    merged: '[tool.poetry.dependencies]\na = "^1.4"\n',
  },
  {
    name: 'Cargo: a bare version is a caret range',
    path: 'Cargo.toml',
    ours: '[dependencies]\na = "1.0" # why\nb = { version = "1.2", features = ["x"] }\n',
    theirs: '[dependencies]\na = "1.0.100"\nb = { version = "1", features = ["y"] }\n',
    merged: '[dependencies]\na = "1.0.100" # why\nb = { version = "1.2", features = ["x", "y"] }\n',
  },
  {
    name: 'Cargo: minor versions below 1 exclude each other',
    path: 'Cargo.toml',
    ours: '[dependencies]\na = "0.8"\n',
    theirs: '[dependencies]\na = "0.9"\n',
    conflicts: ['/dependencies/a'],
  },
  {
    name: 'Cargo: joined requirements',
    path: 'Cargo.toml',
    ours: '[dependencies]\na = ">=1.2, <1.9"\n',
    theirs: '[dependencies]\na = ">=1.4"\n',
    merged: '[dependencies]\na = ">=1.4.0, <1.9.0"\n',
  },
  {
    name: 'a pyproject with comments',
    path: 'pyproject.toml',
    ours: PYPROJECT,
    theirs: '[project]\nname = "app"\nversion = "0.1.0"\ndependencies = ["pydantic>=2"]\n\n# types\n[tool.mypy]\nstrict = true # all\n',
    merged: PYPROJECT.replace('# the name\n', '# the name\nversion = "0.1.0"\n')
      .replace('# web\n', '# web\n  "pydantic>=2",\n')
      .concat('\n# types\n[tool.mypy]\nstrict = true # all\n'),
  },
];

const LINES_CASES: readonly Case[] = [
  {
    name: 'lines of both, once',
    ours: 'dist/\nnode_modules/\n',
    theirs: 'node_modules/\n*.log\n',
    merged: 'dist/\nnode_modules/\n*.log\n',
    parts: { 'dist/': 'ours', 'node_modules/': 'both', '*.log': 'theirs' },
  },
  {
    name: 'groups with their comments',
    ours: '# Node\nnode_modules/\n',
    theirs: '# Python\n__pycache__/\n*.pyc\n',
    merged: '# Node\nnode_modules/\n\n# Python\n__pycache__/\n*.pyc\n',
    conflicts: [],
  },
  { name: 'a comment both have', ours: '# Env\n.env\n', theirs: '# Env\n.env\n.env.local\n', merged: '# Env\n.env\n.env.local\n' },
  {
    name: 'a comment both have above another line',
    ours: '# Env\n.env\n',
    theirs: '# Env\n.env.local\n',
    merged: '# Env\n.env\n.env.local\n',
  },
  { name: 'removed here', base: 'a\nb\n', ours: 'a\n', theirs: 'a\nb\nc\n', merged: 'a\nc\n' },
  { name: 'removed there', base: 'a\nb\n', ours: 'a\nb\nx\n', theirs: 'a\n', merged: 'a\nx\n' },
  { name: 'blanks at the end of a line', ours: 'a  \n', theirs: 'a\nb\n', merged: 'a  \nb\n' },
  { name: 'white space before a line', ours: '  a\n', theirs: 'a\nb\n', conflicts: ['a'] },
  { name: 'negations keep their place', ours: '*.log\n', theirs: '*.log\n!keep.log\n', merged: '*.log\n!keep.log\n' },
  { name: 'no final newline', ours: 'a', theirs: 'b\n', merged: 'a\nb' },
  { name: 'windows line ends', ours: 'a\r\n', theirs: 'a\nb\n', merged: 'a\r\nb\r\n' },
  { name: 'comments alone', ours: '# a\n\nx\n', theirs: '# a\n\n# b\n\ny\n', merged: '# a\n\n# b\n\ny\n\nx\n', conflicts: [] },
  { name: 'a line twice in ours stays twice', ours: 'a\nb\na\n', theirs: 'a\nc\n', merged: 'a\nc\nb\na\n' },
];

const ENV_CASES: readonly Case[] = [
  { name: 'variables of both', ours: 'A=1\n', theirs: 'A=1\nB=2\n', merged: 'A=1\nB=2\n', parts: { A: 'both', B: 'theirs' } },
  { name: 'comments come along', ours: '# app\nPORT=1\n', theirs: 'PORT=1\n\n# db\nDB=x\n', merged: '# app\nPORT=1\n\n# db\nDB=x\n' },
  {
    name: 'two values',
    ours: 'A=1\nB=1\n',
    theirs: 'A=2\n',
    conflicts: ['A'],
    marked: '<<<<<<< alpha 1.0.0\nA=1\n=======\nA=2\n>>>>>>> beta 2.0.0\nB=1\n',
  },
  { name: 'one value in two spellings', ours: 'export A="1"\n', theirs: 'A=1 # one\nB=2\n', merged: 'export A="1"\nB=2\n' },
  { name: 'a value over many lines', ours: 'A=1\n', theirs: 'A=1\nKEY="a\nB=2\n"\n', merged: 'A=1\nKEY="a\nB=2\n"\n' },
  { name: 'changed on one side each', base: 'A=1\nB=1\n', ours: 'A=2\nB=1\n', theirs: 'A=1\nB=2\n', merged: 'A=2\nB=2\n' },
  { name: 'changed on both sides', base: 'A=1\n', ours: 'A=2\n', theirs: 'A=3\n', conflicts: ['A'] },
  { name: 'removed here, changed there', base: 'A=1\nB=1\n', ours: 'B=1\n', theirs: 'A=2\nB=1\n', conflicts: ['A'] },
  { name: 'removed there', base: 'A=1\nB=1\n', ours: 'A=1\nB=2\n', theirs: 'B=1\n', merged: 'B=2\n' },
  {
    name: 'a comment changed there',
    base: '# old\nA=1\nB=1\n',
    ours: '# old\nA=1\nB=2\n',
    theirs: '# new\nA=1\nB=1\n',
    merged: '# new\nA=1\nB=2\n',
  },
  { name: 'a line that assigns nothing', ours: 'A=1\nhello\n', theirs: 'B=1\n', unparsable: 'alpha 1.0.0: line 2 assigns nothing' },
  { name: 'a variable twice', ours: 'A=1\n', theirs: 'B=1\nB=2\n', unparsable: 'beta 2.0.0: B is assigned twice' },
  { name: 'empty values', ours: 'A=\n', theirs: 'A=""\nB=\n', merged: 'A=\nB=\n' },
];

const README = `# App\n\n[badge](x)\n\nWhat it is.\n\n## Getting started\n\n\`\`\`sh\n# install\nnpm install\n\`\`\`\n\n## Usage\n\n${Array.from({ length: 60 }, (_, index) => `Paragraph ${index}.\n\n`).join('')}## License\n\nMIT\n`;
const SECTIONS_CASES: readonly Case[] = [
  {
    name: 'sections of both',
    ours: '# App\n\n## A\n\na\n',
    theirs: '# App\n\n## A\n\na\n\n## B\n\nb\n',
    merged: '# App\n\n## A\n\na\n\n## B\n\nb\n',
    parts: { App: 'both', A: 'both', B: 'theirs' },
  },
  { name: 'paragraphs of one section', ours: '# App\n\nOne.\n', theirs: '# App\n\nTwo.\n\nOne.\n', merged: '# App\n\nOne.\n\nTwo.\n' },
  { name: 'two titles', ours: '# App\n\nText.\n', theirs: '# Other\n\nText.\n', conflicts: ['App'] },
  {
    name: 'sections below sections',
    ours: '# App\n\n## A\n\n### X\n\nax\n\n## B\n',
    theirs: '# App\n\n## A\n\n### Y\n\nay\n\n## B\n\n### X\n\nbx\n',
    merged: '# App\n\n## A\n\n### X\n\nax\n\n### Y\n\nay\n\n## B\n\n### X\n\nbx\n',
    conflicts: [],
  },
  {
    name: 'headings in fenced blocks are none',
    ours: '# App\n',
    theirs: '# App\n\n## A\n\n```\n# not a heading\n```\n',
    merged: '# App\n\n## A\n\n```\n# not a heading\n```\n',
  },
  {
    name: 'underlined headings',
    ours: 'App\n===\n\nText.\n',
    theirs: 'App\n===\n\nText.\n\nUsage\n-----\n\nRun.\n',
    merged: 'App\n===\n\nText.\n\nUsage\n-----\n\nRun.\n',
  },
  {
    name: 'a section both changed in different lines',
    base: '# App\n\n## A\n\n1\n\n2\n\n3\n',
    ours: '# App\n\n## A\n\none\n\n2\n\n3\n',
    theirs: '# App\n\n## A\n\n1\n\n2\n\nthree\n\n## B\n',
    merged: '# App\n\n## A\n\none\n\n2\n\nthree\n\n## B\n',
  },
  {
    name: 'a line both changed',
    base: '# App\n\n1\n',
    ours: '# App\n\none\n',
    theirs: '# App\n\neins\n',
    conflicts: ['App'],
    marked: '# App\n\n<<<<<<< alpha 1.0.0\none\n=======\neins\n>>>>>>> beta 2.0.0\n',
  },
  {
    name: 'a section removed here',
    base: '# App\n\n## A\n\na\n\n## B\n\nb\n',
    ours: '# App\n\n## B\n\nb\n',
    theirs: '# App\n\n## A\n\na\n\n## B\n\nc\n',
    merged: '# App\n\n## B\n\nc\n',
  },
  {
    name: 'a section removed there, changed here',
    base: '# App\n\n## A\n\na\n',
    ours: '# App\n\n## A\n\nmine\n',
    theirs: '# App\n',
    conflicts: ['A'],
  },
  {
    name: 'sections that stand close stay so',
    ours: '# App\nText.\n## A\na\n',
    theirs: '# App\nText.\n## B\nb\n',
    merged: '# App\nText.\n## A\na\n\n## B\nb\n',
    conflicts: [],
  },
  {
    name: 'front matter',
    ours: '---\n# no heading\na: 1\n---\n# App\n',
    theirs: '# App\n\n## A\n',
    merged: '---\n# no heading\na: 1\n---\n# App\n\n## A\n',
  },
  {
    name: 'a long README',
    ours: README,
    theirs: '# App\n\nWhat it is.\n\n## Usage\n\nParagraph 3.\n\n### With containers\n\nRun them.\n\n## License\n\nMIT\n',
    merged: README.replace('\n## License', '\n### With containers\n\nRun them.\n\n## License'),
  },
];

const TEXT_CASES: readonly Case[] = [
  {
    name: 'a base explains',
    base: 'a\nb\nc\n',
    ours: 'A\nb\nc\n',
    theirs: 'a\nb\nC\n',
    merged: 'A\nb\nC\n',
    parts: { 'lines 1-1': 'ours', 'lines 3-3': 'theirs' },
  },
  {
    name: 'no base',
    ours: 'FROM a\nRUN b\n',
    theirs: 'FROM c\nRUN b\n',
    conflicts: [''],
    marked: '<<<<<<< alpha 1.0.0\nFROM a\n=======\nFROM c\n>>>>>>> beta 2.0.0\nRUN b\n',
  },
  { name: 'nothing there', ours: 'a\n', theirs: '', merged: 'a\n' },
  { name: 'only line ends differ', ours: 'a\r\n', theirs: 'a\n', merged: 'a\r\n' },
];

const SUITES: readonly { name: string; merge: MergeDriver; cases: readonly Case[] }[] = [
  { name: 'json', merge: mergeJson, cases: [...JSON_CASES, JSON_REAL] },
  { name: 'yaml', merge: mergeYaml, cases: [...YAML_CASES, ...YAML_REAL] },
  { name: 'toml', merge: mergeToml, cases: TOML_CASES },
  { name: 'packages', merge: mergePackages, cases: PACKAGES_CASES },
  { name: 'lines', merge: mergeLines, cases: LINES_CASES },
  { name: 'env', merge: mergeEnv, cases: ENV_CASES },
  { name: 'sections', merge: mergeSections, cases: SECTIONS_CASES },
  { name: 'text', merge: mergePlainText, cases: TEXT_CASES },
];

for (const { name, merge, cases } of SUITES) {
  describe(`merging ${name}`, () => {
    for (const entry of cases) it(entry.name, () => check(merge, entry));
  });
}
