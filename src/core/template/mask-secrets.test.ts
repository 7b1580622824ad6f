import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import { collectSecrets, fitsMasks, maskSecrets, secretMask, unmaskSecrets } from './mask-secrets.ts';

const mask = (text: string, secrets: Record<string, string>): string | undefined =>
  decodeUtf8(maskSecrets(encodeUtf8(text), new Map(Object.entries(secrets))));

describe('maskSecrets', () => {
  it.each([
    ['key=hunter2;', { k: 'hunter2' }, `key=${secretMask('k')};`],
    ['no secret', { k: 'hunter2' }, 'no secret'],
    ['abcd ab', { short: 'ab', long: 'abcd' }, `${secretMask('long')} ${secretMask('short')}`],
    ['a.b axb', { dot: 'a.b' }, `${secretMask('dot')} axb`],
  ])('%s', (text, secrets, expected) => expect(mask(text, secrets)).toBe(expected));

  it('knows the forms in which filters write a secret', () => {
    const value = `a"b'c d\n`;
    const secrets = collectSecrets(new Map([['k', value]]), () => true);
    const forms = [value, JSON.stringify(value), value.replaceAll("'", "''"), encodeURIComponent(value)];
    const masked = decodeUtf8(maskSecrets(encodeUtf8(forms.join(' | ')), secrets)) ?? '';
    for (const form of [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]) expect(masked).not.toContain(form);
    expect(decodeUtf8(unmaskSecrets(encodeUtf8(masked), secrets))).toBe(forms.join(' | '));
  });

  it('leaves bytes that are not text alone', () => {
    const bytes = new Uint8Array([0xff, 0x61]);
    expect(maskSecrets(bytes, new Map([['k', 'a']]))).toBe(bytes);
  });

  it('is undone by unmasking, and leaves no secret behind', () => {
    const secret = fc.string({ minLength: 3, maxLength: 12, unit: fc.constantFrom('x', 'y', '*', '$') });
    fc.assert(
      fc.property(fc.array(fc.oneof(secret, fc.string())), secret, (parts, value) => {
        const content = encodeUtf8([...parts, value].join(' '));
        const secrets = new Map([['s', value]]);
        const masked = maskSecrets(content, secrets);
        expect(decodeUtf8(masked)).not.toContain(value);
        expect(unmaskSecrets(masked, secrets)).toEqual(content);
      }),
    );
  });
});

describe('fitsMasks', () => {
  const form = `user=ada\npassword=${secretMask('p')}\nagain: ${secretMask('p')}!\n`;
  it.each([
    ['any secret', 'user=ada\npassword=abc\nagain: abc!\n', true],
    ['another edit', 'user=bob\npassword=abc\nagain: abc!\n', false],
    ['two values for one secret', 'user=ada\npassword=abc\nagain: abd!\n', false],
    ['no secret', 'user=ada\npassword=\nagain: !\n', false],
    ['more at the end', 'user=ada\npassword=abc\nagain: abc!\nmore\n', false],
    ['nothing', '', false],
  ])('%s', (_what, text, expected) => expect(fitsMasks(encodeUtf8(text), encodeUtf8(form))).toBe(expected));

  it('holds for whatever was masked, or says no', () => {
    const secret = fc.string({ minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(secret, fc.array(fc.constantFrom('a', 'b\n', '=')), (value, parts) => {
        const form = [...parts, secretMask('s'), ...parts].join('');
        const text = form.replaceAll(secretMask('s'), () => value);
        expect(fitsMasks(encodeUtf8(text), encodeUtf8(form))).toBe(true);
        expect(fitsMasks(encodeUtf8(`${text}#`), encodeUtf8(form)) && parts.length > 0).toBe(false);
      }),
    );
  });
});
