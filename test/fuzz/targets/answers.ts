import { readForeignRecord } from '../../../src/core/foreign/read-record.ts';
import { parsePackManifest } from '../../../src/core/manifest/parse-pack-manifest.ts';
import { formatPackReference, parsePackReference } from '../../../src/core/pack/pack-reference.ts';
import { coerceText } from '../../../src/core/template/answers/coerce-text.ts';
import { formatJsonValue, parseJsonValue } from '../../../src/core/template/answers/json-value.ts';
import { parseVarsFile } from '../../../src/core/template/answers/vars-file.ts';
import { attempt, checkFindings, type FuzzTarget, hold, textOf } from '../fuzz-target.ts';

const TYPES = ['string', 'text', 'integer', 'number', 'boolean', 'list', 'map'] as const;
const TYPED = parsePackManifest(
  `format = 1\n[pack]\nid = "a"\nversion = "1.0.0"\ntitle = "A"\ndescription = "A"\nlicense = "MIT"\n${TYPES.map((type) => `[variables.v_${type}]\ntype = "${type}"\n`).join('')}`,
).manifest;

/** The ending of a name in the first line, then the text. */
export const answers: FuzzTarget = {
  name: 'answers',
  subject: 'files of answers, and answers as texts',
  laws: ['answers or a finding with a place', 'JSON is read as it is written'],
  words: [
    '.toml\n',
    '.yaml\n',
    '.json\n',
    '{',
    '}',
    '[',
    ']',
    ': ',
    ', ',
    ' = ',
    '"',
    "'",
    '\n',
    '- ',
    '&a',
    '*a',
    '!!x',
    'true',
    'null',
    '1_000',
    '1e400',
    '-0',
    '12345678901234567890',
    'a=b',
    '\\,',
    '? ',
    '<<: ',
    '"""',
    '|\n',
  ],
  run: (input) => {
    const text = textOf(input);
    const end = text.indexOf('\n');
    const rest = text.slice(end + 1);
    const parsed = parseVarsFile(rest, `vars${end < 0 ? '.json' : text.slice(0, end).slice(0, 20)}`);
    checkFindings(parsed.diagnostics, rest.replace(/^\ufeff/, ''));
    const json = parseJsonValue(rest);
    if (json.kind === 'value') {
      const written = formatJsonValue(json.value);
      const again = parseJsonValue(written);
      hold(again.kind === 'value' && formatJsonValue(again.value) === written, 'JSON is read as it is written', () => written);
    }
    const kinds = (TYPED?.variables ?? []).map((definition) => coerceText(rest.slice(0, 500), definition).kind[0]);
    return `${parsed.diagnostics.length} ${json.kind} ${kinds.join('')}`;
  },
};

export const foreignRecord: FuzzTarget = {
  name: 'foreign-records',
  subject: 'the records that Copier and cruft leave in a project',
  laws: ['read, or nothing', 'what it names is refused as a reference, or is one whose transport is known'],
  words: [
    '_src_path: ',
    '_commit: ',
    '"template": ',
    '"context": {"cookiecutter": {',
    '"directory": ',
    'ext::sh -c x',
    'gh:',
    'gl:',
    'git+',
    '--upload-pack=x',
    'file:///etc',
    '../../x',
    '-oProxyCommand=x',
    '\n',
    ': ',
    '"',
    '{',
    '}',
    ',',
    '- ',
    '&a ',
    '*a',
    '!!python/object:x',
  ],
  maxBytes: 4000,
  run: (input) => {
    const text = textOf(input);
    return ['.copier-answers.yml', '.cruft.json']
      .map((name) => {
        const outcome = readForeignRecord(name, text);
        if ('problem' in outcome) return 'none';
        const { record } = outcome;
        const reference = attempt(['REFERENCE_INVALID'], () => parsePackReference(record.reference));
        if ('code' in reference) return 'refused';
        if (reference.value.kind === 'git')
          hold(/^(?:https?|ssh|file|git):\/\/[^-]/.test(reference.value.url), 'git is given a known transport', () => record.reference);
        formatPackReference(reference.value);
        return reference.value.kind;
      })
      .join(' ');
  },
};
