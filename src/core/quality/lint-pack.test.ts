import { createRequire } from 'node:module';
import ajv from 'ajv-draft-04';
import { describe, expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import { applyFixes } from './apply-fixes.ts';
import { formatSarif } from './format-sarif.ts';
import { gatherLintFacts } from './lint-facts.ts';
import { lintPack } from './lint-pack.ts';
import { ALL_RULES } from './rules/all-rules.ts';
import { UNUSED_SUPPRESSION } from './suppressions.ts';

const QUIET = ['readme', 'licence', 'tests', 'description', 'example', 'prompt'].map((name) => `missing-${name} = "off"`).join('\n');

const lint = (manifest: string, files: Record<string, string> = {}) => {
  const pack = makePack({ manifest: `[lint.severity]\n${QUIET}\n${manifest}`, files });
  return { pack, ...lintPack(gatherLintFacts(pack)) };
};

const shown = ({ findings }: ReturnType<typeof lint>) =>
  findings
    .filter(({ message }) => !message.startsWith('lint.severity.missing'))
    .map(({ rule, severity, where }) => `${severity} ${rule} ${where.file}:${where.line ?? ''}`);

const unused = '[variables.team]\ntype = "string"\nprompt = "Team"\n';

describe('suppressions', () => {
  it.each<[what: string, manifest: string, files: Record<string, string>, found: string[]]>([
    ['finds what nothing allows', unused, {}, ['warning unused-variable pack.toml:17']],
    ['takes another severity', `unused-variable = "error"\n${unused}`, {}, ['error unused-variable pack.toml:18']],
    ['turns a rule off', `unused-variable = "off"\n${unused}`, {}, []],
    ['allows a key', `[[lint.allow]]\nrule = "unused-variable"\nin = "variables.team"\nreason = "x"\n${unused}`, {}, []],
    ['allows a glob', `[[lint.allow]]\nrule = "unused-variable"\nin = "pack.*"\nreason = "x"\n${unused}`, {}, []],
    [
      'allows another key only',
      `[[lint.allow]]\nrule = "unused-variable"\nin = "variables.tea"\nreason = "x"\n${unused}`,
      {},
      ['warning unused-suppression pack.toml:17', 'warning unused-variable pack.toml:21'],
    ],
    ['allows by a comment above', `\n# packsmith: allow unused-variable: kept\n${unused}`, {}, []],
    [
      'allows by a comment in a template',
      unused.replace('team', 'item'),
      { 'templates/a.jinja': '{# packsmith: allow shadowed-variable #}\n{% for item in [1] %}{{ item }}{% endfor %}' },
      ['warning unused-variable pack.toml:17'],
    ],
    [
      'does not reach further than the next line',
      '',
      { 'templates/a.jinja': '{# packsmith: allow undeclared-name #}\n\n{{ nam }}' },
      ['warning unused-suppression templates/a.jinja:1', 'error undeclared-name templates/a.jinja:3'],
    ],
    ['reports what is off for nothing', 'slow-template = "off"\n', {}, ['warning unused-suppression pack.toml:17']],
    ['reports a rule that does not exist', 'unused-varable = "off"\n', {}, ['warning unused-suppression pack.toml:17']],
  ])('%s', (_what, manifest, files, found) => {
    expect(shown(lint(manifest, files))).toEqual(found);
  });

  it('tells what is allowed apart from what is not there', () => {
    expect(lint(`unused-variable = "off"\n${unused}`).suppressed.map(({ rule }) => rule)).toContain('unused-variable');
    const [finding] = lint('unused-varable = "off"\n').findings.filter(({ message }) => message.includes('varable'));
    expect(finding).toMatchObject({
      message: 'lint.severity.unused-varable = "off" names no rule',
      suggestion: 'did you mean unused-variable?',
    });
  });
});

describe('fixes', () => {
  const fix = (manifest: string, files: Record<string, string> = {}) => {
    const { pack, findings } = lint(manifest, files);
    const outcome = applyFixes(
      pack,
      findings.filter(({ message }) => !message.startsWith('lint.severity.missing')),
    );
    return { ...outcome, files: Object.fromEntries(outcome.files) };
  };

  it('removes conditions that always hold, and leaves comments where they are', () => {
    const { files, refused } = fix(`[packages.npm]\n# the server\na = { version = "^1.0.0", when = "true" } # kept\n`);
    expect(files['pack.toml']).toContain('# the server\na = { version = "^1.0.0" } # kept\n');
    expect(refused).toEqual([]);
  });

  it('removes suppressions that suppress nothing, of both forms, and keeps the others', () => {
    const allow = (rule: string, place: string) => `[[lint.allow]]\nrule = "${rule}"\nin = "${place}"\nreason = "x"\n`;
    const { files, fixed } = fix(
      `${allow('slow-template', 'a')}${allow('unused-variable', 'variables.team')}${allow('weak-pattern', 'b')}# packsmith: allow unsafe-path\n${unused}`,
      { 'templates/a.jinja': 'a {# packsmith: allow slow-template #}b\n' },
    );
    expect(fixed).toHaveLength(4);
    expect(files['templates/a.jinja']).toBe('a b\n');
    expect(files['pack.toml']).not.toMatch(/slow-template|weak-pattern|unsafe-path/);
    const after = makePack({ manifest: (files['pack.toml'] ?? '').split('license = "MIT"\n')[1] ?? '' });
    expect(after.manifest.lint.allow.map(({ rule }) => rule)).toEqual(['unused-variable']);
  });

  it('leaves a comment whose signs take space away, for the text would change', () => {
    const { files, refused } = fix('', { 'templates/a.jinja': 'a \n {#- packsmith: allow slow-template -#} b\n' });
    expect(files).toEqual({});
    expect(refused).toHaveLength(1);
  });

  it('has nothing left to fix afterwards', () => {
    const { files } = fix(`slow-template = "off"\n[packages.npm]\na = { version = "^1.0.0", when = "true" }\n`);
    const text = (files['pack.toml'] ?? '').split('license = "MIT"\n')[1] ?? '';
    const again = lintPack(gatherLintFacts(makePack({ manifest: text })));
    expect(again.findings.filter(({ fix: left, message }) => left !== undefined && !message.startsWith('lint.severity.missing'))).toEqual(
      [],
    );
  });
});

describe('SARIF', () => {
  const require = createRequire(import.meta.url);
  const validate = new ajv.default({ strict: false, allErrors: true, unicodeRegExp: false, validateFormats: false }).compile(
    require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'),
  );
  const rules = [...ALL_RULES, UNUSED_SUPPRESSION];

  it('is valid by the schema of SARIF 2.1.0, with and without findings', () => {
    const outcome = lint(`unused-variable = "off"\n${unused}[variables.x]\ntype = "string"\n`, {
      'templates/a b.jinja': '{{ nam }}',
      'x.txt': '',
    });
    const full = formatSarif({ toolVersion: '0.1.0', rules, ...outcome, prefix: 'packs/my pack/' });
    for (const document of [full, formatSarif({ toolVersion: '0.1.0', rules, findings: [], suppressed: [], prefix: '' })]) {
      expect(validate(document) ? [] : validate.errors).toEqual([]);
    }
    expect(JSON.stringify(full)).toContain('"uri":"packs/my%20pack/templates/a%20b.jinja"');
    expect(JSON.stringify(full)).toContain('"suppressions":[{"kind":"inSource"}]');
  });

  // What is expected is written by `npm run snap -- src/core/quality`, to be read before it is committed.
  it('has a rule, a level, a place and a subject for each finding', () => {
    const outcome = lint(
      `unused-variable = "off"\nunused-file = "error"\nslow-template = "off"\nunused-file2 = "off"\n[[lint.allow]]\nrule = "unused-file"\nin = "y.txt"\nreason = "r"\n[[lint.allow]]\nrule = "unsafe-path"\nin = "z"\nreason = "r"\n${unused}[variables.x]\ntype = "string"\n`,
      {
        'templates/b.jinja':
          '{# packsmith: allow undeclared-name #}\n{{ nam }}\n{{ also }} {{ docker }}\n{# packsmith: allow slow-template #}',
        'templates/a.jinja': '{{ z }}{{ y }}\n{{ x | kebab_cas }}',
        'templates/{{ x }}.jinja': '',
        'x.txt': '',
        'y.txt': '',
      },
    );
    const known = rules.filter(({ id }) => id !== 'unsafe-path');
    const document = formatSarif({ toolVersion: '0.1.0', rules: known, ...outcome, prefix: '' }) as {
      runs: { tool: { driver: { rules: object[] } } }[];
    };
    const [run] = document.runs;
    const { driver } = run?.tool ?? {};
    const shown = { ...document, runs: [{ ...run, tool: { driver: { ...driver, rules: driver?.rules.slice(0, 2) } } }] };
    expect(shown).toMatchSnapshot();
    expect(outcome.findings.filter(({ fix }) => fix !== undefined)).toMatchSnapshot();
  });

  it('is checked by a schema that does refuse', () => {
    const document = formatSarif({ toolVersion: '0.1.0', rules, findings: [], suppressed: [], prefix: '' });
    expect(validate({ ...document, version: '2.0.0' })).toBe(false);
    expect(validate({ ...document, runs: [{}] })).toBe(false);
  });
});
