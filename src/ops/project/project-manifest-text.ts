import type { DocumentEdit } from '../../core/manifest/edit-toml.ts';
import { formatProjectManifest, toPackValue } from '../../core/manifest/format-project-manifest.ts';
import type { ProjectManifest, ProjectMerge, ProjectMergeRule, ProjectPack } from '../../core/manifest/project-manifest.ts';
import { parsePackReference } from '../../core/pack/pack-reference.ts';
import type { Value } from '../../core/pack/values.ts';
import { toPlainValue } from '../../core/plan/generation-plan.ts';
import type { AnswerEntry } from '../../core/template/answers/answer-types.ts';
import { collectSecrets, holdsSecret } from '../../core/template/mask-secrets.ts';
import type { ProjectState } from './load-project.ts';
import type { LoadedPack } from './loaded-pack.ts';
import type { ManifestFacts } from './plan-wanted.ts';

/** A new packsmith.toml with every answer that applies, and the rules of the composition it comes from. Secrets and computed values are never in it. */
export async function newManifestText(
  { packs, answers, merge, name }: ManifestFacts,
  composition: ProjectManifest | undefined,
): Promise<string> {
  return formatProjectManifest({
    format: 1,
    name,
    packs: listedPacks(packs, composition),
    variables: new Map(recordedAnswers(answers.entries).map(({ key, value }) => [key, value as Value])),
    merge,
    preserve: composition?.preserve ?? [],
    overrides: composition?.overrides ?? new Map(),
  });
}

/** The user's packsmith.toml with all that `newManifestText` would say and it does not: packs that it does not list, answers, and what the composition asks for. */
export async function filledManifest(state: ProjectState, facts: ManifestFacts, composition?: ProjectManifest): Promise<string> {
  const { manifest } = state;
  const isNew = ({ key, source }: AnswerEntry): boolean => source !== 'project' || composition?.variables.has(key) === true;
  const answers = recordedAnswers(facts.answers.entries).filter(isNew);
  const preserve = [...new Set([...(manifest?.preserve ?? []), ...(composition?.preserve ?? [])])];
  return answeredManifest(state, facts, [
    ...(manifest?.name === undefined ? [set(['project', 'name'], facts.name)] : []),
    ...addedPacks(state, facts.packs, composition),
    ...answers.flatMap((entry) => editFor(entry, manifest)),
    ...(preserve.length > (manifest?.preserve.length ?? 0) ? [set(['update', 'preserve'], preserve)] : []),
    ...[...(composition?.overrides ?? [])].map(([id, range]) => set(['overrides', id], range)),
  ]);
}

/** The packs that were asked for and packsmith.toml does not list yet, as edits of it. */
export function addedPacks({ manifest }: ProjectState, packs: readonly LoadedPack[], composition?: ProjectManifest): DocumentEdit[] {
  const present = new Set<string>(manifest?.packs.map(({ id }) => id));
  const added = listedPacks(packs, composition).filter(({ id }) => !present.has(id));
  return added.map((pack) => set(['packs', pack.id], toPackValue(pack)));
}

function set(path: readonly string[], value: Value): DocumentEdit {
  return { kind: 'set', path, value };
}

/** The user's packsmith.toml with the answers that were given now, and other edits; the comments and order of the user are kept. */
export async function answeredManifest(
  { manifest, manifestText = '' }: ProjectState,
  { answers, merge, migration }: ManifestFacts,
  others: readonly DocumentEdit[] = [],
): Promise<string> {
  const given = answers.entries.filter((entry) => isRecorded(entry) && isGivenNow(entry));
  const edits = [...migration, ...others, ...mergeEdits(merge, manifest), ...given.flatMap((entry) => editFor(entry, manifest))];
  if (edits.length === 0) return manifestText;
  // Loaded only here: the editor is large, and most runs change no answer.
  const { editProjectManifest } = await import('../../core/manifest/edit-project-manifest.ts');
  return editProjectManifest(manifestText, edits);
}

/** The merge rules of this run, where they are not the recorded ones. */
function mergeEdits({ mode, rules }: ProjectMerge, manifest: ProjectManifest | undefined): DocumentEdit[] {
  const recorded = manifest?.merge ?? { mode: 'merge', rules: [] };
  const areOther = JSON.stringify(rules) !== JSON.stringify(recorded.rules);
  return [
    ...(mode === recorded.mode ? [] : [set(['merge', 'mode'], mode)]),
    ...(areOther ? [set(['merge', 'rules'], rules.map(toRuleValue))] : []),
  ];
}

/** A rule as packsmith.toml has it. */
export function toRuleValue({ path, action, prefer }: ProjectMergeRule): Value {
  return new Map([['path', path], ['action', action], ...(prefer === undefined ? [] : [['prefer', prefer] as const])]);
}

/** The packs that were asked for, as packsmith.toml lists them. */
function listedPacks(packs: readonly LoadedPack[], composition: ProjectManifest | undefined): ProjectPack[] {
  const listed = new Map((composition?.packs ?? []).map((pack) => [pack.id, pack] as const));
  return packs.filter(({ because }) => because === 'asked for').map((entry) => listAs(entry, listed.get(entry.pack.manifest.id)));
}

function recordedAnswers(entries: readonly AnswerEntry[]): AnswerEntry[] {
  return entries.filter((entry) => isRecorded(entry) && !isMadeOfSecret(entry, entries));
}

function isRecorded({ status, isSecret, source, value }: AnswerEntry): boolean {
  return status === 'settled' && !isSecret && source !== 'computed' && source !== 'none' && value !== undefined && value !== null;
}

/** Whether a default has a secret in it; it is computed again whenever the secret is given. */
function isMadeOfSecret({ source, value }: AnswerEntry, entries: readonly AnswerEntry[]): boolean {
  if (source !== 'default' || value === undefined) return false;
  const given = entries.flatMap((entry) => (entry.isSecret && entry.value !== undefined ? [[entry.key, entry.value] as const] : []));
  return holdsSecret(
    value,
    collectSecrets(new Map(given), () => true),
  );
}

function isGivenNow({ source }: AnswerEntry): boolean {
  return source !== 'project' && source !== 'default' && source !== 'settings';
}

/** As the composition has it, but with a place that the project finds. */
function listAs(entry: LoadedPack, listed: ProjectPack | undefined): ProjectPack {
  if (listed === undefined) return toProjectPack(entry);
  return { ...listed, source: listed.source === undefined ? undefined : placeOf(entry).source };
}

/** A pack as packsmith.toml lists it. */
export function toProjectPack(entry: LoadedPack): ProjectPack {
  const { id, version } = entry.pack.manifest;
  const place = entry.isFoundById ? { version: `^${version}`, source: undefined } : placeOf(entry);
  return { id, ...place, variables: new Map() };
}

/** Where updates look for newer versions: at a branch or tag as it was named, at every version of a package in the usual range. */
function placeOf({ pack, source, requested }: LoadedPack): Pick<ProjectPack, 'version' | 'source'> {
  const reference = source.startsWith('npm:') ? parsePackReference(source) : undefined;
  if (reference?.kind !== 'npm') return { version: undefined, source: requested ?? source };
  return { version: `^${pack.manifest.version}`, source: `npm:${reference.name}` };
}

function editFor({ key, value }: AnswerEntry, manifest: ProjectManifest | undefined): DocumentEdit[] {
  if (value === undefined) return [];
  const known = manifest?.variables.get(key);
  const isKnown = known !== undefined && JSON.stringify(toPlainValue(known)) === JSON.stringify(toPlainValue(value));
  return isKnown ? [] : [set(['variables', ...key.split('.')], value)];
}
