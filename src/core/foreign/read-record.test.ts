import { describe, expect, it } from 'vitest';
import { isRecordName, readForeignRecord, toReference } from './read-record.ts';

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
      tool: 'copier',
      reference: 'gh:owner/thing',
      revision: 'v1.2.0',
      answers: new Map<string, unknown>([
        ['name', 'Ada'],
        ['port', 80],
      ]),
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
      tool: 'cookiecutter',
      reference: 'gh:owner/things/python',
      revision: '0123456789abcdef',
      answers: new Map([['name', 'Ada']]),
    });
    const bare = readForeignRecord('.cruft.json', JSON.stringify({ template: './t', directory: '', commit: null }));
    expect(bare).toEqual({ tool: 'cookiecutter', reference: './t', revision: undefined, answers: new Map() });
  });

  it.each([
    ['v1.2.0-3-g0abcdef', '0abcdef'],
    ['v1.2.0-3-gxyz', 'v1.2.0-3-gxyz'],
    ['""', undefined],
    ['1.0', undefined],
  ])('is at the revision %s: %s', (commit, revision) => {
    expect(readForeignRecord('.copier-answers.yml', `_src_path: ./t\n_commit: ${commit}\n`)?.revision).toBe(revision);
  });

  it.each([
    ['.copier-answers.yml', '[1, 2]'],
    ['.copier-answers.yml', 'name: Ada'],
    ['.copier-answers.yml', '_src_path: [x]'],
    ['.copier-answers.yml', '_src_path: ""'],
    ['.copier-answers.yml', 'a: [1'],
    ['.cruft.json', '[]'],
    ['.cruft.json', '{"template": 5}'],
    ['.cruft.json', '{"template": ""}'],
    ['.cruft.json', '{'],
  ])('%s with %s is none', (path, text) => expect(readForeignRecord(path, text)).toBeUndefined());
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
    ['/srv/thing', '/srv/thing'],
  ])('%s is %s', (source, reference) => expect(toReference(source)).toBe(reference));
});
