/**
 * Text from elsewhere, safe to show on a terminal: without escape sequences (CSI, OSC, DCS and the rest, with what they carry), without
 * control characters other than newline and tab, without marks that turn the direction of text. A carriage return before a newline falls
 * away with the others. An escape sequence that never ends takes the text up to the next newline at most.
 */
export function stripControl(text: string): string {
  return NEEDS_STRIPPING.test(text) ? text.replace(ESCAPE_SEQUENCE, '').replace(CONTROL, '') : text;
}

/** The same on one line: every run of white space with a line break in it becomes one space. */
export function stripControlLine(text: string): string {
  return stripControl(text).replace(/[ \t]*[\n\u2028\u2029][\s\u2028\u2029]*/g, ' ');
}

/**
 * What somebody has to see in full before agreeing to it: nothing is taken out, and control characters stand as `\\x1b` or `\\u202e`, line ends as
 * `\\n`. Taking escape sequences out would take out what is hidden in them, which a shell runs all the same.
 */
export function escapeControl(text: string): string {
  return text.replace(CONTROL_OR_BREAK, (char) => {
    const code = char.charCodeAt(0);
    if (char === '\n' || char === '\t' || char === '\r') return char === '\n' ? '\\n' : char === '\t' ? '\\t' : '\\r';
    return code < 0x80 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** Whether text has what `escapeControl` would write in another way. */
export function hasControl(text: string): boolean {
  return text.search(CONTROL_OR_BREAK) >= 0;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is shown
const CONTROL_OR_BREAK = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const NEEDS_STRIPPING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** ECMA-48: strings (OSC, DCS, SOS, PM, APC) to their terminator, CSI to its final byte, then what is left of ESC with its intermediates. */
const ESCAPE_SEQUENCE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  /(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u009c\u001b\n]*(?:\u0007|\u009c|\u001b\\)?|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|\u001b[ -/]*[0-~]?/g;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
