import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import { COMMANDS } from './command-table.ts';
import { type ParsedCommandLine, parseCommandLine } from './parse-command-line.ts';

const SPECS = COMMANDS.map((command) => command.spec);

/** Parses a line and shows what differs from an empty one: the verb, positionals, and flags that were given. */
function parse(line: string): unknown {
  const parsed: ParsedCommandLine = parseCommandLine(
    line.split(' ').filter((word) => word !== ''),
    SPECS,
  );
  const given = (flags: object) =>
    Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== false && value !== undefined && value.length !== 0));
  if (parsed.kind === 'version') return 'version';
  if (parsed.kind === 'help') return `help ${parsed.spec?.verb ?? ''}`.trim();
  return { verb: parsed.spec.verb, ...given(parsed.globals), ...given(parsed.flags), at: parsed.positionals };
}

describe('parseCommandLine', () => {
  it.each<[string, unknown]>([
    ['', 'help'],
    ['--help', 'help'],
    ['-h', 'help'],
    ['help', 'help'],
    ['help gen', 'help generate'],
    ['generate --help', 'help generate'],
    ['--help generate', 'help generate'],
    ['--version', 'version'],
    ['-V', 'version'],
    ['list --version', 'version'],
    ['list', { verb: 'list', at: [] }],
    ['ls', { verb: 'list', at: [] }],
    ['--json list', { verb: 'list', json: true, at: [] }],
    ['--cwd somewhere list', { verb: 'list', cwd: 'somewhere', at: [] }],
    ['--cwd=list ls', { verb: 'list', cwd: 'list', at: [] }],
    ['list -qv --no-color', { verb: 'list', quiet: true, verbose: true, 'no-color': true, at: [] }],
    ['list --limit 5 --limit=7', { verb: 'list', limit: 7, at: [] }],
    ['list --tag a --tag b --sort name', { verb: 'list', tag: ['a', 'b'], sort: 'name', at: [] }],
    ['list-templates web', { verb: 'show', templates: true, at: ['web'] }],
    ['generate web dir --var a=b=c --var d=-1', { verb: 'generate', var: ['a=b=c', 'd=-1'], at: ['web', 'dir'] }],
    ['new web -o dir -i -y', { verb: 'generate', output: 'dir', interactive: true, yes: true, at: ['web'] }],
    ['generate web -- --odd', { verb: 'generate', at: ['web', '--odd'] }],
    ['config set a.b -- -1', { verb: 'config', at: ['set', 'a.b', '-1'] }],
  ])('packs %s', (line, expected) => {
    expect(parse(line)).toEqual(expected);
  });

  it.each<[string, string, string]>([
    ['genrate web', 'there is no command `genrate`', 'did you mean `packs generate`'],
    ['frobnicate', 'there is no command `frobnicate`', '`packs --help` lists the commands'],
    ['g', 'there is no command `g`', '`packs --help` lists the commands'],
    ['compare a b', 'there is no command `compare`', 'here it is `packs diff`'],
    ['delete web', 'there is no command `delete`', '`packs remove` in a project'],
    ['help lst', 'there is no command `lst`', 'did you mean `packs list`'],
    ['generate web --ouput x', 'there is no flag `--ouput`', 'did you mean `--output`?'],
    ['generate web --dryrun', 'there is no flag `--dryrun`', 'did you mean `--dry-run`?'],
    ['list --__proto__', 'there is no flag `--__proto__`', '`packs list --help` lists the flags'],
    ['list -x', 'there is no flag `-x`', 'lists the flags'],
    ['--jsn list', 'there is no flag `--jsn`', 'did you mean `--json`?'],
    ['list --json=yes', '`--json` takes no value', 'alone'],
    ['list --category', '`--category` needs a value', 'write `--category NAME`'],
    ['list --category --json', '`--category` needs a value', '`--category=--json`'],
    ['list --limit 0', '`--limit` cannot be "0": it is a whole number, at least 1', '`packs list --help` shows how it is used'],
    ['list --sort nam', '`--sort` cannot be "nam": it is one of name, category, source', 'did you mean `--sort name`?'],
    ['show', '`packs show` needs REF', '`packs show --help`'],
    ['show a b', '`packs show` has no use for the argument "b"', '`packs show --help`'],
    ['list --sort zzzz', '`--sort` cannot be "zzzz"', '`packs list --help` shows how it is used'],
    ['config', '`packs config` needs ACTION: one of list, get, set, unset, path', '`packs config --help`'],
    ['schema pak', 'NAME cannot be "pak": it is one of pack, project, test, config, output', 'did you mean `pack`?'],
  ])('packs %s is refused', (line, message, hint) => {
    const error = catchError(() => parse(line));
    expect(error.code).toBe('INVALID_ARGUMENTS');
    expect(error.message).toContain(message);
    expect(error.hint ?? '').toContain(hint);
  });
});

function catchError(run: () => unknown): PacksmithError {
  try {
    run();
  } catch (error) {
    if (error instanceof PacksmithError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
