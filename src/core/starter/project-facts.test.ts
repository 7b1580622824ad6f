import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../text/utf8.ts';
import type { FileTree } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { findProjectFacts, type ProjectFacts } from './project-facts.ts';

function tree(files: Readonly<Record<string, string | Uint8Array>>): FileTree {
  return new Map(
    Object.entries(files).map(([path, content]) => [
      path as ProjectPath,
      { content: typeof content === 'string' ? encodeUtf8(content) : content, mode: 0o644 },
    ]),
  );
}

/** What is found, without what is not. */
function found(files: Readonly<Record<string, string | Uint8Array>>): Partial<ProjectFacts> {
  return Object.fromEntries(Object.entries(findProjectFacts(tree(files), 'tea')).filter(([, value]) => value !== undefined));
}

const ADA = { author: 'Ada Example', email: 'ada@example.com' };

describe('what a project says of itself', () => {
  it.each<readonly [name: string, files: Readonly<Record<string, string>>, facts: Partial<ProjectFacts>]>([
    ['nothing', {}, {}],
    [
      'package.json with a person and a repository as tables',
      {
        'package.json': JSON.stringify({
          name: '@scope/tea',
          description: 'Sells tea',
          license: 'MIT',
          author: { name: 'Ada Example', email: 'ada@example.com' },
          repository: { type: 'git', url: 'git+ssh://git@github.com/tea-house/tea.git' },
        }),
      },
      { name: 'tea', description: 'Sells tea', license: 'MIT', account: 'tea-house', ...ADA },
    ],
    [
      'package.json with a person and a repository as text',
      { 'package.json': '{"author": "Ada Example <ada@example.com> (https://example.com)", "repository": "https://gitlab.com/tea/shop"}' },
      { account: 'tea', ...ADA },
    ],
    [
      'package.json with a name alone',
      { 'package.json': '{"author": "Ada Example", "repository": 5, "name": ""}' },
      { author: 'Ada Example' },
    ],
    ['package.json that is none', { 'package.json': '[1]' }, {}],
    ['package.json that is no JSON', { 'package.json': '{' }, {}],
    [
      'pyproject.toml',
      {
        'pyproject.toml':
          '[project]\nname = "tea"\ndescription = "Sells tea"\nlicense = "Apache-2.0"\nauthors = [{name = "Ada Example", email = "ada@example.com"}]\n',
      },
      { name: 'tea', description: 'Sells tea', license: 'Apache-2.0', ...ADA },
    ],
    [
      'pyproject.toml of an older form',
      { 'pyproject.toml': '[project]\nlicense = {text = "MIT"}\nauthors = ["Ada"]\n' },
      { license: 'MIT' },
    ],
    ['pyproject.toml without a license that is text', { 'pyproject.toml': '[project]\nlicense = 5\n' }, {}],
    ['pyproject.toml that is no TOML', { 'pyproject.toml': '[project' }, {}],
    [
      'Cargo.toml',
      {
        'Cargo.toml': '[package]\nname = "tea"\ndescription = "Sells tea"\nlicense = "MIT"\nauthors = ["Ada Example <ada@example.com>"]\n',
      },
      { name: 'tea', description: 'Sells tea', license: 'MIT', ...ADA },
    ],
    ['Cargo.toml without authors', { 'Cargo.toml': '[package]\nname = "tea"\n' }, { name: 'tea' }],
    ['go.mod', { 'go.mod': 'module github.com/tea-house/tea\n\ngo 1.24\n' }, { name: 'tea', account: 'tea-house' }],
    ['go.mod of an own host', { 'go.mod': '// a comment\nmodule example.org/tea\n' }, { name: 'tea' }],
    ['go.mod without a module', { 'go.mod': 'go 1.24\n' }, {}],
    [
      'a license',
      { 'LICENSE.md': '# MIT License\n\nMIT License\n\nCopyright (c) 2019-2026 Ada Example <ada@example.com>\n' },
      { author: 'Ada Example', license: 'MIT' },
    ],
    ['a license of several years', { 'LICENSE.txt': 'Copyright © 2019, 2021 Ada Example\n' }, { author: 'Ada Example' }],
    ['another license', { LICENSE: 'Apache License\n' }, {}],
    ['an address in the README', { 'README.md': '[it](https://codeberg.org/tea-house/tea)' }, { account: 'tea-house' }],
    ['addresses of others in the README', { 'README.md': 'It uses https://github.com/vitejs/vite and github.com/tea.' }, {}],
    ['no address in the README', { 'README.md': '[it](https://example.org/tea-house/tea)' }, {}],
    [
      'several, of which the first counts for each fact',
      {
        'package.json': '{"name": "first"}',
        'pyproject.toml': '[project]\nname = "second"\ndescription = "From Python"\n',
        'README.md': 'made with https://github.com/vitejs/vite, lives at https://github.com/x/First.git',
      },
      { name: 'first', description: 'From Python', account: 'x' },
    ],
  ])('in %s', (_name, files, facts) => expect(found(files)).toEqual(facts));
});

describe('the port', () => {
  it.each<readonly [name: string, files: Readonly<Record<string, string>>, port: string | undefined]>([
    ['stands where ports stand, twice', { Dockerfile: 'EXPOSE 8080\n', '.env': 'PORT=8080\n' }, '8080'],
    ['is not what stands once', { Dockerfile: 'EXPOSE 8080\n' }, undefined],
    ['is the most frequent', { a: 'localhost:3000\nlocalhost:3000\n', b: 'port 4000\nport 4000\nport 4000\n' }, '4000'],
    ['is the smaller of two', { a: 'listen 4000\nlisten 3000\n', b: 'port = 4000 3000\n' }, '3000'],
    ['is no other number', { a: 'year 2026\nyear 2026\n' }, undefined],
    ['is below 65536 and not one of the system', { a: 'port 80\nport 80\nport 99999\nport 99999\nport 1023\nport 1023\n' }, undefined],
    ['is no part of a number or a version', { a: 'port 1.2000\nport 2000.5\nport 1.2000\nport 2000.5\n' }, undefined],
    [
      'is not looked for in lock files',
      { 'package-lock.json': 'port 3000\nport 3000\n', 'sub/yarn.lock': 'port 3000\nport 3000\n' },
      undefined,
    ],
    ['is not looked for in large files', { a: `port 3000\nport 3000\n${'x'.repeat(200_000)}` }, undefined],
  ])('%s', (_name, files, port) => expect(findProjectFacts(tree(files), 'tea').port).toBe(port));

  it('is not looked for in what is not text', () => {
    const bytes = new Uint8Array([...encodeUtf8('port 3000\nport 3000\n'), 0xff]);
    expect(found({ a: bytes, 'README.md': bytes })).toEqual({});
  });
});
