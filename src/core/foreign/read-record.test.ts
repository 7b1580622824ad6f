import { describe, expect, it } from 'vitest';
import { readForeignRecord, toReference } from './read-record.ts';
import { isRecordName } from './record-names.ts';

describe('the record of another tool in a project', () => {
  it.each([
    ['.cruft.json', true],
    ['.copier-answers.yml', true],
    ['.copier-answers.docs-site.yaml', true],
    ['.copier/.copier-answers.yml', true],
    ['copier-answers.yml', false],
    ['docs/.copier-answers.yml', false],
    ['docs/.cruft.json', false],
    ['.copier-answers.json', false],
  ])('%s is one: %s', (path, is) => expect(isRecordName(path)).toBe(is));

  it('of Copier has answers below its own keys', () => {
    const text = '_src_path: gh:owner/thing.git\n_commit: v1.2.0\nname: Ada\nport: 80\n_other: 1\n';
    expect(readForeignRecord('.copier-answers.yml', text)).toEqual({
      record: {
        tool: 'copier',
        reference: 'gh:owner/thing',
        revision: 'v1.2.0',
        answers: new Map<string, unknown>([
          ['name', 'Ada'],
          ['port', 80],
        ]),
      },
    });
  });

  it('of cruft has them in the context, and perhaps a directory', () => {
    const record = {
      template: 'https://github.com/owner/things',
      commit: '0123456789abcdef',
      directory: 'python',
      context: { cookiecutter: { name: 'Ada', _template: 'x' } },
    };
    expect(readForeignRecord('.cruft.json', JSON.stringify(record))).toEqual({
      record: {
        tool: 'cookiecutter',
        reference: 'gh:owner/things/python',
        revision: '0123456789abcdef',
        branch: 'HEAD',
        answers: new Map([['name', 'Ada']]),
      },
    });
    const bare = readForeignRecord('.cruft.json', JSON.stringify({ template: './t', directory: '', commit: null }));
    expect(bare).toEqual({ record: { tool: 'cookiecutter', reference: './t', revision: undefined, branch: 'HEAD', answers: new Map() } });
  });

  it.each([
    ['', 'HEAD'],
    ['develop', 'develop'],
    ['v1.2.0', undefined],
    ['0123abc', undefined],
  ])('of cruft that was told to check out %j goes on from %j', (checkout, branch) => {
    const read = readForeignRecord('.cruft.json', JSON.stringify({ template: './t', commit: 'abc', checkout }));
    expect(read).toMatchObject({ record: branch === undefined ? { revision: 'abc' } : { branch } });
    expect('record' in read && read.record.branch).toBe(branch);
  });

  it.each([
    ['v1.2.0-3-g0abcdef', '0abcdef'],
    ['v1.2.0-3-gxyz', 'v1.2.0-3-gxyz'],
    ['""', undefined],
    ['1.0', undefined],
  ])('is at the revision %s: %s', (commit, revision) => {
    const text = `_src_path: ./t\n_commit: ${commit}\n`;
    expect(readForeignRecord('.copier-answers.yml', text)).toMatchObject({ record: { revision } });
  });

  it.each([
    ['.copier-answers.yml', '', 'it has no _src_path, which names the template', undefined],
    ['.copier-answers.yml', '[1, 2]', 'it has no _src_path', undefined],
    ['.copier-answers.yml', 'name: Ada', 'it has no _src_path', undefined],
    ['.copier-answers.yml', '_src_path: x\n---\n_src_path: y\n', 'it has no _src_path', undefined],
    ['.copier-answers.yml', '_src_path: [x]', 'it has no _src_path', undefined],
    ['.copier-answers.yml', '_src_path: ""', 'it has no _src_path', undefined],
    ['.copier-answers.yml', 'b: 1\na: [1', '', 2],
    ['.cruft.json', '[]', 'it has no template, which names the template', undefined],
    ['.cruft.json', '{"template": 5}', 'it has no template', undefined],
    ['.cruft.json', '{"template": ""}', 'it has no template', undefined],
    ['.cruft.json', '{\n"a"', '', 2],
  ])('%s with %j is none: %s', (path, text, problem, line) => {
    const outcome = readForeignRecord(path, text);
    expect(outcome).toMatchObject({ problem: expect.stringContaining(problem) });
    expect('line' in outcome ? outcome.line : undefined).toBe(line);
  });
});

describe('the address of a template as a reference', () => {
  it.each([
    ['gl:group/thing', 'git+https://gitlab.com/group/thing.git'],
    ['gl://group/thing.git', 'git+https://gitlab.com/group/thing.git'],
    ['bb:team/thing', 'git+https://bitbucket.org/team/thing.git'],
    ['gh://owner/thing.git', 'gh:owner/thing'],
    ['gh:owner/thing', 'gh:owner/thing'],
    ['git+https://example.org/a.git', 'git+https://example.org/a.git'],
    ['git@example.org:a/b.git', 'git@example.org:a/b.git'],
    ['ssh://git@example.org/a.git', 'ssh://git@example.org/a.git'],
    ['https://github.com/owner/thing.git', 'gh:owner/thing'],
    ['https://github.com/owner/thing/', 'gh:owner/thing'],
    ['https://example.org/a/b', 'git+https://example.org/a/b.git'],
    ['https://example.org/a/b.git/', 'git+https://example.org/a/b.git'],
    ['file:///srv/thing', 'git+file:///srv/thing'],
    ['../thing', '../thing'],
    ['templates/thing', './templates/thing'],
    ['--upload-pack=x', '--upload-pack=x'],
    ['C:\\\\thing', 'C:\\\\thing'],
    ['/srv/thing', '/srv/thing'],
  ])('%s is %s', (source, reference) => expect(toReference(source)).toBe(reference));
});
