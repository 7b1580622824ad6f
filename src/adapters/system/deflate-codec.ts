import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Codec } from '../../ports/codec.ts';

/** Deflate without a header (RFC 1951), which has no time and no host in it. */
export const deflateCodec: Codec = {
  compress: (content) => deflateRawSync(content, { level: 3 }),
  decompress: (content, maximumBytes) => {
    try {
      return inflateRawSync(content, { maxOutputLength: maximumBytes });
    } catch (cause) {
      throw new PacksmithError('BASELINE_INVALID', 'the stored baseline cannot be unpacked', {
        cause,
        hint: 'restore .packsmith from version control',
      });
    }
  },
};
