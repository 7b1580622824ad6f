import { utf8At } from '../tree/file-text.ts';
import type { FileTree } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';

/** The tools whose templates are read as they are. */
export type ForeignKind = 'cookiecutter' | 'copier' | 'cargo-generate' | 'ggen';

/** By which file at its top a template is recognised, and which of its files it is made of; the rest of a repository is not looked at. */
interface ForeignShape {
  readonly markers: readonly string[];
  isPart(path: string): boolean;
}

const SHAPES: ReadonlyMap<ForeignKind, ForeignShape> = new Map([
  [
    'cookiecutter',
    {
      markers: ['cookiecutter.json'],
      isPart: (path) => path === 'cookiecutter.json' || /^(?:hooks|templates)\//.test(path) || /^[^/]*cookiecutter[^/]*\//.test(path),
    },
  ],
  ['copier', { markers: ['copier.yml', 'copier.yaml'], isPart: (path) => !path.startsWith('.git/') }],
  ['cargo-generate', { markers: ['cargo-generate.toml', '.genignore'], isPart: (path) => !path.startsWith('.git/') }],
  ['ggen', { markers: ['gpack.toml', 'package.toml', 'ggen.toml'], isPart: (path) => !path.startsWith('.git/') }],
]);

const MANIFEST = 'pack.toml';

/** The kind of a template by the files at its top; `undefined` for a pack, and for anything else. `read` gives the text of one of them. */
export function findForeignKind(has: (path: string) => boolean, read: (path: string) => string | undefined): ForeignKind | undefined {
  if (has(MANIFEST)) return isGgenManifest(read(MANIFEST) ?? '') ? 'ggen' : undefined;
  for (const [kind, { markers }] of SHAPES) if (markers.some(has)) return kind;
  return undefined;
}

/** The newer ggen also calls its manifest `pack.toml`: with a name in the place of an id and a title, and without a format. */
export function isGgenManifest(text: string): boolean {
  const has = (key: string): boolean => new RegExp(`^[ \\t]*${key}[ \\t]*=`, 'm').test(text);
  return has('name') && !has('format') && !has('title') && /^[ \t]*\[pack\]/m.test(text);
}

/** The kind of a template that was read whole. */
export function foreignKindOf(files: FileTree): ForeignKind | undefined {
  return findForeignKind(
    (path) => files.has(path as ProjectPath),
    (path) => utf8At(files, path),
  );
}

/** Whether a file belongs to a template of a kind. */
export function isForeignPart(kind: ForeignKind, path: string): boolean {
  return SHAPES.get(kind)?.isPart(path) ?? false;
}
