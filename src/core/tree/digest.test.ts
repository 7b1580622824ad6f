import { describe, expect, it } from 'vitest';
import { isDigest } from './digest.ts';

describe('isDigest', () => {
  const digest = '0123456789abcdef'.repeat(4);
  it('takes 64 hexadecimal digits in lower case, and nothing around them', () => {
    expect(isDigest(digest)).toBe(true);
    const others = ['', digest.slice(1), `${digest}0`, `x${digest}`, `${digest}\n`, digest.toUpperCase(), `g${digest.slice(1)}`];
    expect(others.map(isDigest)).toEqual(others.map(() => false));
  });
});
