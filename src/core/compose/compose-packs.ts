import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { OnExists } from '../pack/pack-manifest.ts';
import type { PackName } from '../pack/pack-name.ts';
import { injectText } from '../template/inject-text.ts';
import type { RenderedFile, RenderedInjection, RenderedPack } from '../template/rendered-pack.ts';
import { compareText } from '../text/compare-text.ts';
import { decodeText, encodeUtf8 } from '../text/utf8.ts';
import type { FileMode } from '../tree/file-tree.ts';
import { foldPath, type ProjectPath } from '../tree/project-path.ts';

/** One file that the project should contain, whoever contributed to it. */
export interface DesiredFile {
  readonly content: Uint8Array;
  readonly mode: FileMode;
  /** In order of composition. */
  readonly packs: readonly PackName[];
  readonly template: string;
  readonly onExists: OnExists | undefined;
}

export type DesiredTree = ReadonlyMap<ProjectPath, DesiredFile>;

export interface Composition {
  readonly tree: DesiredTree;
  /** Injections into files that no pack of the composition writes. */
  readonly loose: readonly RenderedInjection[];
}

/**
 * Puts what several packs want into one tree, sorted by path. Two packs may write one path only with the same bytes and mode.
 * @throws PacksmithError `COMPOSE_CONFLICT` with one diagnostic a path that two packs want differently, `INJECTION_FAILED`.
 */
export function composePacks(packs: readonly RenderedPack[]): Composition {
  const tree = new Map<ProjectPath, DesiredFile>();
  const owners = new Map<string, ProjectPath>();
  const conflicts: Diagnostic[] = [];
  for (const file of packs.flatMap((pack) => pack.files)) {
    const path = owners.get(foldPath(file.path)) ?? file.path;
    owners.set(foldPath(file.path), path);
    const existing = tree.get(path);
    if (existing === undefined) tree.set(path, fromRendered(file));
    else if (path === file.path && isSame(existing, file)) tree.set(path, { ...existing, packs: [...existing.packs, file.pack] });
    else conflicts.push(conflictOf(path, existing, file));
  }
  if (conflicts.length > 0)
    throw new PacksmithError('COMPOSE_CONFLICT', 'the packs want different things at the same paths', { diagnostics: conflicts });
  const loose = packs.flatMap((pack) => pack.injections).filter((injection) => !injectInto(tree, injection));
  return { tree: new Map([...tree].sort(([a], [b]) => compareText(a, b))), loose };
}

function fromRendered({ content, mode, pack, template, onExists }: RenderedFile): DesiredFile {
  return { content, mode, packs: [pack], template, onExists };
}

function isSame(existing: DesiredFile, file: RenderedFile): boolean {
  const { content } = file;
  return (
    existing.mode === file.mode && existing.content.length === content.length && existing.content.every((byte, at) => byte === content[at])
  );
}

function conflictOf(path: ProjectPath, existing: DesiredFile, file: RenderedFile): Diagnostic {
  const message = `${existing.packs.join(', ')} and ${file.pack} write ${path} differently`;
  return { code: 'COMPOSE_PATH_CONFLICT', severity: 'error', message, where: { file: path } };
}

/** Injects into a file of the tree; tells whether there was one. */
function injectInto(tree: Map<ProjectPath, DesiredFile>, injection: RenderedInjection): boolean {
  const target = tree.get(injection.into);
  if (target === undefined) return false;
  const text = decodeText(target.content);
  if (text === undefined)
    throw new PacksmithError('INJECTION_FAILED', `${injection.into} is not text`, { where: { file: injection.template } });
  const packs = target.packs.includes(injection.pack) ? target.packs : [...target.packs, injection.pack];
  tree.set(injection.into, { ...target, packs, content: encodeUtf8(injectText(text, injection)) });
  return true;
}
