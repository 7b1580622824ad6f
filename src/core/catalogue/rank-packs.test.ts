import { describe, expect, it } from 'vitest';
import { rankPacks } from './rank-packs.ts';

const PACKS = [
  {
    id: 'web-api-starter',
    title: 'Web API Starter',
    description: 'REST API with JWT authentication',
    category: 'web',
    keywords: ['rest', 'fastify'],
  },
  { id: 'cli-app-starter', title: 'CLI App', description: 'A command line program', category: 'cli', keywords: ['terminal'] },
  {
    id: 'data-science-toolkit',
    title: 'Data Science Toolkit',
    description: 'Pipeline and notebook',
    category: 'data',
    keywords: ['python'],
  },
];

const found = (query: string, fuzzy = true): string[] => rankPacks(PACKS, query, fuzzy).map(({ entry }) => entry.id);

describe('rankPacks', () => {
  it.each([
    ['web-api-starter', ['web-api-starter']],
    ['starter', ['cli-app-starter', 'web-api-starter']],
    ['rest api', ['web-api-starter']],
    ['fastfy', ['web-api-starter']],
    ['pyhton', ['data-science-toolkit']],
    ['wbe-api', ['web-api-starter']],
    ['cil', ['cli-app-starter']],
    ['wet', []],
    ['authentication', ['web-api-starter']],
    ['notebook web', []],
    ['', []],
    ['zzzz', []],
  ])('%s', (query, ids) => expect(found(query)).toEqual(ids));

  it('needs exact words when not fuzzy', () => expect(found('pyhton', false)).toEqual([]));

  it('says why', () => {
    expect(rankPacks(PACKS, 'fastfy', true)[0]?.because).toEqual([{ field: 'keyword', text: 'fastify', word: 'fastfy' }]);
  });
});
