/**
 * Keeps compiled code between runs, which saves a third of the time of a short command. Where Node does that itself, Node does it.
 * Everything is synchronous and asks nothing beyond what Node has loaded already, since it stands before the program.
 */
import {
  closeSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import nodeModule, { createRequire } from 'node:module';
import { basename, dirname, join, sep } from 'node:path';
import { Script } from 'node:vm';
import { removeIfThere } from '../files/remove-if-there.ts';

export interface CodeCacheSettings {
  /** The user's cache directory. */
  readonly directory: string;
  /** The directory of the program's own files, with its real path: no other module is touched. */
  readonly within: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const require = createRequire(import.meta.url);

/** In bytes: less is compiled as fast as it is read. */
const WORTH_KEEPING = 50_000;

interface CompiledFile {
  readonly script: Script;
  readonly key: string;
  readonly cacheFile: string;
}

/**
 * From here on, CommonJS modules of the program are loaded from compiled code where that is known and still true, and what had to be compiled is
 * kept when the process ends. Never fails: whatever is wrong with the cache costs time and nothing else. Node's own variables hold here as well:
 * `NODE_COMPILE_CACHE` names another directory, `NODE_DISABLE_COMPILE_CACHE` turns it off.
 */
export function keepCompiledCode(settings: CodeCacheSettings): void {
  const { enableCompileCache }: { readonly enableCompileCache?: (directory: string) => void } = nodeModule as object;
  if (enableCompileCache === undefined) keepOwn(settings);
  // Without a directory Node keeps code in the one for temporary files, where others write, too.
  else enableCompileCache(settings.env['NODE_COMPILE_CACHE'] || join(settings.directory, 'code'));
}

function keepOwn(settings: CodeCacheSettings): void {
  if (settings.env['NODE_DISABLE_COMPILE_CACHE'] || settings.env['NODE_V8_COVERAGE']) return;
  const directory = settings.env['NODE_COMPILE_CACHE'] || settings.directory;
  const fresh: CompiledFile[] = [];
  const { extensions } = require;
  const load = extensions['.js'];
  extensions['.cjs'] = (module, file) => {
    if (!file.startsWith(settings.within + sep) || statSync(file).size < WORTH_KEEPING) return load(module, file);
    const compiled = compile(file, directory);
    if (compiled.script.cachedDataRejected !== false) fresh.push(compiled);
    compiled.script.runInThisContext().call(module.exports, module.exports, module.require.bind(module), module, file, dirname(file));
  };
  process.once('exit', () => {
    for (const compiled of fresh) keep(compiled);
  });
}

function compile(file: string, directory: string): CompiledFile {
  const descriptor = openSync(file, 'r');
  try {
    const stats = fstatSync(descriptor);
    const key = keyOf(file, stats);
    // Without the hash of the build, so that a new version takes the place of the old one.
    const name = basename(file, '.cjs').replace(/-[\w-]{8}$/, '');
    const cacheFile = join(directory, 'code', `${name}.${process.version}`);
    const cachedData = readCached(cacheFile, key);
    const source = readWrapped(descriptor, stats.size);
    const script = new Script(source, { filename: file, ...(cachedData && { cachedData }) });
    return { script, key, cacheFile };
  } finally {
    closeSync(descriptor);
  }
}

const WRAPPER_START = '(function (exports, require, module, __filename, __dirname) {';
const WRAPPER_END = '\n})';

/** The module as the function that Node makes of it. In one buffer from the start, since V8 would copy joined strings once more to flatten them. */
function readWrapped(descriptor: number, size: number): string {
  const source = Buffer.allocUnsafeSlow(WRAPPER_START.length + size + WRAPPER_END.length);
  const start = source.write(WRAPPER_START, 'latin1');
  let end = start;
  while (end < start + size) {
    const count = readSync(descriptor, source, end, start + size - end, null);
    if (count === 0) break;
    end += count;
  }
  end += source.write(WRAPPER_END, end, 'latin1');
  // The build writes nothing beyond ASCII.
  return source.toString('latin1', 0, end);
}

/** All that tells one compiled file from another; V8 itself looks at its version, its flags and the length of the source. */
function keyOf(file: string, { size, ino, mtimeMs, ctimeMs }: Stats): string {
  return JSON.stringify([file, size, ino, mtimeMs, ctimeMs, process.version, process.arch]);
}

/** What stands between the checksum and the compiled code: the key, with spaces so that the code starts where V8 reads it without copying it. */
function headerOf(key: string): string {
  const length = CHECKSUM_LENGTH + Buffer.byteLength(key) + '\n\n'.length;
  return `\n${key}${' '.repeat(-length & (ALIGNMENT - 1))}\n`;
}

const ALIGNMENT = 8;

/** A line with the checksum, a line with the key, and what V8 compiled. */
function readCached(cacheFile: string, key: string): Buffer | undefined {
  try {
    if (!isOwnDirectory(dirname(cacheFile))) return undefined;
    const descriptor = openSync(cacheFile, 'r');
    try {
      if (!isOwn(fstatSync(descriptor))) return undefined;
      const bytes = readFileSync(descriptor);
      const header = Buffer.from(headerOf(key));
      const start = CHECKSUM_LENGTH + header.length;
      if (!bytes.subarray(CHECKSUM_LENGTH, start).equals(header)) return undefined;
      const data = bytes.subarray(start);
      return bytes.toString('latin1', 0, CHECKSUM_LENGTH) === checksum(data) ? data : undefined;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

const CHECKSUM_LENGTH = 8;

function checksum(data: Buffer): string {
  // What prints a version or a list starts without it.
  const { crc32 } = require('node:zlib') as typeof import('node:zlib');
  return crc32(data).toString(16).padStart(CHECKSUM_LENGTH, '0');
}

/** Compiled code is code: what another user could have written is not run. */
function isOwn({ uid, mode }: Stats): boolean {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

/** Where another user writes, a file of one's own may be something else that was put there. A link is no directory. */
function isOwnDirectory(directory: string): boolean {
  const stats = lstatSync(directory);
  return stats.isDirectory() && isOwn(stats);
}

function keep({ script, key, cacheFile }: CompiledFile): void {
  const staged = `${cacheFile}.${process.pid}.tmp`;
  try {
    const data = script.createCachedData();
    mkdirSync(dirname(cacheFile), { recursive: true, mode: 0o700 });
    if (!isOwnDirectory(dirname(cacheFile))) return;
    writeFileSync(staged, Buffer.concat([Buffer.from(`${checksum(data)}${headerOf(key)}`), data]), { mode: 0o600, flag: 'wx' });
    renameSync(staged, cacheFile);
  } catch {
    removeIfThere(staged);
  }
}
