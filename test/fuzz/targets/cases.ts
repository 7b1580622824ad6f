import { readCsv } from '../../../src/adapters/data/read-csv.ts';
import { followPointer, parseDataFile } from '../../../src/core/cases/parse-data-file.ts';
import { parsePackCase } from '../../../src/core/cases/parse-pack-case.ts';
import { parsePlainData } from '../../../src/core/data/parse-plain-data.ts';
import { hasErrors } from '../../../src/core/diagnostics/diagnostic.ts';
import { checkFindings, codesOf, type FuzzTarget, hold, textOf } from '../fuzz-target.ts';

export const packCase: FuzzTarget = {
  name: 'pack-case',
  subject: 'the reader of test cases of packs',
  laws: ['a case or an error, never both, never neither', 'every finding has words, and a place in the text'],
  words: [
    ...'[variables] [expect] [update] [[commands]] files = contains lacks matches text values snapshots hooks refusal run timeout exit output from'.split(
      ' ',
    ),
    ...'[[update.edits]] path replace with append delete rename mode conflict "markers" "/a/0" "*" "../x" [ ] { } " \n'.split(' '),
  ],
  run: (input) => {
    const text = textOf(input);
    const parsed = parsePackCase(text, 'tests/a.toml');
    hold((parsed.case === undefined) === hasErrors(parsed.diagnostics), 'a case or an error');
    checkFindings(parsed.diagnostics, text);
    return `${parsed.case === undefined ? 'refused' : 'read'} ${codesOf(parsed.diagnostics)}`;
  },
};

/** The ending of a name in the first line, then the text. */
export const dataFile: FuzzTarget = {
  name: 'data-files',
  subject: 'files of data and of results: JSON, YAML, TOML, CSV',
  laws: ['read, or in words why not', 'no prototype is reached'],
  words: [
    '.json\n',
    '.yaml\n',
    '.toml\n',
    '.csv\n',
    '.tsv\n',
    '{',
    '}',
    '[',
    ']',
    ': ',
    ', ',
    '"',
    '\n',
    '- ',
    '&a ',
    '*a',
    '<<: *a',
    '!!binary ',
    '|',
    'a = 1\n',
    '[[a]]',
    '"a",b\n',
    '""',
    '\t',
    '\r\n',
    '__proto__',
    '1e999',
    '0x1F',
    '!!set',
    '---\n',
    '%YAML 1.1\n',
  ],
  run: (input) => {
    const text = textOf(input);
    const end = text.indexOf('\n');
    const ending = end < 0 ? '.json' : text.slice(0, end);
    const rest = text.slice(end + 1);
    const parsed = parseDataFile(`x${ending}`, rest);
    if (parsed.kind === 'data') followPointer(parsed.value, '/a/0/__proto__');
    const data = ending.endsWith('sv')
      ? readCsv(rest, ending === '.csv' ? ',' : '\t')
      : parsePlainData(rest, ending === '.yaml' ? 'yaml' : ending === '.toml' ? 'toml' : 'json');
    hold(({} as Record<string, unknown>)['polluted'] === undefined, 'no prototype is reached');
    return `${parsed.kind} ${data.kind}`;
  },
};
