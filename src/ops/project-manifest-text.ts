import type { DocumentEdit } from '../core/manifest/edit-toml.ts';
import { formatProjectManifest } from '../core/manifest/format-project-manifest.ts';
import type { ProjectManifest, ProjectPack } from '../core/manifest/project-manifest.ts';
import type { Value } from '../core/pack/values.ts';
import { toPlainValue } from '../core/plan/generation-plan.ts';
import type { AnswerEntry, AnswerOutcome } from '../core/template/answers/answer-types.ts';
import type { ProjectState } from './load-project.ts';
import type { LoadedPack } from './loaded-pack.ts';

interface ManifestFacts {
  readonly state: ProjectState;
  readonly packs: readonly LoadedPack[];
  readonly answers: AnswerOutcome;
  /** The project's name. */
  readonly name: string;
}

/**
 * The text of packsmith.toml: a new one with every answer that applies, or the user's own with the answers that were given now.
 * Secrets and computed values are never in it.
 */
export async function manifestTextFor({ state, packs, answers, name }: ManifestFacts): Promise<string> {
  const recorded = answers.entries.filter(isRecorded);
  if (state.manifestText === undefined || state.manifest === undefined) {
    return formatProjectManifest(newManifest(name, packs, recorded));
  }
  const edits = recorded.filter(isGivenNow).flatMap((entry) => editFor(entry, state.manifest));
  if (edits.length === 0) return state.manifestText;
  // Loaded only here: the editor is large, and most runs change no answer.
  const { editProjectManifest } = await import('../core/manifest/edit-project-manifest.ts');
  return editProjectManifest(state.manifestText, edits);
}

function isRecorded({ status, isSecret, source, value }: AnswerEntry): boolean {
  return status === 'settled' && !isSecret && source !== 'computed' && source !== 'none' && value !== undefined && value !== null;
}

function isGivenNow({ source }: AnswerEntry): boolean {
  return source !== 'project' && source !== 'default';
}

function newManifest(name: string, packs: readonly LoadedPack[], recorded: readonly AnswerEntry[]): ProjectManifest {
  return {
    format: 1,
    name,
    packs: packs.filter(({ because }) => because === 'asked for').map(toProjectPack),
    variables: new Map(recorded.map(({ key, value }) => [key, value as Value])),
    merge: { mode: 'merge', rules: [] },
    preserve: [],
    overrides: new Map(),
  };
}

function toProjectPack({ pack, source }: LoadedPack): ProjectPack {
  const { id, version } = pack.manifest;
  const isPlace = pack.provenance.kind === 'local';
  return { id, version: isPlace ? undefined : `^${version}`, source: isPlace ? source : undefined, variables: new Map() };
}

function editFor({ key, value }: AnswerEntry, manifest: ProjectManifest | undefined): DocumentEdit[] {
  if (value === undefined) return [];
  const known = manifest?.variables.get(key);
  const isKnown = known !== undefined && JSON.stringify(toPlainValue(known)) === JSON.stringify(toPlainValue(value));
  return isKnown ? [] : [{ kind: 'set', path: ['variables', ...key.split('.')], value }];
}
