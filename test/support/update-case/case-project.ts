import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { writePack } from '../write-pack.ts';
import type { CaseEdit, CaseFile, CaseFiles, Variant } from './update-case.ts';

/** Writes a pack of a case into the project's `packs/`; what `pack.toml` holds stands behind its `[pack]` table. */
export function putPack(root: string, id: string, files: CaseFiles, version: string): void {
  const directory = join(root, 'packs', id);
  rmSync(directory, { recursive: true, force: true });
  const templates = Object.entries(files).filter(([path]) => path !== 'pack.toml');
  const manifest = files['pack.toml'];
  writePack(directory, {
    id,
    version,
    manifest: typeof manifest === 'string' ? manifest : '',
    files: Object.fromEntries(templates.map(([path, file]) => [placeOf(path), bytesOf(file)])),
    executable: templates.filter(([, file]) => typeof file !== 'string' && file.executable === true).map(([path]) => placeOf(path)),
  });
}

/** Below `templates/`, or below the pack where the path begins with `/`. */
function placeOf(path: string): string {
  return path.startsWith('/') ? path.slice(1) : `templates/${path}`;
}

function bytesOf(file: CaseFile): string | Uint8Array {
  if (typeof file === 'string') return file;
  return file.base64 === undefined ? (file.text ?? '') : Buffer.from(file.base64, 'base64');
}

/** Does to the project what the user did. */
export function performEdit(root: string, edit: CaseEdit, variant: Variant): void {
  const at = (path: string): string => join(root, path);
  if ('write' in edit) putFile(at(edit.write), inVariant(bytesOf(edit), edit.write, variant), edit.executable);
  else if ('replace' in edit) replaceText(at(edit.in), edit, variant);
  else if ('move' in edit) renameSync(at(edit.move), makeRoom(at(edit.to)));
  else if ('link' in edit) symlinkSync(edit.to, makeRoom(at(edit.link)));
  else if ('delete' in edit) rmSync(at(edit.delete), { recursive: true });
  else if ('executable' in edit) chmodSync(at(edit.executable), 0o755);
  else if ('plain' in edit) chmodSync(at(edit.plain), 0o644);
  else mkdirSync(at(edit.directory), { recursive: true });
}

function makeRoom(full: string): string {
  mkdirSync(dirname(full), { recursive: true });
  return full;
}

function replaceText(full: string, { replace, with: into }: { replace: string; with: string }, variant: Variant): void {
  const text = readFileSync(full, 'utf8');
  const form = { crlf: toCrlf, reformatted: withBlanks }[variant as string] ?? ((part: string) => part);
  const from = full.endsWith('.json') && variant === 'reformatted' ? replace : form(replace);
  if (!text.includes(from)) throw new Error(`${full} has no ${JSON.stringify(from)}`);
  writeFileSync(
    full,
    text.replace(from, () => form(into)),
  );
}

const withBlanks = (text: string): string => text.replace(/(?<=\S)\n/g, '  \n');

function putFile(full: string, content: string | Uint8Array, executable = false): void {
  writeFileSync(makeRoom(full), content);
  if (executable) chmodSync(full, 0o755);
}

/** Gives every text of the user's the form of a variant, as a checkout or a formatter does. */
export function changeForm(root: string, variant: Variant): void {
  for (const path of listOwn(root)) {
    const full = join(root, path);
    if (lstatSync(full).isSymbolicLink()) continue;
    const { mode } = lstatSync(full);
    const bytes = readFileSync(full);
    if (bytes.includes(0)) continue;
    writeFileSync(full, inVariant(bytes.toString('utf8'), path, variant), { mode });
  }
}

function inVariant(content: string | Uint8Array, path: string, variant: Variant): string | Uint8Array {
  if (typeof content !== 'string') return content;
  if (variant === 'crlf') return toCrlf(content);
  return variant === 'reformatted' ? reformat(content, path) : content;
}

const toCrlf = (text: string): string => text.replace(/\r?\n/g, '\r\n');

/** JSON with other indentation; any other text with blanks behind its lines and without an end of line behind the last one. */
function reformat(text: string, path: string): string {
  if (path.endsWith('.json')) return `${JSON.stringify(JSON.parse(text), undefined, 4)}\n`;
  return withBlanks(text.replace(/\n$/, ''));
}

/** A text without what the forms of the variants differ in. */
export function withoutForm(content: CaseFile, path: string): CaseFile {
  if (typeof content !== 'string')
    return content.text === undefined ? content : { ...content, text: String(withoutForm(content.text, path)) };
  const text = content
    .replaceAll('\r', '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n*$/, '\n');
  if (!path.endsWith('.json')) return text;
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text.replaceAll(/^\s+/gm, '');
  }
}

/** Everything of the project that is the user's, by path. */
export function readOwn(root: string): Record<string, CaseFile> {
  return Object.fromEntries(listOwn(root).map((path) => [path, readEntry(join(root, path))]));
}

/** Files and links, and directories with nothing in them; without packs and packsmith's own files. */
function listOwn(root: string): string[] {
  return readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory() || readdirSync(join(entry.parentPath, entry.name)).length === 0)
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !/^(?:packs|\.git|\.packsmith)(?:\/|$)|^packsmith\.(?:toml|lock)$/.test(path))
    .sort();
}

function readEntry(full: string): CaseFile {
  const stats = lstatSync(full);
  if (stats.isSymbolicLink()) return { link: readlinkSync(full) };
  if (stats.isDirectory()) return { directory: true };
  const bytes = readFileSync(full);
  const text = bytes.toString('utf8');
  const isText = !bytes.includes(0) && Buffer.from(text, 'utf8').equals(bytes);
  const executable = (stats.mode & 0o100) === 0 ? {} : ({ executable: true } as const);
  if (!isText) return { base64: bytes.toString('base64'), ...executable };
  return 'executable' in executable ? { text, ...executable } : text;
}

/** The paths that the lockfile has. */
export function readLocked(root: string): { readonly path: string; readonly output?: string }[] {
  const full = join(root, 'packsmith.lock');
  return existsSync(full) ? JSON.parse(readFileSync(full, 'utf8')).files : [];
}

/** Adds settings to packsmith.toml, which must not have their tables yet. */
export function addSettings(root: string, settings: string): void {
  const full = join(root, 'packsmith.toml');
  const text = `${readFileSync(full, 'utf8')}\n${settings}`;
  parseToml(text);
  writeFileSync(full, text);
}

const GIT_SETTINGS = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'core.autocrlf=false'];

export function runGit(root: string, ...args: string[]): string {
  const env = { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const { status, stdout, stderr } = spawnSync('git', [...GIT_SETTINGS, ...args], { cwd: root, encoding: 'utf8', env });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout;
}
