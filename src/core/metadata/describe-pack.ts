import type { Pack } from '../pack/pack.ts';
import type { PackManifest } from '../pack/pack-manifest.ts';
import type { PackScore } from '../quality/score-pack.ts';
import { sortedPaths } from '../tree/file-tree.ts';
import { describeTemplates } from './describe-templates.ts';
import { describeVariables } from './describe-variables.ts';
import { isAbsoluteIri } from './find-term-problem.ts';
import { type NamedNode, namedNode, type RdfQuad } from './rdf.ts';
import { agentName, licenseName, packageName, packName, partName, seriesName } from './resource-names.ts';
import { Statements } from './statements.ts';

/** What the world knows of a pack beyond its own files. */
export interface PackFacts {
  /** The kind of place that it comes from; absent in what is handed on. */
  readonly source?: string;
  /** Whether a pack of the same id hides it. */
  readonly isShadowed?: boolean;
  /** Absent where it was not measured. */
  readonly score?: PackScore | undefined;
}

/** All that is known of one version of a pack, as statements: the same pack gives the same ones, in the same order. */
export function describePack(pack: Pack, facts: PackFacts = {}): readonly RdfQuad[] {
  const out = new Statements();
  statePack(out, pack, facts);
  return out.quads;
}

/** As `describePack`, beside what is said of other packs. */
export function statePack(out: Statements, pack: Pack, facts: PackFacts): void {
  const { manifest } = pack;
  const name = packName(manifest.id, manifest.version);
  out.add(name, 'Pack', {
    id: manifest.id,
    version: manifest.version,
    'dcterms:title': manifest.title,
    'dcterms:description': manifest.description,
    category: manifest.category,
    'dcat:keyword': manifest.keywords,
    licenseExpression: manifest.license,
    'dcterms:license': licensesOf(manifest.license).map(licenseName),
    'dcterms:creator': manifest.authors.map(agentName),
    'schema:codeRepository': iriOrText(manifest.repository),
    'dcat:landingPage': iriOrText(manifest.homepage),
    requires: manifest.requires,
    source: facts.source,
    isShadowed: facts.isShadowed,
    score: facts.score?.score,
    integrity: pack.integrity,
    series: seriesName(manifest.id),
  });
  out.add(seriesName(manifest.id), 'Series', { id: manifest.id });
  for (const { name: dimension, gained, worth } of facts.score?.dimensions ?? [])
    out.say(name, 'measure', out.add(partName(name, 'measure', dimension), 'Measure', { name: dimension, gained, worth }));
  for (const author of manifest.authors) describeAgent(out, author);
  describeNeeds(out, name, manifest);
  describeVariables(out, name, manifest);
  describeTemplates(out, name, pack);
  describeOthers(out, name, pack);
}

/** The ids of an SPDX expression, without operators and exceptions. */
function licensesOf(expression: string | undefined): readonly string[] {
  const tokens = expression?.match(/[^\s()]+/g) ?? [];
  const isId = (token: string, index: number) => !['AND', 'OR', 'WITH'].includes(token) && tokens[index - 1] !== 'WITH';
  return [...new Set(tokens.filter(isId).map((token) => token.replace(/\+$/, '')))];
}

function iriOrText(text: string | undefined): NamedNode | string | undefined {
  return text !== undefined && isAbsoluteIri(text) ? namedNode(text) : text;
}

/** `Ada Example <ada@example.com> (https://example.com)`, of which only the name is needed. */
function describeAgent(out: Statements, author: string): void {
  const [, name, email, page] = /^([^<(]*)(?:<([^>]*)>)?\s*(?:\(([^)]*)\))?\s*$/.exec(author) ?? [undefined, author];
  out.add(agentName(author), 'Agent', {
    'schema:name': name?.trim() || author,
    'schema:email': email,
    'schema:url': iriOrText(page),
  });
}

function describeNeeds(out: Statements, pack: NamedNode, { dependencies, packages }: PackManifest): void {
  for (const { id, version, optional, reason } of dependencies) {
    const dependency = partName(pack, 'dependency', id);
    out.say(pack, 'dependency', dependency);
    out.add(dependency, 'Dependency', { on: seriesName(id), range: version, isOptional: optional, reason });
    out.add(seriesName(id), 'Series', { id });
  }
  for (const [index, { ecosystem, name, version, dev, when }] of packages.entries()) {
    // One package can be required twice, under two conditions.
    const requirement = partName(pack, 'requirement', `${index + 1}`);
    const required = packageName(ecosystem, name);
    out.say(pack, 'usesPackage', required);
    out.say(pack, 'requirement', requirement);
    out.add(requirement, 'Requirement', { package: required, range: version, isDevelopment: dev, when });
    out.add(required, 'Package', { name, ecosystem });
  }
}

function describeOthers(out: Statements, pack: NamedNode, { manifest, files }: Pack): void {
  for (const { name } of manifest.queries) out.say(pack, 'query', out.add(partName(pack, 'query', name), 'Query', { name }));
  for (const [index, { name, stage }] of manifest.hooks.entries())
    out.say(pack, 'hook', out.add(partName(pack, 'hook', `${index + 1}`), 'Hook', { name, stage }));
  for (const path of sortedPaths(files).filter((file) => /^tests\/[^/]+\.toml$/.test(file)))
    out.say(pack, 'testCase', out.add(partName(pack, 'test', path), 'TestCase', { path }));
}
