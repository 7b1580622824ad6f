import { describe, expect, it } from 'vitest';
import { mergeEnv } from './env.ts';
import { mergeIni } from './ini.ts';
import { mergeJson } from './json.ts';
import { mergeLines } from './lines.ts';
import type { MergeDriver, MergeOutcome } from './merge-driver.ts';
import { mergePackages } from './packages.ts';
import { mergeSections } from './sections.ts';
import { mergePlainText } from './text.ts';
import { mergeToml } from './toml.ts';
import { mergeYaml } from './yaml.ts';

interface Sides {
  readonly base?: string;
  readonly ours: string;
  readonly theirs: string;
  readonly path?: string;
}

type Table = Readonly<Record<string, Sides>>;

/** All that a merge says, as it is read: the text, then where each part comes from, or each conflict with its values and its reason. */
function show(outcome: MergeOutcome): string {
  if (outcome.kind === 'unparsable') return `unparsable: ${outcome.reason}`;
  if (outcome.kind === 'merged') return [outcome.text, ...outcome.parts.map(({ at, from }) => `${at || '(all)'} from ${from}`)].join('\n');
  const places = outcome.conflicts.map(({ at, reason, ...values }) => `${at || '(all)'}: ${reason} ${JSON.stringify(values)}`);
  return [outcome.marked, ...places].join('\n');
}

const LABELS = { ours: 'alpha', theirs: 'beta' };

const ENV: Table = {
  'a line without an assignment in the base': { base: 'A=1\n\nnothing\n', ours: 'A=2\n', theirs: 'A=3\n' },
  'a line without an assignment in theirs': { ours: 'A=2\n', theirs: '# one\n=3\n' },
  'a variable twice': { ours: 'A=1\nexport A = 2\n', theirs: 'B=1\n' },
  'a quote that nothing closes': { ours: 'A=1\nB="a\nC=1\n', theirs: 'D=1\n' },
  'an escaped quote': { ours: 'A="a\\"b"\nB=1\n', theirs: "C='it\\'\nD=1\n" },
  'a value in single quotes over lines': { ours: "A='one\ntwo\n'\nB=1\n", theirs: 'B=1\nC=2\n' },
  'spaces around the sign': { ours: '  export A = 1\n', theirs: 'A=1\nB-2.x = y\n' },
  'a comment behind a value, and a number sign in one': { ours: 'A=a#b\nB=1   # one\n', theirs: 'A=a\nB=1\n' },
  'quotes of two kinds': { ours: 'A="x"\nB=\'y\'\nC= z \n', theirs: "A='x'\nB=y\nC=z\n" },
  'comments at the end of both': { ours: 'A=1\n\n# end\n', theirs: 'A=1\nB=1\n# other end\n' },
  'the same comment at the end of both': { ours: 'A=1\n# end\n', theirs: 'B=1\n\n# end\n' },
  'what comes before everything known': { ours: 'B=1\n', theirs: '# about A\nA=1\nB=1\n' },
  'a comment that ours has above another': { ours: '# shared\nA=1\n', theirs: '# shared\n# own\nB=1\n' },
  'changed in ours, removed in theirs': { base: 'A=1\nB=1\n', ours: 'A=2\nB=1\n', theirs: 'B=1\n' },
  'changed in theirs, removed in ours': { base: 'A=1\nB=1\n', ours: 'B=1\n', theirs: 'A=2\nB=1\n' },
  'changed on both sides': { base: 'A=1\nB=1\n', ours: 'A=2\nB=1\n', theirs: 'A=3\nB=2\n' },
  'a comment changed here, another there': {
    base: '# a\nA=1\n# b\nB=1\n',
    ours: '# mine\nA=1\n# b\nB=1\n',
    theirs: '# a\nA=1\n# its\nB=1\n',
  },
};

const INI: Table = {
  'two values of a key': { ours: 'top = 1\n\n[a]\nx = 1\ny = 1\n', theirs: '[a]\nx = 2\ny = 2\n' },
  'two values of a key at the top': { ours: 'top = 1\nsame = 1\n[a]\nx = 1\n', theirs: 'top = 2\n[a]\nx = 1\n' },
  'two values at the top and in a section': { ours: 'top = 1\n[a]\nx = 1\n', theirs: 'top = 2\n[a]\nx = 2\n' },
  'a top that only theirs has': { ours: '[a]\nx = 1\n', theirs: '; first\nroot = true\n\n[a]\ny = 2\n' },
  'a top that only ours has': { ours: 'root = true\n[a]\nx = 1\n', theirs: '[b]\ny = 2\n' },
  'a top that theirs changed': { base: 'root = 1\n[a]\nx = 1\n', ours: 'root = 1\n[a]\nx = 2\n', theirs: 'root = 2\n[a]\nx = 1\n' },
  'a top that both changed in different keys': {
    base: 'p = 1\nq = 1\n[a]\nx = 1\n',
    ours: 'p = 2\nq = 1\n[a]\nx = 1\n',
    theirs: 'p = 1\nq = 2\n[a]\nx = 1\n',
  },
  'a top that both changed in one key': { base: 'p = 1\n[a]\nx = 1\n', ours: 'p = 2\n[a]\nx = 1\n', theirs: 'p = 3\n[a]\nx = 1\n' },
  'keys without any section': { ours: 'a = 1\n', theirs: 'b = 2\n' },
  'sections of both, ours with keys before': { ours: 'a = 1\n', theirs: '[s]\nb = 2\n' },
  'a colon is a sign too': { ours: '[a]\nx: 1\n', theirs: '[a]\nx = 1\ny : 2\n' },
  'a line that is no key': { ours: '[a]\nx = 1\nflag\n', theirs: '[a]\nx = 2\n' },
  'a key twice in a section': { ours: '[a]\nx = 1\nx = 2\n', theirs: '[a]\ny = 2\n' },
  'a section twice in the base': { base: '[a]\nx = 1\n[a]\n', ours: '[a]\nx = 2\n', theirs: '[a]\nx = 3\n' },
  'a section twice in theirs': { ours: '[a]\nx = 2\n', theirs: '[b]\n[c]\n[b]\n' },
  'headers in two spellings': { ours: '  [a]  \nx = 1\n', theirs: '[a]\ny = 2\n' },
  'a value that looks like a header': { ours: '[a]\n[x] = 1\n', theirs: '[a]\ny = 2\n' },
  'comments above keys come along': { ours: '[a]\nx = 1\n', theirs: '[a]\n; about y\n# more\ny = 2\n' },
  'comments at the end stay': { ours: '[a]\nx = 1\n\n; the end\n', theirs: '[b]\ny = 2\n' },
  'comments at the end of theirs': { ours: '[a]\nx = 1\n', theirs: '[b]\ny = 2\n# the end\n\n' },
  'a section that theirs removed and ours changed': {
    base: '[a]\nx = 1\n[b]\ny = 1\n',
    ours: '[a]\nx = 2\n[b]\ny = 1\n',
    theirs: '[b]\ny = 1\n',
  },
  'a key that theirs removed': { base: '[a]\nx = 1\ny = 1\n', ours: '[a]\nx = 1\ny = 1\nz = 1\n', theirs: '[a]\ny = 1\n' },
  'a key that theirs removed and ours changed': { base: '[a]\nx = 1\ny = 1\n', ours: '[a]\nx = 2\ny = 1\n', theirs: '[a]\ny = 1\n' },
  'a section added before all others': { ours: '[b]\nx = 1\n', theirs: '# about a\n[a]\nx = 1\n[b]\nx = 1\n' },
  'sections that stand close stay so': { ours: '[a]\nx = 1\n[b]\ny = 1\n', theirs: '[a]\nx = 1\n[b]\ny = 1\n[c]\nz = 1\n' },
  'windows line ends': { ours: '[a]\r\nx = 1\r\n', theirs: '[b]\ny = 2\n' },
};

const JSON_TABLE: Table = {
  'not JSON in the base': { base: '{\n"a": 1\n"b" 2}', ours: '{"a": 2}', theirs: '{"a": 3}' },
  'not JSON in a later line of theirs': { ours: '{"a": 2}', theirs: '{\n\n"a": }' },
  'nothing but a comment': { ours: '{"a": 2}', theirs: '// nothing\n' },
  'a key twice in an object of a list': { ours: '[{"a": 1, "a": 2}]', theirs: '[]' },
  'keys of every kind of value': {
    ours: '{"t": "text", "n": 1.50, "b": true, "z": null, "l": [], "o": {}}',
    theirs: '{"t": "text", "n": 1.50, "b": true, "z": null, "l": [], "o": {}, "e": -1e3}',
  },
  'numbers in two spellings are two values': { ours: '{"n": 1.0}', theirs: '{"n": 1.00}' },
  'text in two spellings is one value': { ours: '{"t": "\\u0061", "x": 1}', theirs: '{"t": "a", "y": 1}' },
  'an object and a list': { ours: '{"a": {"x": 1}}', theirs: '{"a": [1]}' },
  'an object and a text': { ours: '{"a": {"x": 1}}', theirs: '{"a": "x"}', base: '{"a": 1}' },
  'an empty object that is filled': { ours: '{\n  "a": {}\n}\n', theirs: '{\n  "a": {\n    "x": 1,\n    "y": 2\n  }\n}\n' },
  'an empty list that is filled on one line': { ours: '{\n  "a": []\n}\n', theirs: '{ "a": [ 1, 2 ] }\n' },
  'an empty document that is filled': { ours: '{}\n', theirs: '{\n    "x": 1\n}\n' },
  'an empty object that is filled where there is a base': {
    base: '{"a": {}, "z": 1}',
    ours: '{"a": {}, "z": 2}',
    theirs: '{"a": {"x": 1}, "z": 1}',
  },
  'an object that is emptied': {
    base: '{\n  "a": { "x": 1 },\n  "z": 1\n}\n',
    ours: '{\n  "a": { "x": 1 }, // why\n  "z": 2\n}\n',
    theirs: '{\n  "a": {},\n  "z": 1\n}\n',
  },
  'an object that each side empties by half': {
    base: '{\n  "a": {\n    "x": 1,\n    "y": 1\n  }\n}\n',
    ours: '{\n  "a": {\n    "y": 1\n  }\n}\n',
    theirs: '{\n  "a": {\n    "x": 1\n  }\n}\n',
  },
  'two levels of another indentation': {
    ours: '{\n\t"a": {\n\t\t"x": 1\n\t}\n}\n',
    theirs: '{\n    "a": {\n        "y": {\n            "z": [\n                1\n            ]\n        }\n    }\n}\n',
  },
  'an entry on the line of its brackets': { ours: '{ "a": { "x": 1 } }', theirs: '{\n  "a": {\n    "y": {\n      "z": 1\n    }\n  }\n}' },
  'comments of every kind': {
    ours: '// head\n{ // open\n  /* a */ "a": 1, // one\n  "b": 2 /* two */, /* more */ // end\n  // close\n}\n// tail\n',
    theirs: '{\n  "b": 2,\n  // about c\n  /* and */ "c": 3, // three\n  "a": 1\n}\n',
  },
  'a comment before the comma on a line of its own': {
    ours: '{\n  "a": 1 // one\n  , "b": 2\n}\n',
    theirs: '{\n  "c": 3\n  // last\n}\n',
  },
  'the first entry removed': { base: '[\n  "a",\n  "b"\n]', ours: '[\n  "a",\n  "b",\n  "c"\n]', theirs: '[\n  "b"\n]' },
  'the last entry removed': { base: '["a", "b"]', ours: '["z", "a", "b"]', theirs: '["a"]' },
  'an item before all others': { ours: '["b", "c"]', theirs: '["a", "b"]' },
  'an item before all others, in lines': { ours: '[\n  "b"\n]', theirs: '[\n  // first\n  "a",\n  "b"\n]' },
  'an item in the middle': { ours: '["a", "d"]', theirs: '["a", "b", "c", "d"]' },
  'items repeated are no set': { ours: '["a", "a"]', theirs: '["a", "b"]' },
  'items repeated, one list within the other': { ours: '["a", "a"]', theirs: '["a", "b", "a"]' },
  'items repeated, the other list within this': { ours: '["a", "b", "a"]', theirs: '["a", "a"]' },
  'items repeated, merged along a base': { base: '["a", "a"]', ours: '["x", "a", "a"]', theirs: '["a", "a", "y"]' },
  'items repeated, changed along a base at one place': { base: '["a", "a"]', ours: '["a", "x"]', theirs: '["a", "y"]' },
  'items repeated on one line each, merged along a base': { base: '["a", "a", "b"]', ours: '["a", "a"]', theirs: '["c", "a", "a", "b"]' },
  'items put into another order by theirs': { base: '["a", "b", "c"]', ours: '["a", "b", "c", "d"]', theirs: '["c", "b", "a"]' },
  'items put into another order by ours': { base: '["a", "b", "c"]', ours: '["c", "b", "a"]', theirs: '["a", "b", "c", "d"]' },
  'items put into another order by both': { base: '["a", "b", "c"]', ours: '["c", "b", "a"]', theirs: '["b", "a", "c", "d"]' },
  'items of several kinds': { ours: '[1, {"a": 1}]', theirs: '[1, {"b": 1}]' },
  'lists of lists are one value': { ours: '{"m": [[1], [2]]}', theirs: '{"m": [[1], [3]]}' },
  'options are one value': { ours: '{"o": ["-x", "a"]}', theirs: '{"o": ["-y", "a"]}' },
  'a severity alone is a set': { ours: '{"o": ["error", "warn"]}', theirs: '{"o": ["warn", "off"]}' },
  'a severity with settings is one value': { ours: '{"o": ["error", {"max": 1}]}', theirs: '{"o": ["error", {"max": 2}]}' },
  'a list that begins with an object is no setting': { ours: '[{"name": "error"}, "always"]', theirs: '[{"name": "error"}, "never"]' },
  'items by the first name that all have': { ours: '[{"id": 1, "name": "a"}]', theirs: '[{"id": 2, "name": "a", "x": 1}]' },
  'items by a later name where an earlier is there twice': {
    ours: '[{"id": 1, "path": "a"}, {"id": 1, "path": "b"}]',
    theirs: '[{"id": 1, "path": "a", "x": 1}]',
  },
  'items whose name is no plain value': { ours: '[{"name": {"a": 1}}]', theirs: '[{"name": {"b": 1}}]' },
  'objects in a list without a name': { ours: '[{"x": 1}]', theirs: '[{"y": 1}]' },
  'assignments by what they assign': { ours: '["A=1", "B=1"]', theirs: '["B=2", "C=1"]' },
  'assignments among other items': { ours: '["A=1", "b"]', theirs: '["A=2", "b"]' },
  'steps by id, name, action and command': {
    ours: '{"steps": [{"id": "i", "run": "1"}, {"uses": "a@1"}, {"uses": "a@1", "with": 1}, {"run": "r"}]}',
    theirs:
      '{"steps": [{"id": "i", "run": "1", "if": 1}, {"uses": "a@1", "if": 2}, {"uses": "a@1", "with": 1, "if": 3}, {"run": "r", "if": 4}]}',
  },
  'steps elsewhere have no such names': { ours: '{"other": [{"run": "r"}]}', theirs: '{"other": [{"run": "r", "if": 4}]}' },
  'keys with what a pointer escapes': { ours: '{"a/b~c": {"x": 1}}', theirs: '{"a/b~c": {"x": 2}}' },
  'changed in ours, removed in theirs': { base: '{"a": 1, "b": 1}', ours: '{"a": 2, "b": 1}', theirs: '{"b": 1}' },
  'changed in theirs, removed in ours': {
    base: '{\n  "a": 1,\n  "b": 1\n}\n',
    ours: '{\n  "b": 1\n}\n',
    theirs: '{\n  "a": 2,\n  "b": 1\n}\n',
  },
  'changed differently': { base: '{"a": 1}', ours: '{"a": 2}', theirs: '{"a": 3}' },
  'added on both sides of a base': { base: '{"z": 1}', ours: '{"z": 1, "a": {"x": 1}}', theirs: '{"z": 1, "a": {"y": 2}}' },
  'the same change on both sides': { base: '{"a": 1, "b": 1}', ours: '{"a": 2, "b": 1}', theirs: '{"a": 2, "b": 2}' },
  'sorted keys take new ones in their place': { ours: '{"a": 1, "c": 1, "e": 1}', theirs: '{"b": 1, "d": 1}' },
  'keys that are not sorted take new ones behind their neighbour': { ours: '{"c": 1, "a": 1, "e": 1}', theirs: '{"a": 1, "b": 1, "e": 1}' },
  'two keys are no order': { ours: '{"a": 1, "c": 1}', theirs: '{"b": 1}' },
  'parts are told by the entries of a list': {
    ours: '{"l": ["a"], "o": {"x": 1}}',
    theirs: '{"l": ["b"], "o": {"y": 1}, "n": {"p": 1, "q": 2}}',
  },
};

const YAML: Table = {
  'not YAML in a later line of the base': { base: 'a: 1\nb: [\n', ours: 'a: 2\n', theirs: 'a: 3\n' },
  'no content': { ours: '# nothing\n', theirs: 'a: 1\n' },
  'a document of one scalar': { ours: 'one\n', theirs: 'two\n' },
  'a document of one scalar with a base': { base: 'zero\n', ours: 'one\n', theirs: 'two\n' },
  'a key that is a list': { ours: '[a, b]: 1\n', theirs: 'c: 1\n' },
  'a key in the long form': { ours: '? a\n: 1\n', theirs: 'c: 1\n' },
  'a key with an anchor': { ours: '&k a: 1\n', theirs: 'c: 1\n' },
  'a key without a value': { ours: '{a, b: 1}\n', theirs: 'c: 1\n' },
  'a pair as an item': { ours: 'l: [a: 1]\n', theirs: 'c: 1\n' },
  'documents between brackets': { ours: '{a: 1, b: [x]}\n', theirs: '{b: [y], c: {d: 1}}\n' },
  'a document in lines takes what stands between brackets': { ours: 'a: 1\n', theirs: '{b: 2, "c":3, d: {e: 1}}\n' },
  'a document between brackets takes what stands in lines': { ours: '{a: 1}\n', theirs: 'b: 2\nc: [3]\n' },
  'brackets take no block': { ours: '{a: 1}\n', theirs: 'b:\n  c: 1\n' },
  'an empty document that is filled': { ours: '{}\n', theirs: '# about a\na: 1\n' },
  'an empty list that is filled': { ours: '[]\n', theirs: '- a\n- b\n' },
  'empty brackets that are filled from a block': {
    ours: 'a: {}\nb: []\nc: 1\n',
    theirs: 'a:\n    # x\n    x:\n        y: 1\nb:\n    - 1\n',
  },
  'empty brackets deeper down': { ours: 'p:\n  a: {} # none\n', theirs: 'p:\n  a:\n    x: 1\n' },
  'empty brackets that are filled where there is a base': { base: 'a: {}\nz: 1\n', ours: 'a: {}\nz: 2\n', theirs: 'a:\n  x: 1\nz: 1\n' },
  'a block that each side empties by half': { base: 'a:\n  x: 1\n  y: 1\n', ours: 'a:\n  y: 1\n', theirs: 'a:\n  x: 1\n' },
  'a list that each side empties by half': { base: 'a:\n- x\n- y\n', ours: 'a: # all\n- y\n', theirs: 'a:\n- x\n' },
  'a document that each side empties by half': { base: 'x: 1\ny: 1\n', ours: 'y: 1\n', theirs: 'x: 1\n' },
  'a list as document that each side empties by half': { base: '- x\n- y\n', ours: '- y\n', theirs: '- x\n' },
  'tags and anchors are part of the value': { ours: 'a: !x 1\nb: &n 2\n', theirs: 'a: 1\nb: 2\n' },
  'a map with a tag': { ours: 'a: !x\n  p: 1\n', theirs: 'a: !y\n  q: 1\n' },
  'maps with one tag': { ours: 'a: !x # why\n  p: 1\n', theirs: 'a: !x\n  q: 1\n' },
  'lists with one anchor': { ours: 'a: &l\n- 1\nb: *l\n', theirs: 'a: &l\n- 1\n- 2\nb: *l\n' },
  'text and other values that look the same': { ours: 'a: "1"\nb: "null"\nc: "true"\n', theirs: 'a: 1\nb: null\nc: true\n' },
  'one value in two spellings': { ours: "a: 'x'\nb: ~\nc: [1]\n", theirs: 'a: "x"\nb: null\nc:\n- 1\nd: x\n' },
  'numbers by their spelling': { ours: 'a: 1.0\n', theirs: 'a: 1.00\n' },
  'a value taken in place of another on its line': {
    base: 'a: 1 # why\nb: 1\nc: 1\n',
    ours: 'a: 1 # why\nb: 2\nc: 1\n',
    theirs: 'a: "long" # why\nb: 1\nc: 3\n',
  },
  'a value taken in place of none': { base: 'a:\nb: 1\n', ours: 'a:\nb: 2\n', theirs: 'a: x\nb: 1\n' },
  'none taken in place of a value': { base: 'a: x\nb: 1\n', ours: 'a: x\nb: 2\n', theirs: 'a:\nb: 1\n' },
  'a block taken in place of a value': {
    base: 'p:\n  a: 1\n  b: 1\n',
    ours: 'p:\n  a: 1\n  b: 2\n',
    theirs: 'p:\n    a:\n        x: 1\n    b: 1\n',
  },
  'a value taken in place of a block': { base: 'a:\n  x: 1\nb: 1\n', ours: 'a:\n  x: 1\nb: 2\n', theirs: 'a: 1\nb: 1\n' },
  'a block text taken in place of a value': { base: 'a: 1\nb: 1\n', ours: 'a: 1\nb: 2\n', theirs: 'a: |\n  one\n  two\nb: 1\n' },
  'entries of a deeper block': { ours: 'a:\n  b:\n    x: 1\n', theirs: 'a:\n    b:\n        # about y\n        y:\n            - 1\n' },
  'entries of a flatter block': { ours: 'a:\n    b:\n        x: 1\n', theirs: 'a:\n b:\n  # about y\n  y:\n   - 1\n   -   z: 1\n' },
  'items with several keys': { ours: 'l:\n  - name: a\n    x: 1\n', theirs: 'l:\n- name: a\n  y: 2\n- name: b\n  # about z\n  z: 3\n' },
  'an item that begins on a line of its own': { ours: 'l:\n  -\n    name: a\n    x: 1\n', theirs: 'l:\n  - name: a\n    y: 1\n' },
  'a new first key with a comment in an item': {
    base: 'l:\n- name: a\n  x: 1\n',
    ours: 'l:\n- name: a\n  x: 2\n',
    theirs: 'l:\n- # first\n  id: 1\n  name: a\n  x: 1\n',
  },
  'comments deeper than the entry belong to it': { ours: 'a:\n  x: 1\n  # y: 2\n\n# about b\nb: 1\n', theirs: 'a:\n  z: 1\n' },
  'comments above entries come along': { ours: 'a: 1\n', theirs: '# head\n\n# about a\na: 1\n\n# about b\n# more\nb: 2 # two\n' },
  'an entry removed with its comments': {
    base: 'a: 1\n# about b\nb: 1\nc: 1\n',
    ours: 'a: 2\n# about b\nb: 1\nc: 1\n',
    theirs: 'a: 1\nc: 1\n',
  },
  'brackets over several lines': { ours: 'on: [\n  push, # always\n  tag\n]\n', theirs: 'on: [push, pull]\n' },
  'maps between brackets': { ours: 'a: { x: 1 }\n', theirs: 'a: {y: 2, z: [1, 2]}\n' },
  'brackets within brackets': { ours: 'a: {x: [1], k: {p: 1}}\n', theirs: 'a: {x: [2], k: {q: 1}}\n' },
  'brackets take the bare items of a list': { ours: 'a: [x]\n', theirs: 'a:\n- y\n- z\n' },
  'brackets take no nested block': { ours: 'a: [{name: n}]\n', theirs: 'a:\n- name: m\n' },
  'a value changed within brackets': { base: 'a: {x: 1, y: 1}\n', ours: 'a: {x: 1, y: 2}\n', theirs: 'a: {x: 3, y: 1}\n' },
  'a number sign within a text': { ours: "a: ['x#y']\n", theirs: "a: ['x#y', z]\n" },
  'two values': { ours: 'a:\n  b: 1\n', theirs: 'a:\n  b: 2\n' },
  'two values between brackets': { ours: 'a: {b: 1, c: 1}\n', theirs: 'a: {b: 2, d: 1}\n' },
  'lists of names with a dash': { ours: 'a:\n- --x\n', theirs: 'a:\n- --y\n' },
  'no final line end': { ours: 'a: 1', theirs: 'b: 2' },
  'a tag that ours changed': { base: 'a: !x 1\nb: 1\n', ours: 'a: !y 1\nb: 1\n', theirs: 'a: !x 1\nb: 2\n' },
  'maps with a tag between brackets': { ours: 'a: !x {p: 1}\n', theirs: 'a: !x {q: 1}\n' },
  'an anchor on a line of its own': { ours: 'a: &n\n  p: 1\nb: *n\n', theirs: 'a: &n\n  p: 1\nc: *n\n' },
  'keys of other kinds': { ours: '1: a\ntrue: b\n"x y": c\n', theirs: '1: a\ntrue: b\nx y: c\nnull: d\n' },
};

const TOML: Table = {
  'not TOML in the base': { base: 'a = 1\nb\n', ours: 'a = 2\n', theirs: 'a = 3\n' },
  'not TOML in theirs': { ours: 'a = 2\n', theirs: 'a = [1\n' },
  'a dotted key in an inline table': { ours: 'a = {b.c = 1}\n', theirs: 'd = 1\n' },
  'the deepest nesting that is read': { ours: `a = ${'['.repeat(64)}${']'.repeat(64)}\n`, theirs: 'b = 1\n' },
  'nested too deep': { ours: `a = ${'['.repeat(65)}${']'.repeat(65)}\n`, theirs: 'b = 1\n' },
  'a dotted key that is too deep': { ours: `${'a.'.repeat(66)}b = 1\n`, theirs: 'b = 1\n' },
  'values of every kind': {
    ours: 's = "x"\nl = \'y\'\ni = 1\nf = 1.5\nz = -0.0\nb = true\nd = 1979-05-27\nt = 07:32:00\no = 1979-05-27T07:32:00Z\n',
    theirs:
      's = "x"\nl = "y"\ni = 0x1\nf = 1.50\nz = -0.0\nb = true\nd = 1979-05-27\nt = 07:32:00\no = 1979-05-27T07:32:00Z\nn = nan\nm = inf\n',
  },
  'values of two kinds': { ours: 'a = 1\nb = "1"\nc = true\nd = 0.0\n', theirs: 'a = 1.0\nb = 1\nc = "true"\nd = -0.0\n' },
  'text over lines': { ours: 'a = """\none\n"quoted" \\" """"\nb = 1\n', theirs: "c = '''\n[no]\n# no'''\nd = 1\n" },
  'text with signs in it': { ours: 'a = "x # y = [z]" # why\n', theirs: 'b = \'x \\\' # why\nc = "\\"]"\n' },
  'lists with comments and text in them': { ours: 'l = [ # open\n  "a]", # one\n  \'b#\',\n]\n', theirs: 'l = ["a]", "c"]\n' },
  'keys in quotes': { ours: '"a b" = 1\n\'c.d\' = 2\n', theirs: '\'a b\' = 1\n"c.d" = 2\n"e f".g = 3\n' },
  'a key with an unusual escape': { ours: '"\\U00000061" = 1\n', theirs: 'b = 1\n' },
  'spaces around dots and signs': { ours: 'a . b\t=\t1\n', theirs: 'a.c = 2\n[ t . u ]\nx = 1\n' },
  'a comment at the top stays there': { ours: '# licence\n\n# about a\na = 1\n', theirs: '# other licence\n\n# about b\nb = 2\n' },
  'keys of the root before tables, where there is none yet': { ours: '[t]\nx = 1\n', theirs: 'a = 1\nb = 2\n\n[t]\ny = 2\n' },
  'keys of the root among those there': { ours: 'a = 1\nc = 1\n\n[t]\nx = 1\n', theirs: 'a = 1\nb = 2\n' },
  'an empty document that is filled': { ours: '# only a comment\n', theirs: 'a = 1\n[t]\nx = 1\n' },
  'a table within a table': { ours: '[a]\nx = 1\n\n[a.b]\ny = 1\n\n[c]\nz = 1\n', theirs: '[a.b]\nw = 2\n\n[a.d]\n# about v\nv = 3\n' },
  'a key of a table that is only implied': { ours: '[a.b]\ny = 1\n', theirs: '[a]\nx = 1\n' },
  'a table in dotted keys here, with a header there': { ours: 'a.b = 1\n', theirs: '[a]\nc = 2\n' },
  'a table with a header here, in dotted keys there': { ours: '[a]\nb = 1\n', theirs: 'a.c = 2\n# deep\na.d.e = 3\n' },
  'dotted keys two levels deep': { ours: '[t]\na.b.c = 1\n', theirs: '[t]\na.b.d = 2\na.e = 3\n' },
  'dotted keys below a header go to the lines of their table': { ours: '[p]\nx.y = 1\n[q]\nz = 1\n', theirs: '[p.x]\nw = 2\n' },
  'an inline table here, a table there': { ours: 'd = { x = 1 }\n', theirs: '[d]\ny = 2\n' },
  'an inline table there, a table here': { ours: '[d]\nx = 1\n', theirs: 'd = { y = 2, z = [1] }\n' },
  'empty brackets that become a table': { ours: 'a = 1\nd = {}\n\n[z]\nq = 1\n', theirs: '# about d\n[d]\ny = 2\n' },
  'empty brackets that become a table where there is a base': {
    base: 'd = {}\nz = 1\n',
    ours: 'd = {}\nz = 2\n',
    theirs: 'z = 1\n\n# about d\n[d]\ny = 2\n',
  },
  'brackets that theirs emptied and ours filled': { base: 'd = { x = 1 }\n', ours: 'd = { x = 1, y = 1 }\n', theirs: 'd = {}\n' },
  'a key of a table that is only implied, two levels above': { ours: '[a.b.c]\ny = 1\n', theirs: '[a.b]\nx = 1\n' },
  'a key of a table below another header': { ours: '[a]\n[a.b]\ny = 1\n[c]\n', theirs: '[a]\nx = 1\n[c]\nz = 1\n' },
  'a value where ours has tables': { ours: '[[p]]\nname = "a"\n', theirs: 'p = [{ name = "b" }]\n' },
  'text of Windows in lists': { ours: 'l = [\r\n  "a",\r\n]\r\n', theirs: 'l = [\n  "b",\n]\n' },
  'brackets in text over lines': { ours: "a = '''\n{['''\n", theirs: 'b = "{[" # {[\n' },
  'an empty list that becomes an array of tables': { ours: 'd = []\n', theirs: '[[d]]\nname = "x"\n\n[[d]]\nname = "y"\n' },
  'a value that becomes a table': { base: 'a = 1\nb = 1\n', ours: 'a = 1\nb = 2\n', theirs: 'b = 1\n\n[a]\nx = 1\n' },
  'a table that becomes a value': { base: 'b = 1\n\n[a]\nx = 1\n', ours: 'b = 2\n\n[a]\nx = 1\n', theirs: 'b = 1\na = 1\n' },
  'a table changed within a table': {
    base: '[a]\nx = 1\n[a.b]\ny = 1\n',
    ours: '[a]\nx = 2\n[a.b]\ny = 1\n',
    theirs: '[a]\nx = 1\n[a.b]\ny = 2 # two\n',
  },
  'a table that theirs removed and ours changed': { base: 'z = 1\n[a]\nx = 1\n', ours: 'z = 1\n[a]\nx = 2\n', theirs: 'z = 1\n' },
  'a table that each side empties by half': { base: '[a]\nx = 1\ny = 1\n', ours: '[a]\ny = 1\n', theirs: '[a]\nx = 1\n' },
  'arrays of tables by their names, a new one first': {
    ours: '[[p]]\nname = "b"\n\n[[p]]\nname = "c"\n',
    theirs: '# the first\n[[p]]\nname = "a"\n\n[[p]]\nname = "b"\nx = 1\n',
  },
  'arrays of tables with tables in them': {
    ours: '[[p]]\nname = "a"\n[p.q]\nx = 1\n\n[[p]]\nname = "b"\n',
    theirs: '[[p]]\nname = "a"\n[p.q]\ny = 2\n[p.r]\nz = 3\n',
  },
  'arrays of tables without names': { ours: '[[p]]\nx = 1\n', theirs: '[[p]]\nx = 2\n' },
  'an item removed from an array of tables': {
    base: '[[p]]\nname = "a"\n\n[[p]]\nname = "b"\n',
    ours: '[[p]]\nname = "a"\nx = 1\n\n[[p]]\nname = "b"\n',
    theirs: '[[p]]\nname = "a"\n',
  },
  'tables behind the one they follow': { ours: '[a]\nx = 1\n\n[z]\ny = 1\n', theirs: '[a]\nx = 1\n\n[b]\nw = 1\n\n[z]\ny = 1\n' },
  'a table before all others': { ours: '[b]\nx = 1\n', theirs: '[a]\ny = 1\n[b]\nx = 1\n' },
  'lists united on one line': { ours: 'l = ["a"]\n', theirs: 'l = [\n  "a",\n  "b", # two\n]\n' },
  'no final line end': { ours: 'a = 1', theirs: 'b = 2' },
  'no final line end of a table': { ours: '[a]\nx = 1', theirs: '[b]\ny = 2' },
  'changed differently within an inline table': {
    base: 'd = {x = 1, y = 1}\n',
    ours: 'd = {x = 2, y = 1}\n',
    theirs: 'd = {x = 3, y = 2}\n',
  },
};

const LINES: Table = {
  'a line with another indentation there': { base: 'a\n b\n', ours: 'a\n  b\n', theirs: 'a\n\tb\nc\n' },
  'a line twice on both sides': { ours: 'a\na\nb\n', theirs: 'a\na\na\n' },
  'a group whose comment ours has, with nothing else': { ours: '# g\na\n\n# h\nb\n', theirs: '# g\n\n# i\n\na\nc\n' },
  'comment lines of which some are known': { ours: '# g\na\n', theirs: '# f\n# g\nb\n' },
  'a comment alone that ours has': { ours: '# g\n\na\n', theirs: '# g\n\nb\n' },
  'a comment at the end of theirs': { ours: 'a\n', theirs: 'a\n\n# end\n' },
  'blank lines within groups': { ours: 'a\n\n\nb\n', theirs: 'a\n\nc\n\n\nd\n' },
  'new lines before what both have': { ours: 'b\nc\n', theirs: '\n# new\na\n\nb\n' },
  'changed in theirs, removed in ours': { base: 'a\n b\n', ours: 'a\n', theirs: 'a\n  b\n' },
};

const SECTIONS: Table = {
  'a fenced block that never ends': { ours: '# A\n\n```\nopen\n', theirs: '# A\n\ntext\n' },
  'front matter that never ends': { ours: '# A\n', theirs: '---\na: 1\n# B\n' },
  'a base with an open fence': { base: '# A\n~~~\n', ours: '# A\n\none\n', theirs: '# A\n\ntwo\n' },
  'front matter with spaces behind its lines': { ours: '--- \na: 1\n---  \n# A\n', theirs: '# A\n\n## B\n\nb\n' },
  'a fence within a longer fence': { ours: '# A\n\n````\n```\n# no\n```\n````\n\n## B\n', theirs: '# A\n\n## C\n\n~~~ sh\n# no\n~~~~\n' },
  'headings closed by number signs': { ours: '# A #\n\n## B ##  \n\nb\n', theirs: '# A\n\n## B\n\nc\n' },
  'headings without a title': { ours: '# A\n\n##\n\nb\n', theirs: '# A\n\n##\n\nc\n' },
  'number signs that are no heading': { ours: '# A\n\n#B\n\n####### C\n', theirs: '# A\n\n## D\n' },
  'titles in other letters': { ours: '# App\n\n## USAGE\n\nu\n', theirs: '# App\n\n## Usage\n\nv\n' },
  'one title twice': { ours: '# App\n\n## A\n\none\n\n## A\n\ntwo\n', theirs: '# App\n\n## A\n\none\n\n## A\n\nthree\n\n## A\n\nfour\n' },
  'several headings of the first level': { ours: '# A\n\na\n\n# B\n\nb\n', theirs: '# B\n\nc\n\n# C\n\nd\n' },
  'a text without a title': { ours: '# App\n\n## A\n\na\n', theirs: '## A\n\nb\n\n## B\n\nc\n' },
  'text before the first heading': { ours: '# App\n\ntext\n\n## A\n', theirs: 'hello\n\n# App\n\ntext\n\nmore\n' },
  'text before the first heading that ours has': { ours: '# App\n\nhello\n', theirs: 'hello\n\n# App\n\n## B\n' },
  'text before the first heading, with no title there': { ours: '# App\n\ntext\n', theirs: 'hello\n\n## B\n\nb\n' },
  'text before the first heading of both': { ours: 'one\n\n# App\n', theirs: 'two\n\n# App\n' },
  'text alone': { ours: 'one\n\ntwo\n', theirs: 'two\n\nthree\n' },
  'two titles': { ours: '# A\n\nsame\n', theirs: '# B\n\nsame\n' },
  'two titles underlined': { ours: 'A\n===\n\nsame\n', theirs: 'B\n===\n\nsame\n' },
  'an underlined title and one with a sign': { ours: 'A\n=\n\none\n', theirs: '# A\n\ntwo\n' },
  'lines that are no underlined headings': { ours: '# A\n\n- item\n---\n\n> quote\n---\n', theirs: '# A\n\n## B\n' },
  'paragraphs over several lines': { ours: '# A\n\none\ntwo\n', theirs: '# A\n\none\ntwo\n\none\n' },
  'fenced blocks are one paragraph': { ours: '# A\n\n```\nx\n\ny\n```\n', theirs: '# A\n\n```\nx\n\nz\n```\n\n```\nx\n\ny\n```\n' },
  'text right below its heading': { ours: '# A\none\n', theirs: '# A\ntwo\n' },
  'sections before others of their level': {
    ours: '# A\n\n## Usage\n\nu\n\n## License\n\nl\n',
    theirs: '# A\n\n## Tests\n\nt\n\n## License\n\nl\n',
  },
  'sections below those that only theirs has': {
    ours: '# A\n\n## Usage\n\nu\n',
    theirs: '# A\n\n## Tests\n\n### Fast\n\nf\n\n### Slow\n\ns\n\n## Usage\n\nu\n',
  },
  'levels that are left out': { ours: '# A\n\n### Deep\n\nd\n', theirs: '# A\n\n## Two\n\n### Deep\n\ne\n' },
  'removed there, changed here': { base: '# A\n\n## B\n\nb\n\n## C\n', ours: '# A\n\n## B\n\nmine\n\n## C\n', theirs: '# A\n\n## C\n' },
  'changed there, removed here': { base: '# A\n\n## B\n\nb\n\n## C\n', ours: '# A\n\n## C\n', theirs: '# A\n\n## B\n\ntheirs\n\n## C\n' },
  'added there along a base': { base: '# A\n\ntext\n', ours: '# A\n\nmine\n', theirs: '# A\n\ntext\n\n## B\n\nb\n' },
  'changed differently': { base: '# A\n\n## B\n\nb\n', ours: '# A\n\n## B\n\none\n', theirs: '# A\n\n## B\n\ntwo\n' },
  'blank lines between sections': { ours: '# A\n\n\n\n## B\n\nb\n\n\n', theirs: '# A\n\n## C\n\n\n\n## B\n\nb\n' },
};

const PYTHON = 'pyproject.toml';
const PACKAGES: Table = {
  'ranges that exclude each other': { path: 'package.json', ours: '{"engines": {"node": ">=22"}}', theirs: '{"engines": {"node": "<20"}}' },
  'ranges in a table of another name': { path: 'package.json', ours: '{"other": {"a": "^1.0.0"}}', theirs: '{"other": {"a": "^1.2.0"}}' },
  'ranges deeper down': {
    path: 'package.json',
    ours: '{"x": {"dependencies": {"a": "^1.0.0"}}}',
    theirs: '{"x": {"dependencies": {"a": "^1.2.0"}}}',
  },
  'addresses are no ranges': {
    path: 'package.json',
    ours: '{"dependencies": {"a": "github:x/y#1"}}',
    theirs: '{"dependencies": {"a": "^1.2.0"}}',
  },
  'other values': { path: 'package.json', ours: '{"version": "1.0.0"}', theirs: '{"version": "2.0.0"}' },
  'peers and optional ones': {
    path: 'web/PACKAGE.json',
    ours: '{"peerDependencies": {"a": ">=1"}, "optionalDependencies": {"b": "1.x"}}',
    theirs: '{"peerDependencies": {"a": "^1.4.0"}, "optionalDependencies": {"b": "1.2.3"}}',
  },
  'crates of every table': {
    path: 'crates/a/Cargo.toml',
    ours: '[dev-dependencies]\na = "1"\n[build-dependencies]\nb = "1"\n[target.x.dependencies]\nc = { version = "1" }\n',
    theirs: '[dev-dependencies]\na = "1.2"\n[build-dependencies]\nb = "1.3"\n[target.x.dependencies]\nc = { version = "1.4" }\n',
  },
  'what of a crate is no version': {
    path: 'Cargo.toml',
    ours: '[dependencies]\na = { path = "1" }\n',
    theirs: '[dependencies]\na = { path = "1.2" }\n',
  },
  'values of a crate that are no dependencies': {
    path: 'Cargo.toml',
    ours: '[package]\nversion = "1"\n',
    theirs: '[package]\nversion = "1.2"\n',
  },
  'requirements of groups': {
    path: PYTHON,
    ours: '[project.optional-dependencies]\nx = ["a>=1"]\n[dependency-groups]\ndev = ["b>=1"]\n[build-system]\nrequires = ["c>=1"]\n',
    theirs: '[project.optional-dependencies]\nx = ["A<2"]\n[dependency-groups]\ndev = ["B<2"]\n[build-system]\nrequires = ["C<2"]\n',
  },
  'requirements that exclude each other': {
    path: PYTHON,
    ours: '[project]\ndependencies = ["a>=2"]\n',
    theirs: '[project]\ndependencies = ["a<2"]\n',
  },
  'lists that are no requirements': { path: PYTHON, ours: '[project]\nkeywords = ["a>=1"]\n', theirs: '[project]\nkeywords = ["a<2"]\n' },
  'versions of Python': {
    path: PYTHON,
    ours: '[project]\nrequires-python = ">=3.10"\n',
    theirs: '[project]\nrequires-python = ">=3.11"\n',
  },
  'the same key elsewhere': {
    path: PYTHON,
    ours: '[tool.x]\nrequires-python = ">=3.10"\n',
    theirs: '[tool.x]\nrequires-python = ">=3.11"\n',
  },
  'ranges of Poetry': {
    path: PYTHON,
    ours: '[tool.poetry.dependencies]\na = ">=1.2,<2"\nb = { version = "~1.2", extras = ["x"] }\nc = "^1.2"\n[tool.poetry.group.dev.dependencies]\nd = "^1"\n',
    theirs:
      '[tool.poetry.dependencies]\na = "^1.4"\nb = { version = "^1.2.3", extras = ["y"] }\nc = "^1"\n[tool.poetry.group.dev.dependencies]\nd = "^1.2"\n',
  },
  'dependencies of another tool': {
    path: PYTHON,
    ours: '[tool.other.dependencies]\na = "^1.2"\n',
    theirs: '[tool.other.dependencies]\na = "^1.4"\n',
  },
};

const TEXT: Table = {
  'ours is empty': { ours: '', theirs: 'a\n' },
  'changed in one place each, and the same in a third': { base: 'a\nb\nc\nd\ne\n', ours: 'A\nb\nC\nd\ne\n', theirs: 'a\nb\nC\nd\nE\nF\n' },
  'removed there': { base: 'a\nb\nc\n', ours: 'A\nb\nc\n', theirs: 'a\nb\n' },
  'changed differently in two places': { base: 'a\nb\nc\n', ours: '1\nb\n3\n', theirs: 'x\nb\nz\n' },
};

const SUITES: readonly (readonly [string, MergeDriver, Table])[] = [
  ['env', mergeEnv, ENV],
  ['ini', mergeIni, INI],
  ['json', mergeJson, JSON_TABLE],
  ['yaml', mergeYaml, YAML],
  ['toml', mergeToml, TOML],
  ['lines', mergeLines, LINES],
  ['sections', mergeSections, SECTIONS],
  ['packages', mergePackages, PACKAGES],
  ['text', mergePlainText, TEXT],
];

// What is expected is written by `npm run snap -- src/core/compose/merges`, to be read before it is committed.
describe.each(SUITES)('what merging %s says of', (_, merge, table) => {
  it.each(Object.entries(table))('%s', (_name, sides) => {
    expect(`\n${show(merge({ path: 'x', ...sides, labels: LABELS }))}\n`).toMatchSnapshot();
  });
});
