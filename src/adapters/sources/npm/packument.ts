import { isPackName, type PackName } from '../../../core/pack/pack-name.ts';
import type { PackReference } from '../../../core/pack/pack-reference.ts';
import { compareVersions, isVersion } from '../../../core/pack/versions.ts';
import { readPackFacts } from '../../../core/registry/pack-facts.ts';
import { isRecord } from '../../../core/text/is-record.ts';
import { stripControl } from '../../../core/text/strip-control.ts';
import type { AvailableVersion } from '../../../ports/pack-source.ts';
import { findStrongIntegrity } from '../archive/integrity.ts';
import type { RegistrySignature } from './registry-signatures.ts';

/** What a packument says of one version, as far as packs are concerned. */
export interface PublishedVersion {
  readonly version: string;
  /** Of the pack, where the package says that it is one. */
  readonly facts: ReturnType<typeof readPackFacts>;
  readonly tarball: string;
  /** The strongest of those stated; `undefined` where none is strong enough. */
  readonly integrity: string | undefined;
  readonly deprecated: string | undefined;
  readonly signatures: readonly RegistrySignature[];
  readonly publishedAt: string | undefined;
}

export interface Packument {
  readonly name: string;
  readonly versions: ReadonlyMap<string, PublishedVersion>;
  readonly tags: ReadonlyMap<string, string>;
}

const MAX_VERSIONS = 20_000;
const MAX_NOTICE = 2_000;
const YANKED = /^yanked:\s*/i;

/** Reads a packument, full or abbreviated. Says in words what makes the whole of it unusable; versions that make no sense are left out. */
export function readPackument(document: unknown, name: string): Packument | string {
  if (!isRecord(document) || !isRecord(document['versions'])) return 'it is not a packument';
  if (document['name'] !== name) return `it describes ${JSON.stringify(String(document['name']).slice(0, 100))}, not ${name}`;
  const published = Object.entries(document['versions']);
  if (published.length > MAX_VERSIONS) return `it has more than ${MAX_VERSIONS} versions`;
  const times = isRecord(document['time']) ? document['time'] : {};
  const versions = published.flatMap(([version, facts]) => readVersion(version, facts, { name, publishedAt: text(times[version]) }) ?? []);
  const known = new Map(versions.map((facts) => [facts.version, facts]));
  const tags = isRecord(document['dist-tags']) ? Object.entries(document['dist-tags']) : [];
  return { name, versions: known, tags: new Map(tags.filter((tag): tag is [string, string] => known.has(String(tag[1])))) };
}

function readVersion(
  version: string,
  facts: unknown,
  { name, publishedAt }: { readonly name: string; readonly publishedAt: string | undefined },
): PublishedVersion | undefined {
  if (!isVersion(version) || !isRecord(facts) || !isRecord(facts['dist'])) return undefined;
  const { dist, deprecated } = facts;
  const tarball = text(dist['tarball']);
  if (facts['name'] !== name || facts['version'] !== version || tarball === undefined) return undefined;
  return {
    version,
    facts: readPackFacts(facts['packsmith']),
    tarball,
    integrity: findStrongIntegrity(text(dist['integrity']) ?? ''),
    deprecated: readNotice(deprecated),
    signatures: readSignatures(dist['signatures']),
    publishedAt,
  };
}

function readNotice(deprecated: unknown): string | undefined {
  if (deprecated === true) return 'deprecated';
  return typeof deprecated === 'string' && deprecated !== '' ? stripControl(deprecated).slice(0, MAX_NOTICE) : undefined;
}

function readSignatures(value: unknown): RegistrySignature[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, 20).flatMap((signature: unknown) => {
    if (!isRecord(signature)) return [];
    const { keyid, sig } = signature;
    return typeof keyid === 'string' && typeof sig === 'string' ? [{ keyid, sig }] : [];
  });
}

/**
 * The versions of a packument as a source gives them, newest first. Those whose facts name another version or pack than the package does are
 * left out: nobody could tell what they are.
 *
 * @param toReference how a version of this pack is asked for.
 */
export function toAvailableVersions(
  packument: Packument,
  origin: { readonly location: string; readonly toReference: (version: string) => PackReference },
): AvailableVersion[] {
  const { name, tags } = packument;
  const published = [...packument.versions.values()].filter(({ version, facts }) => facts === undefined || facts.version === version);
  const available = published.flatMap(({ version, facts, integrity, deprecated }): AvailableVersion[] => {
    const id: PackName | undefined = facts?.id ?? (isPackName(name) ? name : undefined);
    if (id === undefined) return [];
    const isYanked = deprecated !== undefined && YANKED.test(deprecated);
    return [
      {
        id,
        version,
        dependencies: facts?.dependencies,
        requires: facts?.requires,
        status: deprecated === undefined ? 'available' : isYanked ? 'yanked' : 'deprecated',
        notice: deprecated?.replace(YANKED, '') || undefined,
        integrity,
        pinned: origin.toReference(version),
        tags: [...tags].filter(([, tagged]) => tagged === version).map(([tag]) => tag),
        provenance: { kind: 'npm', location: origin.location },
      },
    ];
  });
  return available.sort((a, b) => compareVersions(b.version, a.version));
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
