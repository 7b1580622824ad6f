import type { SourcePosition } from '../diagnostics/diagnostic.ts';
import type { KeyPath } from '../manifest/key-path.ts';
import { locateKeys } from '../manifest/locate-keys.ts';
import type { Pack } from '../pack/pack.ts';
import type { PackManifest } from '../pack/pack-manifest.ts';
import { utf8At } from '../tree/file-text.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { listPackTexts, type PackText, placeIn } from './pack-texts.ts';

/** What is known on this machine of a pack that another one depends on. */
export interface DependencyFacts {
  /** Absent where the pack is not on this machine. */
  readonly manifest: PackManifest | undefined;
  /** What its publisher says of the version that would be used, if it is deprecated. */
  readonly deprecated: string | undefined;
}

/** All that rules look at. */
export interface LintFacts {
  readonly pack: Pack;
  readonly texts: readonly PackText[];
  readonly dependencies: ReadonlyMap<string, DependencyFacts>;
  /** The position of a key of `pack.toml`. */
  readonly locate: (key: KeyPath, at?: 'key' | 'value') => SourcePosition;
  /** The position of a place in a text. */
  readonly place: (text: PackText, node: { readonly line: number; readonly column: number }) => SourcePosition;
}

const MANIFEST_FILE = 'pack.toml' as ProjectPath;

/** Reads once what every rule needs: the pack's texts as syntax trees, and where its keys are. */
export function gatherLintFacts(pack: Pack, dependencies: ReadonlyMap<string, DependencyFacts> = new Map()): LintFacts {
  const manifestText = utf8At(pack.files, MANIFEST_FILE) ?? '';
  const keys = locateKeys(manifestText);
  const locate = (key: KeyPath, at: 'key' | 'value' = 'key'): SourcePosition => ({ file: MANIFEST_FILE, ...keys.find(key, at) });
  return { pack, texts: listPackTexts(pack), dependencies, locate, place: (text, node) => placeIn(text, node, locate) };
}
