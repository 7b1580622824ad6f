/**
 * The program's entry. Two command lines are answered here, before anything else is loaded: `--version`, and `list` from a compiled catalogue
 * that is still true. They print what the full program would print, since both use the same operation and the same views. Everything else,
 * and every doubt, goes to the full program, which is loaded only then.
 */
import { fstatSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { resolveUserDirectories } from './adapters/config/user-directories.ts';
import { catalogueKey, readCatalogueIndex } from './adapters/sources/catalogue-index.ts';
import { keepCompiledCode } from './adapters/system/code-cache.ts';
import { formatResult } from './cli/format-result.ts';
import type { Program } from './cli/host.ts';
import { chooseStyle } from './cli/style.ts';
import type { Terminal } from './cli/terminal.ts';
import { createOutput } from './cli/terminal-output.ts';
import { toListResult } from './cli/views/pack-list.ts';
import { listPacks } from './ops/packs/list-packs.ts';

// Part of the bundle, so that no second file is read for it.
const { version } = packageJson;

/** What the program's file knows before anything is loaded. */
export interface Start extends Pick<Program, 'packageRoot'> {
  readonly loadFullProgram: () => { readonly startFullProgram: (program: Program) => Promise<void> };
}

/** Runs the command line of this process. */
export async function startProgram({ loadFullProgram, packageRoot }: Start): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv.length === 1 && argv[0] === '--version') return print(1, `${version}\n`);
  const home = homedir();
  const directories = resolveUserDirectories({ env: process.env, platform: process.platform, home });
  const program: Program = { version, packageRoot, home, directories };
  if (isPlainList(argv) && (await listFromIndex(program, argv.includes('--json')))) return;
  keepCompiledCode({ directory: directories.cache, within: join(packageRoot, 'dist/cli'), env: process.env });
  await loadFullProgram().startFullProgram(program);
}

function isPlainList(argv: readonly string[]): boolean {
  const [verb, ...flags] = argv;
  return (verb === 'list' || verb === 'ls') && (flags.length === 0 || (flags.length === 1 && flags[0] === '--json'));
}

async function listFromIndex({ directories, ...program }: Program, isJson: boolean): Promise<boolean> {
  const key = catalogueKey({
    tool: program.version,
    workingDirectory: process.cwd(),
    shippedDirectory: join(program.packageRoot, 'packs'),
    configFile: join(directories.config, 'config.toml'),
    dataDirectory: directories.data,
  });
  const index = readCatalogueIndex(directories.cache, key);
  if (index === undefined) return false;
  const list = await listPacks({}, { repository: { list: async () => index.entries } });
  const result = toListResult(list, false);
  const { stdout, stderr } = formatResult({
    command: 'list',
    result,
    isJson,
    isQuiet: false,
    stdout: terminalOf(1),
    stderr: terminalOf(2),
  });
  print(1, stdout);
  print(2, stderr);
  return true;
}

/** `process.stdout` takes longer to load than everything else here, so it is asked only when it may be a terminal. */
function terminalOf(descriptor: 1 | 2): Terminal {
  const stream = isCharacterDevice(descriptor) ? [process.stdout, process.stderr][descriptor - 1] : undefined;
  const isTerminal = stream?.isTTY === true;
  return { columns: isTerminal ? stream.columns || 80 : undefined, style: chooseStyle({ env: process.env, isRefused: false, isTerminal }) };
}

function isCharacterDevice(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    // A closed descriptor is no terminal.
    return false;
  }
}

/** Writes at once. What cannot be written so, to a pipe that is full or gone or a disk that is full, is left to the stream, which knows what to do. */
function print(descriptor: 1 | 2, text: string): void {
  let bytes = Buffer.from(text);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(writeSync(descriptor, bytes));
  } catch {
    createOutput(descriptor === 1 ? process.stdout : process.stderr).write(bytes);
  }
}
