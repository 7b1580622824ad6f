import { describe, expect, it } from 'vitest';
import type { PackName } from '../pack/pack-name.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { injectText, inOrderOfResult } from './inject-text.ts';
import type { RenderedInjection } from './rendered-pack.ts';

const injection = (position: RenderedInjection['position'], once = false): RenderedInjection => ({
  into: 'app.ts' as ProjectPath,
  text: 'NEW',
  position,
  once,
  pack: 'p' as PackName,
  template: 't',
});

describe('injectText', () => {
  it.each<[string, string, RenderedInjection['position'], string]>([
    ['before', 'a\n// here\nb\n', { kind: 'before', marker: '// here' }, 'a\nNEW\n// here\nb\n'],
    ['after', 'a\n// here\nb\n', { kind: 'after', marker: '// here' }, 'a\n// here\nNEW\nb\n'],
    ['after the last line', 'a\n// here', { kind: 'after', marker: '// here' }, 'a\n// here\nNEW\n'],
    ['at the start', 'a\n', { kind: 'start' }, 'NEW\na\n'],
    ['at the end', 'a', { kind: 'end' }, 'a\nNEW\n'],
    ['into nothing', '', { kind: 'end' }, 'NEW\n'],
    ['with the line ends of the file', 'a\r\nb\r\n', { kind: 'end' }, 'a\r\nb\r\nNEW\r\n'],
  ])('%s', (_what, text, position, expected) => expect(injectText(text, injection(position))).toBe(expected));

  it('is done once when it says so', () => {
    const once = injection({ kind: 'end' }, true);
    expect(injectText(injectText('a\n', once), once)).toBe('a\nNEW\n');
    expect(injectText('a\nNEW\n', injection({ kind: 'end' }))).toBe('a\nNEW\nNEW\n');
  });

  it('says which marker is missing', () => {
    expect(() => injectText('a\n', injection({ kind: 'after', marker: '// gone' }))).toThrow(
      expect.objectContaining({ code: 'INJECTION_FAILED', message: expect.stringContaining('// gone') }),
    );
  });
});

describe('inOrderOfResult', () => {
  it('puts texts at one place in the order of the list', () => {
    const named = (text: string, position: RenderedInjection['position']): RenderedInjection => ({ ...injection(position), text });
    const marker = '// here';
    const list = [
      named('1', { kind: 'after', marker }),
      named('a', { kind: 'before', marker }),
      named('2', { kind: 'after', marker }),
      named('b', { kind: 'before', marker }),
      named('s', { kind: 'start' }),
      named('t', { kind: 'start' }),
    ];
    expect(inOrderOfResult(list).reduce(injectText, '// here\n')).toBe('s\nt\na\nb\n// here\n1\n2\n');
  });
});
