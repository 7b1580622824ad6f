import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8.ts';
import type { FileEntry, FileTree } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import { nodePackFiles } from './node-pack-files.ts';

const root = mkdtempSync(join(tmpdir(), 'packsmith files ü-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const treeOf = (files: Readonly<Record<string, string>>, mode = 0o644): FileTree =>
  new Map(Object.entries(files).map(([path, text]) => [path as ProjectPath, { content: encodeUtf8(text), mode }]));

const segment = fc.stringMatching(/^[a-zé][a-z0-9é_.-]{0,12}[a-z0-9]$/).map((text) => text.normalize('NFC'));
const entry = fc.record({ content: fc.uint8Array({ maxLength: 600 }), mode: fc.constantFrom(0o644, 0o755) });
const trees = fc.uniqueArray(fc.tuple(segment, segment, entry), {
  minLength: 1,
  maxLength: 12,
  selector: ([a, b]) => `${a}/${b}`.toLowerCase(),
});

describe('archives', () => {
  it('are the same bytes for the same tree, in whatever order and at whatever time', () => {
    fc.assert(
      fc.property(trees, fc.infiniteStream(fc.integer()), (entries, order) => {
        const pairs = entries.map(([a, b, file]): [ProjectPath, FileEntry] => [`${a}/${b}` as ProjectPath, file]);
        const shuffled = pairs.map((pair) => ({ pair, at: order.next().value })).sort((a, b) => a.at - b.at);
        const first = nodePackFiles.buildArchive(new Map(pairs), 'package');
        expect(nodePackFiles.buildArchive(new Map(shuffled.map(({ pair }) => pair)), 'package')).toEqual(first);
      }),
      { numRuns: 60 },
    );
  });

  it('differ for trees that differ in one byte, one mode or one path', () => {
    const integrities = [treeOf({ a: '1' }), treeOf({ a: '2' }), treeOf({ b: '1' }), treeOf({ a: '1' }, 0o755)].map(
      (tree) => nodePackFiles.buildArchive(tree, 'package').integrity,
    );
    expect(new Set(integrities).size).toBe(4);
  });

  it('are read back as they were', async () => {
    const tree = treeOf({ 'pack.toml': 'x', 'templates/{% if a %}b{% endif %}.jinja': 'y' });
    const { bytes, integrity } = nodePackFiles.buildArchive(tree, 'package');
    const file = join(root, 'out', 'a.tgz');
    nodePackFiles.writeFile(file, bytes, { replace: false });
    expect(await nodePackFiles.readArchive(file)).toEqual({ files: tree, integrity });
    expect(() => nodePackFiles.writeFile(file, bytes, { replace: false })).toThrow(expect.objectContaining({ code: 'TARGET_IN_THE_WAY' }));
    nodePackFiles.writeFile(file, Uint8Array.of(1), { replace: true });
    await expect(nodePackFiles.readArchive(file)).rejects.toMatchObject({ code: 'ARCHIVE_REFUSED' });
    await expect(nodePackFiles.readArchive(join(root, 'nothing'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    await expect(nodePackFiles.readArchive(root)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENTS',
      message: expect.stringContaining('is a directory, and neither an archive nor a bundle: give `--as ID`'),
    });
  });
});

function writeInside(path: string): void {
  mkdirSync(path);
  writeFileSync(join(path, 'mine'), 'mine');
}

describe('a new directory', () => {
  const files = treeOf({ 'pack.toml': 'x', 'templates/a/b.txt': 'y' });

  it('is made with everything in it, below directories that are not there', async () => {
    const directory = join(root, 'new', 'deep', 'päck');
    await nodePackFiles.createDirectory(directory, files);
    expect(readFileSync(join(directory, 'templates/a/b.txt'), 'utf8')).toBe('y');
    expect(readdirSync(join(root, 'new', 'deep'))).toEqual(['päck']);
    expect(statSync(directory).mode & 0o700).toBe(0o700);
  });

  it('takes the place of an empty one', async () => {
    const directory = join(root, 'empty');
    mkdirSync(directory);
    await nodePackFiles.createDirectory(directory, files);
    expect(existsSync(join(directory, 'pack.toml'))).toBe(true);
  });

  it.each([
    ['a directory with a file', 'full', writeInside],
    ['a file', 'file', (path: string) => writeFileSync(path, 'mine')],
  ])('never takes the place of %s', async (_name, name, make) => {
    const directory = join(root, name);
    make(directory);
    const before = readdirSync(root);
    await expect(nodePackFiles.createDirectory(directory, files)).rejects.toMatchObject({ code: 'DIRECTORY_IN_THE_WAY' });
    expect(readdirSync(root)).toEqual(before);
  });
});
