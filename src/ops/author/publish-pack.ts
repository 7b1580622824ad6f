import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import { addFindings, checkContentGates, checkRegistryGates, type Gate } from '../../core/publish/check-gates.ts';
import { withPackageJson } from '../../core/publish/npm-package.ts';
import { chooseTag, findPredecessor } from '../../core/publish/version-policy.ts';
import { checkTemplates } from '../../core/quality/check-templates.ts';
import { formatEnvelope, makePayload, SIGNATURE_FILE, toSignedBytes, withoutSignature } from '../../core/signing/envelope.ts';
import { encodeUtf8 } from '../../core/text/utf8.ts';
import { utf8At } from '../../core/tree/file-text.ts';
import { DEFAULT_MODE, type FileTree, sortedPaths } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { PackFiles, PackPublisher, PackPublishers, Publication } from '../../ports/pack-publisher.ts';
import type { AvailableVersion } from '../../ports/pack-source.ts';
import type { Signer } from '../../ports/signer.ts';
import { checkPackData, type PackDataPorts } from '../data/check-pack-data.ts';
import { readPackTree, treeBytes, withLanguage } from '../packs/read-pack-tree.ts';

export interface PublishRequest {
  /** Absolute. */
  readonly directory: string;
  /** A configured name, an address, or a directory; the configured one for the id unless given. */
  readonly registry?: string;
  readonly tag?: string;
  readonly access?: 'public' | 'restricted';
  /** The name of the user's key to sign with. */
  readonly sign?: string;
  /** A one-time password, for registries that ask for one. */
  readonly otp?: string;
  /** Nothing will be published: a registry need not be known. */
  readonly isPreview?: boolean;
  readonly signal?: AbortSignal;
}

/** What came of the test cases of a pack that is to be published. */
interface PublicationTest {
  readonly passed: number;
  readonly failed: number;
  /** Files of cases that update from the version before this one, where none is published yet. */
  readonly leftOut: readonly string[];
}

/** What publishing would do, as plain data. */
export interface PublishPlan {
  /** Absent when the manifest has errors. */
  readonly id: PackName | undefined;
  readonly version: string | undefined;
  readonly registry: { readonly kind: 'npm' | 'folder'; readonly name: string; readonly location: string } | undefined;
  readonly tag: string | undefined;
  readonly files: readonly { readonly path: ProjectPath; readonly bytes: number }[];
  readonly unpackedBytes: number;
  readonly archiveBytes: number;
  /** `sha512-…` of the archive. */
  readonly integrity: string | undefined;
  readonly signature: { readonly key: string; readonly keyId: string } | undefined;
  readonly gates: readonly Gate[];
  /** The newest version before this one in the registry. */
  readonly previous: string | undefined;
  /** Absent where the test cases were not run. */
  readonly tests: PublicationTest | undefined;
  readonly passes: boolean;
}

/** A plan, and what it was made from. */
export interface PlannedPublication {
  readonly plan: PublishPlan;
  /** Absent when the manifest has errors. */
  readonly publication: Publication | undefined;
  /** Absent when the manifest has errors, and in a preview for no registry. */
  readonly publisher: PackPublisher | undefined;
}

export interface PublishPorts extends PackDataPorts {
  readonly packFiles: PackFiles;
  readonly publishers: PackPublishers;
  readonly signer: Signer;
}

/**
 * Packs and signs a pack and judges it by every gate; changes nothing. What is wrong with its content is in the plan.
 * @throws PacksmithError `PACK_NOT_FOUND`, `PACK_UNREADABLE`, `PACK_TOO_LARGE`, `REGISTRY_UNKNOWN`, `REGISTRY_READ_ONLY`, `KEY_NOT_FOUND`,
 * `SIGNING_FAILED`, and those of reading the registry.
 */
export async function planPublish(request: PublishRequest, ports: PublishPorts): Promise<PlannedPublication> {
  const own = withoutSignature(ports.packFiles.readDirectory(request.directory));
  const { pack, gates: found } = checkContentGates({ files: own });
  if (pack === undefined) return { plan: describeContent(own, found), publication: undefined, publisher: undefined };
  const gates = addFindings(found, 'valid', [...(await checkLanguage(pack)), ...(await checkPackData(pack, ports))]);
  const { id, version } = pack.manifest;
  const publisher = openPublisher(id, request, ports);
  const facts = publisher === undefined ? undefined : await judgeAgainst(publisher, pack, request);
  const { files, signature } = await sign(withPackageJson(own, pack.manifest), pack, { request, signer: ports.signer });
  const archive = ports.packFiles.buildArchive(files, 'package');
  const tag = request.tag ?? chooseTag(version);
  const registry = publisher && { kind: publisher.kind, name: publisher.name, location: publisher.location };
  return {
    plan: {
      ...describeContent(files, [...gates, ...(facts?.gates ?? [])]),
      previous: facts?.previous,
      id,
      version,
      registry,
      tag,
      archiveBytes: archive.bytes.byteLength,
      integrity: archive.integrity,
      signature,
    },
    publication: { manifest: pack.manifest, archive, tag, access: request.access, readme: readmeOf(own), otp: request.otp },
    publisher,
  };
}

/** What is wrong with templates in the language of another tool, which the gates leave to whoever can read them. */
async function checkLanguage(pack: Pack): Promise<readonly Diagnostic[]> {
  return pack.manifest.language === undefined ? [] : checkTemplates(await withLanguage(pack));
}

/**
 * Publishes what was planned.
 * @throws PacksmithError `PUBLISH_REFUSED` with all findings when a gate is not passed; `VERSION_TAKEN`, and those of the registry.
 */
export async function applyPublish(
  { plan, publication, publisher }: PlannedPublication,
  options: { readonly signal?: AbortSignal } = {},
): Promise<void> {
  if (publication === undefined || publisher === undefined || !plan.passes) throw refusePublish(plan);
  await publisher.publish(publication, options.signal);
}

/** The failure that lists everything that keeps a pack from being published. */
export function refusePublish({ id, version, gates }: PublishPlan): PacksmithError {
  const diagnostics = gates.flatMap(({ findings }) => findings).filter(({ severity }) => severity === 'error');
  const failed = gates.filter(({ passed }) => !passed).map(({ name }) => name);
  const name = id === undefined ? 'the pack' : `${id} ${version}`;
  return new PacksmithError('PUBLISH_REFUSED', `${name} is not published: it does not pass ${failed.join(', ')}`, { diagnostics });
}

function describeContent(files: FileTree, gates: readonly Gate[]): PublishPlan {
  return {
    id: undefined,
    version: undefined,
    registry: undefined,
    tag: undefined,
    files: sortedPaths(files).map((path) => ({ path, bytes: files.get(path)?.content.byteLength ?? 0 })),
    unpackedBytes: treeBytes(files),
    archiveBytes: 0,
    integrity: undefined,
    signature: undefined,
    gates,
    previous: undefined,
    tests: undefined,
    passes: gates.every(({ passed }) => passed),
  };
}

function fetchOptions({ signal }: PublishRequest): { offline: false; signal?: AbortSignal } {
  return { offline: false, ...(signal && { signal }) };
}

/** A preview needs no registry; what depends on one is then not judged. */
function openPublisher(id: PackName, { registry, isPreview }: PublishRequest, { publishers }: PublishPorts): PackPublisher | undefined {
  try {
    return publishers.open({ registry, id });
  } catch (error) {
    const isMissing = error instanceof PacksmithError && error.code === 'REGISTRY_UNKNOWN';
    if (isMissing && registry === undefined && isPreview === true) return undefined;
    throw error;
  }
}

interface RegistryJudgement {
  readonly gates: readonly Gate[];
  readonly previous: string | undefined;
}

async function judgeAgainst(publisher: PackPublisher, pack: Pack, request: PublishRequest): Promise<RegistryJudgement> {
  const { id, version } = pack.manifest;
  const published = (await publisher.source.listVersions({ kind: 'id', name: id }, fetchOptions(request))) ?? [];
  const previous = await readPredecessor(version, { published, publisher, request });
  return { gates: checkRegistryGates(pack, { published, previous, tag: request.tag }), previous: previous?.manifest.version };
}

interface Published {
  readonly published: readonly AvailableVersion[];
  readonly publisher: PackPublisher;
  readonly request: PublishRequest;
}

async function readPredecessor(version: string, { published, publisher, request }: Published): Promise<Pack | undefined> {
  const predecessor = findPredecessor(version, published);
  if (predecessor === undefined) return undefined;
  const { files, integrity } = await publisher.source.fetch(predecessor, fetchOptions(request));
  return readPackTree(files, { provenance: predecessor.provenance, integrity });
}

interface Signing {
  readonly request: PublishRequest;
  readonly signer: Signer;
}

async function sign(
  files: FileTree,
  { manifest }: Pack,
  { request, signer }: Signing,
): Promise<{ files: FileTree; signature: PublishPlan['signature'] }> {
  const name = request.sign;
  if (name === undefined) return { files, signature: undefined };
  const payload = makePayload({ id: manifest.id, version: manifest.version, publisher: name }, files, signer.tools);
  const signature = await signer.sign(name, toSignedBytes(payload));
  const keyId = signer.list().find((key) => key.name === name)?.keyId ?? '';
  const text = formatEnvelope({ payload, signatures: [{ keyId, signature }] });
  const signed = new Map(files).set(SIGNATURE_FILE, { content: encodeUtf8(text), mode: DEFAULT_MODE });
  return { files: signed, signature: { key: name, keyId } };
}

function readmeOf(files: FileTree): string {
  return utf8At(files, 'README.md') ?? '';
}
