import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasCredentials, redactUrl } from './redact-url.ts';

describe('redactUrl', () => {
  it.each([
    ['https://host/a', 'https://host/a'],
    ['https://token@host/a', 'https://***@host/a'],
    ['https://user:pass@host:8080/a', 'https://***@host:8080/a'],
    ['https://user:p@ss@host/a', 'https://***@host/a'],
    ['ssh://git@host/a', 'ssh://git@host/a'],
    ['git+ssh://git:secret@host/a', 'git+ssh://git:***@host/a'],
    ['https://h/a?access_token=1&b=2&X-Amz-Signature=3#f', 'https://h/a?access_token=***&b=2&X-Amz-Signature=***#f'],
    ['https://h/a?key=1&keyboard=2', 'https://h/a?key=***&keyboard=2'],
    ['tried http://a:b@c/ and https://d:e@f/', 'tried http://***@c/ and https://***@f/'],
    ['ada@example.com', 'ada@example.com'],
    ['https://host/@scope/name', 'https://host/@scope/name'],
  ])('%s', (text, expected) => {
    expect(redactUrl(text)).toBe(expected);
    expect(hasCredentials(text)).toBe(text !== expected);
  });

  it('changes nothing the second time', () => {
    const part = fc.constantFrom('https://', 'ssh://', 'a', ':', '@', '/', '?token=', '&', '#', ' ', '=');
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const once = redactUrl(parts.join(''));
        expect(redactUrl(once)).toBe(once);
      }),
    );
  });
});
