import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import { formatPackReference, parsePackReference } from '../../core/pack/pack-reference.ts';
import { isVersion } from '../../core/pack/versions.ts';
import { formatNotice } from '../../core/publish/npm-package.ts';
import type { PackPublishers } from '../../ports/pack-publisher.ts';

export interface MarkVersionRequest {
  /** `ID@VERSION`, one exact version. */
  readonly reference: string;
  readonly status: 'deprecated' | 'yanked';
  readonly message?: string;
  /** What to use instead: an id, with a range or without. */
  readonly replacement?: string;
  readonly registry?: string;
  readonly otp?: string;
  readonly signal?: AbortSignal;
}

export interface MarkedVersion {
  readonly id: PackName;
  readonly version: string;
  readonly status: 'deprecated' | 'yanked';
  /** What its users are told. */
  readonly notice: string;
  /** Where, without credentials. */
  readonly location: string;
}

const MAX_MESSAGE_LENGTH = 500;

/**
 * Says of a published version that it is deprecated (used with a warning) or yanked (used only where a lockfile has it). Its bytes stay.
 * @throws PacksmithError `REFERENCE_INVALID`, `INVALID_ARGUMENTS`, `VERSION_NOT_PUBLISHED`, `REGISTRY_UNKNOWN`, `REGISTRY_READ_ONLY`, and those of the registry.
 */
export async function markVersion(
  request: MarkVersionRequest,
  { publishers }: { readonly publishers: PackPublishers },
): Promise<MarkedVersion> {
  const { status, message, registry, otp, signal } = request;
  const { id, version } = parseExact(request.reference);
  const replacement = request.replacement === undefined ? undefined : parseReplacement(request.replacement);
  if (message !== undefined) checkMessage(message);
  const publisher = publishers.open({ registry, id });
  const notice = { status, message, replacement };
  await publisher.mark({ id, version, notice }, { otp, signal });
  return { id, version, status, notice: formatNotice(notice), location: publisher.location };
}

function parseExact(text: string): { id: PackName; version: string } {
  const reference = parsePackReference(text);
  if (reference.kind === 'id' && reference.range !== undefined && isVersion(reference.range)) {
    return { id: reference.name, version: reference.range };
  }
  throw new PacksmithError('REFERENCE_INVALID', `${formatPackReference(reference)} is not one version of a pack`, {
    hint: 'write for example my-pack@1.2.0',
  });
}

function parseReplacement(text: string): string {
  const reference = parsePackReference(text);
  if (reference.kind === 'id') return formatPackReference(reference);
  throw new PacksmithError('REFERENCE_INVALID', `${formatPackReference(reference)} is not the id of a pack`, {
    hint: 'write for example other-pack@^2',
  });
}

function checkMessage(message: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  const isPlain = message.trim() !== '' && message.length <= MAX_MESSAGE_LENGTH && !/[\u0000-\u001f\u007f-\u009f]/.test(message);
  if (!isPlain) throw new PacksmithError('INVALID_ARGUMENTS', `a message is one line of at most ${MAX_MESSAGE_LENGTH} characters`);
}
