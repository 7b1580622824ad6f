import { defineCommand } from '../command.js';
import { readInputs } from '../read-input.js';

export interface Count {
  readonly lines: number;
  readonly words: number;
  readonly characters: number;
}

export const count = defineCommand({
  name: 'count',
  summary: 'count lines, words and characters',
  operands: '[FILE...]',
  options: {
    json: { type: 'boolean', description: 'print JSON' },
  },
  async run({ values, positionals, context }) {
    const inputs = await readInputs(positionals, context);
    const rows = inputs.map(({ name, text }) => ({ name, ...countText(text) }));
    if (values.json) {
      context.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
      return;
    }
    for (const { name, lines, words, characters } of rows) {
      const numbers = [lines, words, characters].map((value) => String(value).padStart(8)).join('');
      context.stdout.write(`${numbers}  ${name}\n`);
    }
  },
});

/** Characters are code points; a last line without a newline counts too. */
export function countText(text: string): Count {
  const newlines = text.split('\n').length - 1;
  return {
    lines: text === '' || text.endsWith('\n') ? newlines : newlines + 1,
    words: text.match(/\S+/gu)?.length ?? 0,
    characters: [...text].length,
  };
}
