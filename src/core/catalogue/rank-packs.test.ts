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

  it.each<[query: string, hits: Readonly<Record<string, number>>]>([
    ['web-api-starter', { 'web-api-starter': 1 }],
    [' WEB-API-STARTER ', { 'web-api-starter': 1 }],
    ['rest', { 'web-api-starter': 0.8 }],
    ['cli', { 'cli-app-starter': 0.99 }],
    ['toolkit', { 'data-science-toolkit': 0.99 }],
    ['rest api', { 'web-api-starter': 0.9 }],
    ['term', { 'cli-app-starter': 0.64 }],
    ['thon', { 'data-science-toolkit': 0.48 }],
    ['on', {}],
    ['st', { 'cli-app-starter': 0.8, 'web-api-starter': 0.8 }],
    ['noteboks', { 'data-science-toolkit': 0.2 }],
    ['notbok', {}],
    ['authentcaton', { 'web-api-starter': 0.2 }],
    ['authntcaton', {}],
    ['wb', {}],
  ])('tells how well %j is met', (query, hits) => {
    const scores = rankPacks(PACKS, query, true).map(({ entry, score }) => [entry.id, Math.round(score * 100) / 100]);
    expect(scores).toEqual(Object.entries(hits));
  });

  it('needs exact words when not fuzzy', () => expect(found('pyhton', false)).toEqual([]));

  it('says why', () => {
    expect(rankPacks(PACKS, 'fastfy', true)[0]?.because).toEqual([{ field: 'keyword', text: 'fastify', word: 'fastfy' }]);
  });
});
