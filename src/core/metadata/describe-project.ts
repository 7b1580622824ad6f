import type { LockedFile, Lockfile } from '../lockfile/lockfile.ts';
import type { ProjectManifest } from '../manifest/project-manifest.ts';
import { findNewest, stateSuccessor } from './describe-catalogue.ts';
import { templateName } from './describe-templates.ts';
import { toText } from './describe-variables.ts';
import { literal, type NamedNode, type RdfQuad } from './rdf.ts';
import { packName, projectName, seriesName } from './resource-names.ts';
import { Statements } from './statements.ts';
import { PREFIXES } from './vocabulary.ts';

export interface ProjectFacts {
  readonly lockfile: Lockfile;
  readonly manifest: ProjectManifest | undefined;
  /** Every version that the catalogue has. */
  readonly catalogue: readonly { readonly id: string; readonly version: string }[];
}

/** A project and where it came from: which file came from which template of which version, and what was answered. Secrets are not recorded, so that they are not here. */
export function describeProject({ lockfile, manifest, catalogue }: ProjectFacts): readonly RdfQuad[] {
  const out = new Statements();
  const project = projectName();
  const newest = findNewest(catalogue);
  const packs = new Map(lockfile.packs.map(({ id, version }) => [id, packName(id, version)]));
  out.add(project, 'Project', {
    generatedAt: literal(lockfile.now, `${PREFIXES.get('xsd')}dateTime`),
    uses: [...packs.values()],
  });
  for (const { id, version, source, integrity } of lockfile.packs) {
    const pack = packName(id, version);
    out.add(pack, 'Pack', { id, version, integrity, series: seriesName(id), source: source === 'builtin' ? source : undefined });
    const newer = stateSuccessor(out, { id, version }, newest);
    // What a registry has is not described where the catalogue is.
    if (newer !== undefined) out.add(packName(id, newer), 'Pack', { id, version: newer });
  }
  for (const file of lockfile.files) describeFile(out, file, packs);
  for (const [name, value] of manifest?.variables ?? [])
    out.say(project, 'answer', out.add(projectName('answer', name), 'Answer', { to: name, value: toText(value) }));
  return out.quads;
}

function describeFile(out: Statements, { path, sha256, packs: from, template }: LockedFile, packs: ReadonlyMap<string, NamedNode>): void {
  const resources = from.flatMap((id) => packs.get(id) ?? []);
  const [first] = resources;
  const file = out.add(projectName('file', path), 'GeneratedFile', {
    path,
    sha256,
    from: resources,
    template: first === undefined ? undefined : templateName(first, template),
  });
  out.say(projectName(), 'generatedFile', file);
}
