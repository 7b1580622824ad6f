import { describe, expect, it } from 'vitest';
import { findCollisions } from './find-collisions.ts';
import type { RenderedFile } from './rendered-pack.ts';

const find = (...paths: readonly string[]) =>
  findCollisions(paths.map((path, index) => ({ path, template: `t${index}` }) as unknown as RenderedFile));

describe('findCollisions', () => {
  it.each<readonly [readonly string[], string]>([
    [['a', 'a'], 't0 and t1 both write a'],
    [['a', 'A'], 't0 and t1 both write a and A, which are one file where case is ignored'],
    [['é', 'E\u0301'], 't0 and t1 both write é and E\u0301, which are one file where case is ignored'],
    [['d/x', 'D/y'], 't0 and t1 both write d and D, which are one directory where case is ignored'],
    [['a', 'a/b'], 't0 and t1 both need a, one as a file and one as a directory'],
    [['a/b/c', 'a/b'], 't0 and t1 both need a/b, one as a file and one as a directory'],
    [['a/b', 'A'], 't0 and t1 both need A, one as a file and one as a directory'],
  ])('in %j: %s', (paths, message) =>
    expect(find(...paths)).toEqual([{ code: 'TEMPLATE_COLLISION', severity: 'error', message, where: { file: 't1' } }]),
  );

  it('finds none where there is none, and one for each file that comes second', () => {
    expect(find('a', 'b', 'd/a', 'd/e/b', 'd/e/c', 'ab', 'A2')).toEqual([]);
    expect(find('a', 'a', 'x/y', 'a', 'X/z/Y').map(({ where }) => where?.file)).toEqual(['t1', 't3', 't4']);
  });
});
