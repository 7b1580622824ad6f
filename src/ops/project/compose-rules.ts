import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { MergeMode, ProjectManifest, ProjectMerge, ProjectMergeRule } from '../../core/manifest/project-manifest.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import { nearest } from '../../core/text/nearest.ts';
import type { LoadedPack } from './loaded-pack.ts';

/** What a user says of paths that several packs write; the rules of packsmith.toml stand behind it. */
export interface ComposeWish {
  /** How packs that write one path are put together. */
  readonly strategy?: MergeMode;
  /** The pack that wins where a merge is not clean. */
  readonly prefer?: PackName;
}

/** Refuses a preference for a pack that is not there. @throws PacksmithError `INVALID_ARGUMENTS`. */
export function refuseStranger(prefer: PackName | undefined, packs: readonly LoadedPack[]): void {
  const known = packs.map(({ pack }) => pack.manifest.id);
  if (prefer === undefined || known.includes(prefer)) return;
  const suggestions = nearest(prefer, known);
  throw new PacksmithError('INVALID_ARGUMENTS', `--prefer: ${prefer} is none of the packs ${known.join(', ')}`, {
    suggestions,
    ...(suggestions[0] !== undefined && { hint: `did you mean ${suggestions[0]}?` }),
  });
}

/** What the command line says of the mode and the preference, and the rules of the composition. */
export function composeRules({ strategy, prefer }: ComposeWish, manifest: ProjectManifest | undefined): ProjectMerge {
  const recorded = manifest?.merge.rules ?? [];
  const isRecorded = prefer === undefined || recorded.some((rule) => rule.path === '**' && rule.prefer === prefer);
  const mode = strategy ?? manifest?.merge.mode ?? 'merge';
  // A preference decides where the mode would refuse or ask; it does not change what the mode does elsewhere.
  const action = mode === 'fail' || mode === 'ask' ? 'merge' : mode;
  const rules: readonly ProjectMergeRule[] = isRecorded ? recorded : [...recorded, { path: '**', action, prefer }];
  return { mode, rules };
}
