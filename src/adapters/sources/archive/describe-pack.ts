import { hasErrors } from '../../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import { checkNested, foreignKindOf } from '../../../core/foreign/foreign-kind.ts';
import { parsePackManifest } from '../../../core/manifest/parse-pack-manifest.ts';
import type { PackManifest } from '../../../core/pack/pack-manifest.ts';
import { redactUrl } from '../../../core/pack/redact-url.ts';
import { findDependencyDifference } from '../../../core/registry/pack-facts.ts';
import { decodeUtf8 } from '../../../core/text/utf8.ts';
import type { FileTree } from '../../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../../core/tree/project-path.ts';
import type { AvailableVersion, FetchedPack } from '../../../ports/pack-source.ts';
import { computeTreeIntegrity } from '../tree-integrity.ts';
import { checkIntegrity, computeIntegrity } from './integrity.ts';
import { unpackArchive } from './unpack-archive.ts';

const MANIFEST = 'pack.toml' as ProjectPath;

/**
 * Reads the manifest of a tree.
 *
 * @param where the tree is from, for the message; credentials in it are masked.
 * @throws PacksmithError `MANIFEST_INVALID`, also when there is none.
 */
export function readTreeManifest(tree: FileTree, where: string): PackManifest {
  const entry = tree.get(MANIFEST);
  return parseManifestBytes(entry?.content, where);
}

/** Reads a manifest from its bytes; `undefined` where there is none. @throws PacksmithError `MANIFEST_INVALID`. */
export function parseManifestBytes(bytes: Uint8Array | undefined, where: string): PackManifest {
  const shown = redactUrl(where);
  if (bytes === undefined) throw new PacksmithError('MANIFEST_INVALID', `${shown} is not a pack: it has no pack.toml`);
  const text = decodeUtf8(bytes);
  if (text === undefined) throw new PacksmithError('MANIFEST_INVALID', `the manifest of ${shown} is not valid UTF-8`);
  const { manifest, diagnostics } = parsePackManifest(text);
  if (manifest === undefined || hasErrors(diagnostics)) {
    throw new PacksmithError('MANIFEST_INVALID', `the manifest of ${shown} has errors`, { diagnostics });
  }
  return manifest;
}

/**
 * What a tree says of itself; a template of another tool says nothing, and is what it was asked for as.
 *
 * @throws PacksmithError `MANIFEST_INVALID`, also when it is neither; `SeveralTemplates` where there are templates in it.
 */
export function readTreeFacts(tree: FileTree, where: string, asked: () => Pick<ForeignFacts, 'id' | 'version'>): PackFacts {
  if (foreignKindOf(tree, redactUrl(where)) !== undefined) return foreignFacts(asked());
  if (!tree.has(MANIFEST)) checkNested(tree.keys(), redactUrl(where));
  return readTreeManifest(tree, where);
}

/** What is told of a template of another tool. */
export function foreignFacts(asked: Pick<ForeignFacts, 'id' | 'version'> & Partial<ForeignFacts>): ForeignFacts {
  return { dependencies: [], requires: undefined, isDerived: true, ...asked };
}

export type PackFacts = Pick<AvailableVersion, 'id' | 'version' | 'dependencies' | 'requires' | 'isDerived' | 'followsTags'>;

type ForeignFacts = PackFacts & { readonly isDerived: true };

/** What is known of a pack whose manifest was read: everything but where it is from. */
export function describeManifest(
  { id, version, dependencies, requires, isDerived, followsTags }: PackFacts,
  origin: Pick<AvailableVersion, 'integrity' | 'pinned' | 'provenance'>,
): AvailableVersion {
  return {
    id,
    version,
    dependencies,
    requires,
    status: 'available',
    notice: undefined,
    tags: [],
    ...origin,
    ...(isDerived && { isDerived }),
    ...(followsTags && { followsTags }),
  };
}

/**
 * Checks that a fetched tree is the pack that it was chosen as.
 *
 * @throws PacksmithError `SOURCE_RESPONSE_INVALID` when its manifest names another id, version or dependencies; `MANIFEST_INVALID`.
 */
export function checkIsVersion(tree: FileTree, chosen: AvailableVersion): void {
  if (foreignKindOf(tree) !== undefined) return;
  const where = `${chosen.id}@${chosen.version} from ${chosen.provenance.location}`;
  const { id, version, dependencies } = readTreeManifest(tree, where);
  if (id !== chosen.id || version !== chosen.version) {
    throw new PacksmithError('SOURCE_RESPONSE_INVALID', `${redactUrl(where)} holds ${id}@${version} instead`);
  }
  const difference = chosen.dependencies === undefined ? undefined : findDependencyDifference(chosen.dependencies, dependencies);
  if (difference === undefined) return;
  throw new PacksmithError('SOURCE_RESPONSE_INVALID', `${redactUrl(where)} is not as its registry describes it: ${difference}`);
}

/**
 * Opens the archive of a chosen version, or of a directory in it: its integrity is checked before anything of it is read.
 *
 * @throws PacksmithError `INTEGRITY_MISMATCH`, `ARCHIVE_REFUSED`, and as `checkIsVersion` does.
 */
export async function openArchive(bytes: Uint8Array, chosen: AvailableVersion, directory?: string): Promise<FetchedPack> {
  const name = `the archive of ${chosen.id}@${chosen.version} from ${chosen.provenance.location}`;
  if (chosen.integrity !== undefined) checkIntegrity(bytes, chosen.integrity, name);
  const files = await unpackArchive(bytes, name, directory);
  checkIsVersion(files, chosen);
  return { files, integrity: computeTreeIntegrity(files), archiveIntegrity: computeIntegrity(bytes) };
}
