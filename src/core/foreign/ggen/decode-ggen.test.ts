import { describe, expect, it } from 'vitest';
import type { PackName } from '../../pack/pack-name.ts';
import { encodeUtf8 } from '../../text/utf8.ts';
import type { ProjectPath } from '../../tree/project-path.ts';
import { decodeGgen } from './decode-ggen.ts';

describe('the version of a pack of ggen', () => {
  it.each([
    ['is what its manifest says, in a folder', '0.0.0', '0.3.0', '0.3.0'],
    ['is that of the tag', '1.2.0', '0.3.0', '1.2.0'],
    ['is that of the commit', '0.0.0-20260305070809.g1a2b3c4d5e6f', '0.3.0', '0.0.0-20260305070809.g1a2b3c4d5e6f'],
    ['is none where the manifest has no version', '0.0.0', 'soon', '0.0.0'],
  ])('%s', (_what, version, stated, expected) => {
    const content = encodeUtf8(`[gpack]\nname = "gg"\nversion = "${stated}"\n`);
    const files = new Map([['gpack.toml' as ProjectPath, { content, mode: 0o644 }]]);
    const source = { files, id: 'gg' as PackName, version, reference: './gg', integrity: 'sha512-gg' };
    expect(decodeGgen(source).manifest.version).toBe(expected);
  });
});
