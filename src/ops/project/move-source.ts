import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Lockfile } from '../../core/lockfile/lockfile.ts';
import { renamePack } from '../../core/lockfile/rename-pack.ts';
import type { DocumentEdit } from '../../core/manifest/edit-toml.ts';
import type { ProjectManifest, ProjectPack } from '../../core/manifest/project-manifest.ts';
import { renameKey } from '../../core/manifest/rename-key.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import { parsePackReference } from '../../core/pack/pack-reference.ts';
import type { Value } from '../../core/pack/values.ts';
import type { FetchOptions } from '../../ports/pack-source.ts';
import { resolvePacks } from '../packs/resolve-packs.ts';
import { demandsOf } from './demands.ts';
import type { PackDemand } from './load-packs.ts';
import type { ProjectState } from './load-project.ts';
import type { LoadedPack } from './loaded-pack.ts';
import type { GenerationPorts } from './plan-wanted.ts';
import { toProjectPack, toRuleValue } from './project-manifest-text.ts';

type OpenState = ProjectState & { readonly lockfile: Lockfile; readonly manifest: ProjectManifest };

export interface MoveSourceRequest {
  readonly state: OpenState;
  /** The reference to where the pack is now. */
  readonly source: string;
  /** The pack that moved; found out where it is not given and can only be one. */
  readonly ids: readonly string[];
  readonly to?: string;
  readonly workingDirectory: string;
  readonly offline?: boolean;
  readonly signal?: AbortSignal;
}

export interface MovedSource {
  /** The id that the pack has now. */
  readonly id: PackName;
  readonly demand: PackDemand;
  /** The project as if the pack had had this id before; the text of packsmith.toml is as it is. */
  readonly state: OpenState;
  /** As `state`, with the keys of the text renamed. */
  readonly edited: OpenState;
  /** How packsmith.toml lists the pack now. */
  readonly edits: (packs: readonly LoadedPack[]) => DocumentEdit[];
}

/**
 * Finds the pack that a project's pack is to be continued by. One of another id takes its place, and its answers.
 * @throws PacksmithError `INVALID_ARGUMENTS` where it is not clear which pack moved, `PACK_ALREADY_THERE`, and as `resolvePacks` does.
 */
export async function moveSource(request: MoveSourceRequest, ports: GenerationPorts): Promise<MovedSource> {
  const { state, workingDirectory } = request;
  const options: FetchOptions = { offline: request.offline ?? false, ...(request.signal && { signal: request.signal }) };
  const reference = withRange(request.source, request.to);
  const [demand] = demandsOf({ references: [reference], packs: [], places: { workingDirectory, root: ports.project.root } });
  if (demand === undefined) throw new RangeError('a reference gives a demand');
  const found = await resolvePacks(
    { demands: [{ reference: demand.reference, requestedBy: 'project' }], withoutDependencies: true, refresh: 'all', ...options },
    ports,
  );
  const id = found.packs.find(({ asked }) => asked !== undefined)?.id;
  if (id === undefined) throw new RangeError('what was asked for is resolved');
  const from = chooseMoved(request, id);
  const renamed = renameState(state, from, id);
  const listed = renamed.manifest.packs.find((pack) => pack.id === id);
  return {
    id,
    demand,
    state: renamed,
    edited: { ...renamed, manifestText: renameKeys(state, from, id) },
    edits: (packs) => [...listEdits(listed, packs), ...ruleEdits(state.manifest, renamed.manifest)],
  };
}

function withRange(source: string, to: string | undefined): string {
  if (to === undefined) return source;
  const reference = parsePackReference(source);
  if (reference.kind === 'id' && reference.range === undefined) return `${reference.name}@${to}`;
  if (reference.kind === 'npm' && reference.range === undefined) return `npm:${reference.name}@${to}`;
  throw new PacksmithError('INVALID_ARGUMENTS', `\`--to ${to}\` chooses among versions, and ${source} names one already`, {
    hint: 'leave `--to` away, and name the version in the reference',
  });
}

function chooseMoved({ state, ids }: MoveSourceRequest, to: PackName): PackName {
  const { packs } = state.manifest;
  const [first, ...others] = ids;
  const from =
    first === undefined
      ? (packs.find(({ id }) => id === to)?.id ?? (packs.length === 1 ? packs[0]?.id : undefined))
      : packs.find(({ id }) => id === first)?.id;
  if (from === undefined || others.length > 0) {
    throw new PacksmithError(
      'INVALID_ARGUMENTS',
      `\`--source\` says where one pack is now: name it, of ${packs.map(({ id }) => id).join(', ')}`,
      {
        hint: 'packs update ID --source REF',
      },
    );
  }
  if (from !== to && packs.some(({ id }) => id === to))
    throw new PacksmithError('PACK_ALREADY_THERE', `${to} cannot take the place of ${from}: the project has it already`, {
      hint: `\`packs remove ${from}\` takes ${from} out`,
    });
  return from;
}

function renameState(state: OpenState, from: PackName, to: PackName): OpenState {
  const lockfile = renamePack(state.lockfile, from, to);
  return {
    ...state,
    manifest: renameInManifest(state.manifest, from, to),
    lockfile,
    generated: new Map(lockfile.files.map((file) => [file.path, file] as const)),
  };
}

function renameInManifest(manifest: ProjectManifest, from: PackName, to: PackName): ProjectManifest {
  return {
    ...manifest,
    packs: manifest.packs.map((pack) => (pack.id === from ? { ...pack, id: to } : pack)),
    variables: new Map([...manifest.variables].map(([name, value]) => [addressFor({ name, value }, from, to), value])),
    overrides: new Map([...manifest.overrides].map(([id, range]) => [id === from ? to : id, range])),
    merge: { ...manifest.merge, rules: manifest.merge.rules.map((rule) => (rule.prefer === from ? { ...rule, prefer: to } : rule)) },
  };
}

/** Answers for one pack stand under `"pack.name"`, or in a table of its name; a variable may be called like a pack. */
function addressFor({ name, value }: { readonly name: string; readonly value: Value }, from: PackName, to: PackName): string {
  if (name === from && value instanceof Map) return to;
  return name.startsWith(`${from}.`) ? `${to}${name.slice(from.length)}` : name;
}

/** The user's text with the new id wherever it is a key, comments and order kept. */
function renameKeys({ manifestText = '', manifest }: OpenState, from: PackName, to: PackName): string {
  if (from === to) return manifestText;
  const keys = [
    { path: ['packs', from], key: to as string },
    ...[...manifest.variables].map(([name, value]) => ({ path: ['variables', name], key: addressFor({ name, value }, from, to) })),
    { path: ['overrides', from], key: to as string },
  ];
  return keys.reduce((text, { path, key }) => (path.at(-1) === key ? text : renameKey(text, path, key)), manifestText);
}

function listEdits(listed: ProjectPack | undefined, packs: readonly LoadedPack[]): DocumentEdit[] {
  const entry = packs.find(({ pack }) => pack.manifest.id === listed?.id);
  if (entry === undefined || listed === undefined) return [];
  const { id, version, source } = toProjectPack(entry);
  const path = ['packs', id];
  const isTable = listed.source !== undefined || listed.variables.size > 0;
  const isStillTable = source !== undefined || listed.variables.size > 0;
  if (!isTable && !isStillTable) return [{ kind: 'set', path, value: version ?? '*' }];
  if (isTable && isStillTable) return [setOrUnset([...path, 'version'], version), setOrUnset([...path, 'source'], source)];
  const table = new Map<string, Value>([
    ...(version === undefined ? [] : [['version', version] as const]),
    ...(source === undefined ? [] : [['source', source] as const]),
  ]);
  return [{ kind: 'set', path, value: isStillTable ? table : (version ?? '*') }];
}

function ruleEdits(before: ProjectManifest, after: ProjectManifest): DocumentEdit[] {
  const { rules } = after.merge;
  const isSame = rules.every(({ prefer }, index) => prefer === before.merge.rules[index]?.prefer);
  return isSame ? [] : [{ kind: 'set', path: ['merge', 'rules'], value: rules.map(toRuleValue) }];
}

function setOrUnset(path: readonly string[], value: string | undefined): DocumentEdit {
  return value === undefined ? { kind: 'unset', path } : { kind: 'set', path, value };
}
