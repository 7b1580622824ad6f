import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { compareText } from '../text/compare-text.ts';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import { type Digest, isDigest } from '../tree/digest.ts';
import { BASELINE_PATH } from './lockfile.ts';

/** The bytes of the last generation by their digest; the base of every three-way merge. */
export type Baseline = ReadonlyMap<Digest, Uint8Array>;

const MAGIC = 'packsmith baseline 1\n';

/**
 * One block of bytes for a baseline: the magic line, a line `digest size` for each content in code-unit order, an empty line, then the contents end to end.
 */
export function formatBaseline(baseline: Baseline): Uint8Array {
  const entries = [...baseline].sort(([a], [b]) => compareText(a, b));
  const header = encodeUtf8(`${MAGIC}${entries.map(([digest, content]) => `${digest} ${content.length}\n`).join('')}\n`);
  const block = new Uint8Array(entries.reduce((size, [, content]) => size + content.length, header.length));
  block.set(header);
  let at = header.length;
  for (const [, content] of entries) {
    block.set(content, at);
    at += content.length;
  }
  return block;
}

/**
 * The contents of a block that `formatBaseline` made. Digests are not verified here: readers verify the content they use.
 * @throws PacksmithError `BASELINE_INVALID` when the block has any other form.
 */
export function parseBaseline(block: Uint8Array): Baseline {
  const headerEnd = findHeaderEnd(block);
  const header = headerEnd === undefined ? undefined : decodeUtf8(block.subarray(0, headerEnd));
  if (headerEnd === undefined || header === undefined || !header.startsWith(MAGIC)) throw invalid('its header is missing');
  const contents = new Map<Digest, Uint8Array>();
  let at = headerEnd;
  for (const line of header.slice(MAGIC.length).split('\n')) {
    if (line === '') continue;
    const [digest = '', size = ''] = line.split(' ');
    if (!isDigest(digest) || !/^\d{1,12}$/.test(size)) throw invalid('its list of contents is damaged');
    contents.set(digest, block.subarray(at, at + Number(size)));
    at += Number(size);
  }
  if (at !== block.length) throw invalid('its length is not what its list says');
  return contents;
}

function findHeaderEnd(block: Uint8Array): number | undefined {
  for (let at = block.indexOf(10); at >= 0; at = block.indexOf(10, at + 1)) {
    if (block[at + 1] === 10) return at + 2;
  }
  return undefined;
}

function invalid(what: string): PacksmithError {
  return new PacksmithError('BASELINE_INVALID', `${BASELINE_PATH} cannot be used: ${what}`, {
    where: { file: BASELINE_PATH },
    hint: 'restore it from version control',
  });
}
