import type { Ecosystem } from '../pack/pack-manifest.ts';
import { type NamedNode, namedNode } from './rdf.ts';

/**
 * The IRIs of what there is. Each part is percent-encoded, so that no id, version, path or name can leave its place or collide with another;
 * what remains is what may stand in a prefixed name of Turtle and SPARQL: `pack:web-api-starter:1.1.0`.
 */
const PACK = 'urn:packsmith:pack:';
const PROJECT = 'urn:packsmith:project';

/** A pack whatever its version. */
export function seriesName(id: string): NamedNode {
  return namedNode(PACK + encode(id));
}

/** One version of a pack. */
export function packName(id: string, version: string): NamedNode {
  return namedNode(`${PACK}${encode(id)}:${encode(version)}`);
}

/** A part of a pack: a variable, a template, a dependency. */
export function partName(pack: NamedNode, kind: string, name: string): NamedNode {
  return namedNode(`${pack.value}:${kind}:${encode(name)}`);
}

/** A package of an ecosystem, as a package URL without a version (purl-spec): `pkg:npm/%40scope/name`. */
export function packageName(ecosystem: Ecosystem, name: string): NamedNode {
  return namedNode(`pkg:${ecosystem}/${name.split('/').map(encode).join('/')}`);
}

/** A licence of the SPDX list, by its id. */
export function licenseName(id: string): NamedNode {
  return namedNode(`https://spdx.org/licenses/${encode(id)}`);
}

export function agentName(name: string): NamedNode {
  return namedNode(`urn:packsmith:agent:${encode(name)}`);
}

/** The project that was asked about, or a part of it. */
export function projectName(kind?: string, name = ''): NamedNode {
  return namedNode(kind === undefined ? PROJECT : `${PROJECT}:${kind}:${encode(name)}`);
}

/** `encodeURIComponent` fails for lone surrogates and leaves some characters that prefixed names can't have. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
