import { describe, expect, it } from 'vitest';
import { checkContentGates, checkRegistryGates } from '../publish/check-gates.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { makeStarterPack } from './starter-pack.ts';

const REQUEST = { id: 'my-pack', category: undefined, author: undefined, year: 2026 } as const;

describe('a new pack', () => {
  it.each([
    ['by itself', REQUEST],
    ['in a scope', { ...REQUEST, id: '@acme/rest.api_v2' }],
    ['with a category and an author', { ...REQUEST, category: 'web', author: 'Ada "Countess" Example <ada@example.com>' }],
    ['with the longest id', { ...REQUEST, id: 'a'.repeat(100) }],
    ['with digits', { ...REQUEST, id: '3' }],
  ])('%s passes every gate without a finding', (_name, request) => {
    const { gates, pack } = checkContentGates({ files: makeStarterPack(request as never) });
    expect(gates.flatMap(({ findings }) => findings)).toEqual([]);
    expect(pack?.manifest).toMatchObject({ id: request.id, version: '0.1.0', license: 'MIT' });
    expect(checkRegistryGates(pack!, { published: [], previous: undefined, tag: undefined }).every(({ passed }) => passed)).toBe(true);
  });

  it('has a variable, a template and a test case, and names the author in its license', () => {
    const files = makeStarterPack({ ...REQUEST, author: 'Ada Example <ada@example.com>' } as never);
    expect([...files.keys()]).toEqual([
      'pack.toml',
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'templates/README.md.jinja',
      'tests/defaults.toml',
    ]);
    expect(decodeUtf8(files.get('LICENSE' as ProjectPath)!.content)).toContain('Copyright (c) 2026 Ada Example\n');
  });
});
