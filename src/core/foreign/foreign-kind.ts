import { compareText } from '../text/compare-text.ts';
import { utf8At } from '../tree/file-text.ts';
import type { FileTree } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { SeveralTemplates } from './several-templates.ts';

/** The tools whose templates are read as they are. */
export type ForeignKind = 'cookiecutter' | 'copier' | 'cargo-generate' | 'ggen';

/** The file of a template of cookiecutter, which names its extensions, too. */
export const COOKIECUTTER = 'cookiecutter.json';

/** By which file at its top a template is recognised, and which of its files it is made of; the rest of a repository is not looked at. */
interface ForeignShape {
  readonly markers: readonly string[];
  isPart(path: string, modules: ReadonlySet<string>): boolean;
}

const SHAPES: ReadonlyMap<ForeignKind, ForeignShape> = new Map([
  [
    'cookiecutter',
    {
      markers: [COOKIECUTTER],
      isPart: (path, modules) =>
        path === COOKIECUTTER ||
        /^(?:hooks|templates)\//.test(path) ||
        /^[^/]*cookiecutter[^/]*\//.test(path) ||
        (modules.size > 0 && (/^[^./][^/]*$/.test(path) || isOfModule(path, modules))),
    },
  ],
  ['copier', { markers: ['copier.yml', 'copier.yaml'], isPart: (path) => !path.startsWith('.git/') }],
  ['cargo-generate', { markers: ['cargo-generate.toml', '.genignore'], isPart: (path) => !path.startsWith('.git/') }],
  ['ggen', { markers: ['gpack.toml', 'package.toml', 'ggen.toml'], isPart: (path) => !path.startsWith('.git/') }],
]);

const MANIFEST = 'pack.toml';

/** What says of a place without such a file that it is a template of cargo-generate, which reads every directory as one. */
const CARGO_MANIFEST = 'Cargo.toml';
const CARGO_PLACEHOLDER = /\{\{-?\s*(?:project-name|crate_name|authors)\b/;

/** The files whose texts decide. */
export const TELLING_FILES = [MANIFEST, CARGO_MANIFEST];

/** What nobody has at the top of a template but for its tool. */
const RIVALS = new Set([COOKIECUTTER, 'copier.yml', 'copier.yaml', 'cargo-generate.toml']);

/** A place that a template is read from, as far as its kind depends on it. */
export interface ForeignPlace {
  /** Whether there is a file at its top. */
  has(path: string): boolean;
  /** The text of one of them. */
  read(path: string): string | undefined;
  /** What it is called. */
  readonly shown: string;
}

/**
 * The kind of a template by the files at its top; `undefined` for a pack, and for anything else.
 * @throws SeveralTemplates where it is a template of several tools at once: a reference names the file of one.
 */
export function findForeignKind({ has, read, shown }: ForeignPlace): ForeignKind | undefined {
  if (has(MANIFEST)) return isGgenManifest(read(MANIFEST) ?? '') ? 'ggen' : undefined;
  const [first, ...others] = [...SHAPES].flatMap(([kind, { markers }]) => {
    const path = markers.find(has);
    return path === undefined ? [] : [{ kind, path }];
  });
  if (first === undefined) return has(CARGO_MANIFEST) && CARGO_PLACEHOLDER.test(read(CARGO_MANIFEST) ?? '') ? 'cargo-generate' : undefined;
  const rivals = others.filter(({ path }) => RIVALS.has(path));
  if (rivals.length === 0) return first.kind;
  throw new SeveralTemplates(
    shown,
    [first, ...rivals].map(({ kind, path }) => ({ path, label: `as ${kind} reads it` })),
  );
}

/** A path whose last name is the file by which a template is recognised names that template: of the tool whose file it is. */
export interface NamedMarker {
  readonly directory: string;
  readonly marker: string;
  readonly kind: ForeignKind;
}

/** The directory and the file of a path that ends with the name of such a file; `undefined` for any other. */
export function findMarker(path: string | undefined): NamedMarker | undefined {
  const [, directory = '', marker = ''] = /^(?:(.*?)[\\/]+)?([^\\/]+)$/s.exec(path ?? '') ?? [];
  const found = [...SHAPES].find(([, { markers }]) => markers.includes(marker));
  return found === undefined ? undefined : { directory, marker, kind: found[0] };
}

/** A reference without the name of such a file at its end. */
export function withoutMarker(reference: string): string {
  return findMarker(reference)?.directory ?? reference;
}

/** The tree of a template of several tools as that of one of them: without the files of the others. */
export function withoutOtherMarkers(tree: FileTree, { marker }: Pick<NamedMarker, 'marker'>): FileTree {
  return new Map([...tree].filter(([path]) => path === marker || !(RIVALS.has(path) || path === MANIFEST)));
}

/** The newer ggen also calls its manifest `pack.toml`: with a name in the place of an id and a title, and without a format. */
export function isGgenManifest(text: string): boolean {
  const has = (key: string): boolean => new RegExp(`^[ \\t]*${key}[ \\t]*=`, 'm').test(text);
  return has('name') && !has('format') && !has('title') && /^[ \t]*\[pack\]/m.test(text);
}

/**
 * Lists the templates of cargo-generate that stand in the directories of a place that is none itself, as that looks for them.
 * @throws SeveralTemplates where there are some.
 */
export function checkNested(paths: Iterable<string>, shown: string): void {
  const nested = [...paths].filter((path) => path.endsWith(`/${NESTED_MARKER}`)).map((path) => path.slice(0, -NESTED_MARKER.length - 1));
  if (nested.length > 0)
    throw new SeveralTemplates(
      shown,
      nested.sort(compareText).map((path) => ({ path, label: path })),
    );
}

const NESTED_MARKER = 'cargo-generate.toml';

/** The kind of a template that was read whole. */
export function foreignKindOf(files: FileTree, shown = 'it'): ForeignKind | undefined {
  return findForeignKind({
    has: (path) => files.has(path as ProjectPath),
    read: (path) => utf8At(files, path),
    shown,
  });
}

/**
 * Tells whether a file belongs to a template of a kind, whose files at its top can be read. To a template of cookiecutter that names extensions of
 * its own belong the modules that these stand in, and the files at its top, which they may read.
 */
export function foreignParts(kind: ForeignKind, read: (path: string) => string | undefined): (path: string) => boolean {
  const shape = SHAPES.get(kind);
  const modules = kind === 'cookiecutter' ? ownModules(read(COOKIECUTTER) ?? '') : new Set<string>();
  return (path) => shape?.isPart(path, modules) ?? false;
}

function isOfModule(path: string, modules: ReadonlySet<string>): boolean {
  return modules.has(path.slice(0, path.indexOf('/'))) && !path.includes('/__pycache__/');
}

/** The outermost names of the modules of extensions that neither cookiecutter nor Jinja2 brings. */
function ownModules(text: string): ReadonlySet<string> {
  const [, list = ''] = /"_extensions"\s*:\s*\[([^\]]*)\]/.exec(text) ?? [];
  const found = [...list.matchAll(/"([^".:]+)[.:][^"]*"/g)].map(([, module = '']) => module);
  return new Set(found.filter((module) => !/^(?:cookiecutter|jinja2\w*)$/.test(module)));
}
