import fc from 'fast-check';
import type { Pack } from '../../src/core/pack/pack.ts';
import { makePack } from '../../src/testing/pack-fixture.ts';

export type PackId = 'app' | 'base' | 'other';

/** A version of a pack, but for its number. `app` needs `base`; all of them may write the same paths. */
export interface Shape {
  readonly id: PackId;
  readonly files: Readonly<Record<string, Content>>;
  readonly executable: readonly string[];
}

type Value = string | number | boolean | readonly string[];
type Content = string | Uint8Array | Readonly<Record<string, Value>>;

/** Short names, some of which are each other's directories. Only what `other` has may collide with another pack's. */
const PLAIN = {
  app: ['a.txt', 'b.txt', 'd', 'd/a.txt', 'd/e/b.txt', 'data.bin', 'run.sh'],
  base: ['base.txt', 'c.txt', 'd/base.sh'],
  other: ['c.txt', 'other.txt', 'd/e/other.bin', 'run.sh'],
} as const;
/** What is merged by its form. */
const FORMED = ['config.json', 'd/settings.yaml', 'data.toml', '.gitignore', 'README.md'] as const;
const PATHS = [...new Set([...PLAIN.app, ...PLAIN.base, ...PLAIN.other, ...FORMED])];
/** Where users write: also where no pack does. */
/** Of `app`, with a secret in it. */
export const SECRET_PATH = 'app.env';
const PLACES = [...PATHS, SECRET_PATH, 'mine.txt', 'docs/moved.txt', 'docs/moved.json'];

const line = fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta');
const text = fc.oneof(
  { weight: 6, arbitrary: fc.array(line, { minLength: 3, maxLength: 8 }).map((lines) => `${lines.join('\n')}\n`) },
  { weight: 1, arbitrary: line.map((word) => new TextEncoder().encode(`\0${word}\n`)) },
  { weight: 1, arbitrary: line.map((word) => Uint8Array.of(255, 254, 0, ...new TextEncoder().encode(word))) },
);
const value = fc.oneof(line, fc.nat(3), fc.boolean(), fc.subarray(['x', 'y', 'z']));
const values = fc.dictionary(line, value, { minKeys: 1, maxKeys: 4, noNullPrototype: true });

const filesOf = (id: PackId): fc.Arbitrary<Record<string, Content>> =>
  fc
    .tuple(
      fc.dictionary(fc.constantFrom(...PLAIN[id]), text, { maxKeys: 3, noNullPrototype: true }),
      fc.dictionary(fc.constantFrom(...FORMED), values, { maxKeys: 3, noNullPrototype: true }),
    )
    .map(([plain, formed]): Record<string, Content> => ({ ...plain, ...formed }))
    .filter((tree) => Object.keys(tree).length > 0 && !('d' in tree && Object.keys(tree).some((path) => path.startsWith('d/'))));

export const shapeOf = (id: PackId): fc.Arbitrary<Shape> =>
  fc.record({ id: fc.constant(id), files: filesOf(id), executable: fc.subarray([...PATHS], { maxLength: 2 }) });

export type Step =
  | { readonly kind: 'edit'; readonly path: string; readonly at: number }
  | { readonly kind: 'write' | 'delete' | 'crlf' | 'reword'; readonly path: string }
  | { readonly kind: 'chmod'; readonly path: string; readonly mode: number }
  | { readonly kind: 'move'; readonly path: string; readonly into: string }
  | { readonly kind: 'release'; readonly shape: Shape }
  | { readonly kind: 'update'; readonly onConflict: 'markers' | 'reject' | 'ours' | 'theirs' }
  | { readonly kind: Verb };

export type Verb = (typeof VERBS)[number];
const VERBS = ['add', 'remove', 'regenerate', 'undo', 'continue', 'abort', 'again', 'downgrade', 'settle'] as const;

const place = fc.constantFrom(...PLACES);
const some = <Kind extends string>(kind: Kind): fc.Arbitrary<Kind> => fc.constant(kind);
const release = fc.oneof(...(['app', 'base', 'other'] as const).map(shapeOf)).map((shape) => ({ kind: 'release' as const, shape }));
const onConflict = fc.constantFrom('markers' as const, 'reject' as const, 'ours' as const, 'theirs' as const);

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: some('edit'), path: place, at: fc.nat(9) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('write' as const, 'delete' as const, 'crlf' as const, 'reword' as const), path: place }),
  },
  { weight: 1, arbitrary: fc.record({ kind: some('chmod'), path: place, mode: fc.constantFrom(0o644, 0o755, 0o600, 0o700) }) },
  { weight: 2, arbitrary: fc.record({ kind: some('move'), path: place, into: place }) },
  { weight: 3, arbitrary: release },
  { weight: 4, arbitrary: fc.record({ kind: some('update'), onConflict }) },
  { weight: 5, arbitrary: fc.constantFrom(...VERBS).map((kind) => ({ kind })) },
);

export function makeVersion(shape: Shape, version: string): Pack {
  const below = (path: string): string => `templates/${path}`;
  const entries = Object.entries(shape.files).map(([path, content]) => [below(path), toContent(shape.id, path, content)] as const);
  const executable = shape.executable.map(below);
  if (shape.id !== 'app') return makePack({ id: shape.id, version, files: Object.fromEntries(entries), executable });
  const manifest = '[dependencies]\nbase = "*"\n\n[variables.token]\ntype = "secret"\nrequired = false\n';
  const secret = [below(`${SECRET_PATH}.jinja`), `FILES=${Object.keys(shape.files).length}\nMODE=fast\n\nTOKEN={{ token }}\n`] as const;
  return makePack({ id: shape.id, version, manifest, files: Object.fromEntries([...entries, secret]), executable });
}

/** Values in the form of the file, below a key that is the pack's own, so that packs mostly get on. */
function toContent(id: PackId, path: string, content: Content): string | Uint8Array {
  if (typeof content === 'string' || content instanceof Uint8Array) return content;
  const entries = Object.entries(content);
  switch (path.slice(path.lastIndexOf('.'))) {
    case '.json':
      return `${JSON.stringify({ [id]: content }, undefined, 2)}\n`;
    case '.yaml':
      return `${id}:\n${entries.map(([key, each]) => `  ${key}: ${JSON.stringify(each)}\n`).join('')}`;
    case '.toml':
      return `[${id}]\n${entries.map(([key, each]) => `${key} = ${JSON.stringify(each)}\n`).join('')}`;
    case '.md':
      return `# Project\n${entries.map(([key, each]) => `\n## ${id} ${key}\n\nAbout ${String(each)}.\n`).join('')}`;
    default:
      return entries.map(([key, each]) => `${id}-${key}-${String(each)}\n`).join('');
  }
}

/** What somebody writes into a file, so that it stays what its name says where it is. */
export function noteFor(path: string, word: string): string {
  if (path.endsWith('.json')) return `  "${word}": true,`;
  if (path.endsWith('.yaml')) return `${word}: true`;
  if (path.endsWith('.toml')) return `${word} = true`;
  return word;
}
