/** A value as JSON in which no text can turn the direction of what is shown, or be obeyed by a terminal: such characters are escaped, and mean the same. */
export function writeJson(value: object): string {
  return `${JSON.stringify(value, undefined, 2).replace(SHOWN_OTHERWISE, escapeCharacter)}\n`;
}

/** What JSON itself does not escape: DEL, the controls above it, and marks and breaks of Unicode. All of them can only stand in texts. */
const SHOWN_OTHERWISE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
