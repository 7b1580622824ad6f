import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../../core/text/utf8.ts';
import type { ProjectPath } from '../../../core/tree/project-path.ts';
import { followArchiveLinks } from './follow-archive-links.ts';

const FOLDER = '{{cookiecutter.slug}}';

/** The files that links gave, with what is in them: every file's content is its own path. */
function follow(links: Readonly<Record<string, string>>, paths: readonly string[] = ['cookiecutter.json', `${FOLDER}/a`, 'b']) {
  const files = new Map(paths.map((path) => [path as ProjectPath, { content: encodeUtf8(path), mode: 0o755 }]));
  const { files: tree, findings } = followArchiveLinks({ files, links: new Map(Object.entries(links)) }, '');
  const added = [...tree].filter(([path]) => !files.has(path));
  return { findings, made: Object.fromEntries(added.map(([path, { content }]) => [path, Buffer.from(content).toString()])) };
}

describe('links of a template in an archive', () => {
  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['to a file beside', { [`${FOLDER}/l`]: 'a' }, { [`${FOLDER}/l`]: `${FOLDER}/a` }],
    ['to a file above', { [`${FOLDER}/d/l`]: '../../b' }, { [`${FOLDER}/d/l`]: 'b' }],
    ['through links', { [`${FOLDER}/l`]: 'm', [`${FOLDER}/m`]: './/../n', n: 'b' }, { [`${FOLDER}/l`]: 'b', [`${FOLDER}/m`]: 'b' }],
    ['through a link to a directory', { [`${FOLDER}/l`]: `../d/a`, d: FOLDER }, { [`${FOLDER}/l`]: `${FOLDER}/a` }],
    ['up from where a link led', { [`${FOLDER}/l`]: '../x/../b', x: FOLDER }, { [`${FOLDER}/l`]: 'b' }],
    ['to nothing', { [`${FOLDER}/l`]: 'missing' }, {}],
    ['to a directory', { [`${FOLDER}/l`]: '.' }, {}],
    ['in a circle', { [`${FOLDER}/l`]: 'm', [`${FOLDER}/m`]: 'l' }, {}],
    ['that are no part of it', { l: '/etc/passwd', 'docs/m': 'b' }, {}],
  ])('%s', (_name, links, made) => expect(follow(links)).toEqual({ findings: [], made }));

  it.each(['/etc/passwd', '../../b', '../x/../../b', '../absolute'])('are refused where they lead out: %s', (target) => {
    const { findings, made } = follow({ [`${FOLDER}/l`]: target, x: FOLDER, absolute: '/b' });
    expect(findings).toEqual([`"${FOLDER}/l" is a symbolic link that leads out of it`]);
    expect(made).toEqual({});
  });

  it('are refused in a pack', () => {
    expect(follow({ l: 'pack.toml' }, ['pack.toml']).findings).toEqual(['"l" is a symbolic link']);
  });

  it('are refused where following them would take long', () => {
    const names = Array.from({ length: 2000 }, (_, index) => [`${FOLDER}/l${index}`, `${'./'.repeat(500)}l${index + 1}`]);
    expect(() => follow(Object.fromEntries(names))).toThrow('its links lead over more than 100000 others and directories');
  });

  it('to directories are followed as Copier does, but not into themselves', () => {
    const links = { l: 'd', 'd/up': '..', 'd/same': 'e' };
    expect(follow(links, ['copier.yml', 'd/a', 'd/e/b']).made).toEqual({
      'l/a': 'd/a',
      'l/e/b': 'd/e/b',
      'd/same/b': 'd/e/b',
      'l/same/b': 'd/e/b',
    });
  });
});
