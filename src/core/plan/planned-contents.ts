import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { decodeBase64, encodeBase64 } from '../text/base64.ts';
import { compareText } from '../text/compare-text.ts';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import type { Digest } from '../tree/digest.ts';
import type { GenerationPlan, PlannedContent } from './generation-plan.ts';

/** Contents as plain data, by digest in code-unit order. */
export function toPlannedContents(parts: readonly ReadonlyMap<Digest, Uint8Array>[]): GenerationPlan['contents'] {
  const entries = parts.flatMap((part) => [...part]).sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(entries.map(([digest, bytes]) => [digest, encodeContent(bytes)]));
}

/** The bytes of a content of a plan. @throws PacksmithError `PLAN_INVALID` when the plan has none of that digest. */
export function readPlannedContent(plan: Pick<GenerationPlan, 'contents'>, digest: Digest): Uint8Array {
  const content = plan.contents[digest];
  if (content === undefined) throw new PacksmithError('PLAN_INVALID', `the plan has no content ${digest}`);
  return 'text' in content ? encodeUtf8(content.text) : decodeBase64(content.base64);
}

function encodeContent(bytes: Uint8Array): PlannedContent {
  const text = decodeUtf8(bytes);
  return text === undefined ? { base64: encodeBase64(bytes) } : { text };
}
