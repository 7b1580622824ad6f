const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const ESCAPE = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g;

/**
 * Decodes the escapes of a Python string literal (the text between the quotes). Unknown escapes stay as they are written.
 * Returns undefined for an escape that Python refuses too (`\x` without digits, a code point beyond Unicode) and for `\N{…}`.
 */
export function decodeStringLiteral(body: string): string | undefined {
  if (!body.includes('\\')) return body;
  let isValid = true;
  const decoded = body.replace(ESCAPE, (whole, octal, hex2, hex4, hex8, other) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    const digits: string | undefined = hex2 ?? hex4 ?? hex8;
    if (digits !== undefined) {
      const code = Number.parseInt(digits, 16);
      if (code <= 0x10ffff) return String.fromCodePoint(code);
      isValid = false;
      return '';
    }
    if (Object.hasOwn(SIMPLE, other)) return SIMPLE[other] ?? '';
    if (other === 'x' || other === 'u' || other === 'U' || other === 'N') isValid = false;
    return whole;
  });
  return isValid ? decoded : undefined;
}
