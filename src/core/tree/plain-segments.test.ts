import { expect, it } from 'vitest';
import { plainSegments } from './plain-segments.ts';

it.each<readonly [path: string, ...segments: string[]]>([
  ['a/b', 'a', 'b'],
  ['./a//b/./', 'a', 'b'],
  ['/a/../.b', 'a', '..', '.b'],
  ['.'],
  [''],
])('segments of %j', (path, ...segments) => expect(plainSegments(path)).toEqual(segments));
