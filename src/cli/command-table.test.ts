import { describe, expect, it } from 'vitest';
import { COMMANDS } from './command-table.ts';
import { GLOBAL_FLAGS } from './global-flags.ts';
import { parseCommandLine } from './parse-command-line.ts';
import { PLAIN_STYLE } from './style.ts';
import { textWidth } from './text-width.ts';
import { viewHelp } from './views/help.ts';

const SPECS = COMMANDS.map(({ spec }) => spec);

describe('the table of commands', () => {
  it('names every command once', () => {
    const names = SPECS.flatMap((spec) => [spec.verb, ...spec.aliases.map(({ name }) => name)]);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(SPECS.map((spec) => [spec.verb, spec] as const))('%s is whole', (_, spec) => {
    expect(spec.examples.length).toBeGreaterThan(0);
    for (const text of [spec.summary, ...spec.arguments.map((argument) => argument.summary)]) expect(text).toMatch(/^[A-Z].*[^.]$/);
    expect(spec.description).toMatch(/^[A-Z][\s\S]*\.$/);
    for (const [name, flag] of Object.entries(spec.flags)) {
      expect(Object.keys(GLOBAL_FLAGS)).not.toContain(name);
      expect(flag.summary).toMatch(/^[A-Z].*[^.]$/);
    }
    expect(spec.arguments.slice(0, -1).some((argument) => argument.isRepeatable === true)).toBe(false);
  });

  it.each(SPECS.flatMap((spec) => spec.examples.map(({ line }) => [line, spec.verb] as const)))(
    'the example `packs %s` parses',
    (line, verb) => {
      const argv = line.replace(/ > .*$/, '').split(' ');
      expect(parseCommandLine(argv, SPECS)).toMatchObject({ kind: 'run', spec: { verb } });
    },
  );

  it.each(COMMANDS.map((command) => [command.spec.verb, command] as const))('%s can be loaded', async (_, command) => {
    expect(await command.load()).toBeTypeOf('function');
  });

  it.each([40, 60, 80, 120])('has help that fits into %i columns', (columns) => {
    for (const spec of [undefined, ...SPECS]) {
      const lines = viewHelp(SPECS, spec, { columns, style: PLAIN_STYLE }).split('\n');
      // What people copy (usage, examples, the names of flags) is never broken.
      const broken = lines.filter((line) => textWidth(line) > columns && !/^ {2}(packs|#|-)|^packs |^`packs/.test(line));
      expect(broken).toEqual([]);
    }
  });

  it('has this help', () => {
    expect(viewHelp(SPECS, undefined, { columns: 80, style: PLAIN_STYLE })).toMatchSnapshot();
    const generate = SPECS.find((spec) => spec.verb === 'generate');
    expect(viewHelp(SPECS, generate, { columns: 80, style: PLAIN_STYLE })).toMatchSnapshot();
  });
});
