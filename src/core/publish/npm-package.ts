import type { PackManifest } from '../pack/pack-manifest.ts';
import { formatPackFacts } from '../registry/pack-facts.ts';
import { encodeBase64 } from '../text/base64.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import { DEFAULT_MODE, type FileTree } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';

/** What tells an npm-protocol registry about a pack: made for publishing, and part of the archive. */
export const PACKAGE_FILE = 'package.json' as ProjectPath;

/** A `package.json` as plain data. */
export type PackageJson = Readonly<Record<string, unknown>>;

/**
 * The `package.json` of a pack: what its manifest says in npm's words, and in the field `packsmith` what resolving needs.
 * The same manifest gives the same bytes.
 */
export function toPackageJson(manifest: PackManifest): PackageJson {
  const { id, version, description, license, authors, repository, homepage, keywords } = manifest;
  const [author, ...contributors] = authors;
  const optional = { license, author, contributors: contributors.length === 0 ? undefined : contributors, repository, homepage };
  return {
    name: id,
    version,
    description,
    keywords: [...new Set([...keywords, 'packsmith'])],
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    packsmith: formatPackFacts(manifest),
  };
}

/** The files of a pack with its `package.json` among them, which replaces one of the author's own. */
export function withPackageJson(files: FileTree, manifest: PackManifest): FileTree {
  const content = encodeUtf8(`${JSON.stringify(toPackageJson(manifest), undefined, 2)}\n`);
  return new Map(files).set(PACKAGE_FILE, { content, mode: DEFAULT_MODE });
}

/** An archive that is published, with the hashes that the protocol states. */
export interface PublishedArchive {
  readonly bytes: Uint8Array;
  /** `sha512-…` */
  readonly integrity: string;
  /** SHA-1 in hexadecimal, which the protocol still demands beside the integrity. */
  readonly shasum: string;
}

export interface PublicationRequest {
  readonly manifest: PackManifest;
  readonly archive: PublishedArchive;
  /** The address of the registry, with a final slash. */
  readonly registry: string;
  readonly tag: string;
  readonly access: 'public' | 'restricted' | undefined;
  readonly readme: string;
}

/** The document that publishes one version by the npm protocol: sent by PUT to the name of the package. */
export function toPublication({ manifest, archive, registry, tag, access, readme }: PublicationRequest): PackageJson {
  const { id, version, description } = manifest;
  const file = `${id}-${version}.tgz`;
  const tarball = `${registry}${id}/-/${id.slice(id.indexOf('/') + 1)}-${version}.tgz`;
  const dist = { integrity: archive.integrity, shasum: archive.shasum, tarball };
  const attachment = { content_type: 'application/octet-stream', data: encodeBase64(archive.bytes), length: archive.bytes.byteLength };
  return {
    _id: id,
    name: id,
    description,
    'dist-tags': { [tag]: version },
    versions: { [version]: { ...toPackageJson(manifest), _id: `${id}@${version}`, readme, dist } },
    ...(access === undefined ? {} : { access }),
    readme,
    _attachments: { [file]: attachment },
  };
}

/** What is said to those who use a version that its publisher warns of. */
export interface VersionNotice {
  readonly status: 'deprecated' | 'yanked';
  readonly message: string | undefined;
  /** What to use instead: a pack, or a version of the same one. */
  readonly replacement: string | undefined;
}

/** One sentence from a notice: the message, then what to use instead. */
export function formatNotice({ status, message, replacement }: VersionNotice): string {
  const own = message ?? (status === 'yanked' ? 'withdrawn by its publisher' : 'no longer maintained');
  return replacement === undefined ? own : `${own}; use ${replacement} instead`;
}

/** The text in the `deprecated` field of a version; the protocol has no other way to say that one is yanked than by its beginning. */
export function toDeprecatedField(notice: VersionNotice): string {
  return notice.status === 'yanked' ? `yanked: ${formatNotice(notice)}` : formatNotice(notice);
}
