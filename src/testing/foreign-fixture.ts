import type { ForeignKind } from '../core/foreign/foreign-kind.ts';
import type { ForeignScope, ForeignTemplate } from '../core/foreign/foreign-template.ts';
import { loadDecoder } from '../core/foreign/load-decoder.ts';
import { createBudget, DEFAULT_LIMITS } from '../core/jinja/budget.ts';
import type { Pack } from '../core/pack/pack.ts';
import type { PackName } from '../core/pack/pack-name.ts';
import type { Value } from '../core/pack/values.ts';
import { encodeUtf8 } from '../core/text/utf8.ts';
import type { Digest } from '../core/tree/digest.ts';
import type { FileTree } from '../core/tree/file-tree.ts';
import type { ProjectPath } from '../core/tree/project-path.ts';

const DECODERS = {
  cookiecutter: await loadDecoder('cookiecutter'),
  copier: await loadDecoder('copier'),
  'cargo-generate': await loadDecoder('cargo-generate'),
  ggen: await loadDecoder('ggen'),
} satisfies Record<ForeignKind, unknown>;

/** A template of another tool described by its files. */
export interface ForeignFixture {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly version?: string;
  readonly commit?: string;
  readonly revision?: string;
  readonly reference?: string;
}

/** Reads it as `packs generate` does. @throws PacksmithError `MANIFEST_INVALID` with all findings. */
export function decodeFixture(kind: ForeignKind, { files, version = '1.0.0', reference = './thing', ...git }: ForeignFixture): Pack {
  const tree: FileTree = new Map(
    Object.entries(files).map(([path, content]) => [
      path as ProjectPath,
      { content: typeof content === 'string' ? encodeUtf8(content) : content, mode: 0o644 },
    ]),
  );
  const source = { files: tree, id: 'thing' as PackName, version, reference, integrity: 'sha512-thing', ...git };
  return DECODERS[kind](source, { kind: 'local', location: 'memory/thing' });
}

/** A template that is rendered as its tool does. @throws PacksmithError as `decodeFixture` does */
export function makeForeign(kind: ForeignKind, fixture: ForeignFixture): Pack & { readonly foreign: ForeignTemplate } {
  const pack = decodeFixture(kind, fixture);
  if (pack.foreign === undefined) throw new Error('it is no template of another tool');
  return { ...pack, foreign: pack.foreign };
}

const SCOPE: ForeignScope = {
  now: '2026-03-05T07:08:09.123Z',
  parentDirectory: '/work',
  directory: 'my-project',
  external: new Map(),
  hash: () => '0'.repeat(64) as Digest,
};

/** What its files, hooks and messages are rendered with, once these answers are given. */
export function runForeign(
  { foreign }: { readonly foreign: ForeignTemplate },
  answers: Readonly<Record<string, Value>> = {},
  more: Partial<ForeignScope> = {},
) {
  const scope = { ...SCOPE, ...more };
  const environment = foreign.makeEnvironment(scope);
  const budget = createBudget(DEFAULT_LIMITS);
  const given = new Map(Object.entries(answers));
  return { answers: given, scope, environment, budget, context: foreign.makeContext(given, scope, environment, budget) };
}
