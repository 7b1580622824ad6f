import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packToml } from '../../testing/pack-fixture.ts';
import { scanPacks } from './scan-packs.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'packsmith-scan-'));
  mkdirSync(join(root, 'good', 'templates'), { recursive: true });
  writeFileSync(join(root, 'good', 'pack.toml'), packToml({ id: 'good' }));
  mkdirSync(join(root, 'evil'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const HOSTILE: readonly { readonly name: string; readonly make: (pack: string) => void }[] = [
  { name: 'a manifest that is a link to a device without end', make: (pack) => symlinkSync('/dev/zero', join(pack, 'pack.toml')) },
  { name: 'a manifest that is a pipe', make: (pack) => void execFileSync('mkfifo', [join(pack, 'pack.toml')]) },
  { name: 'a manifest beyond the limit', make: (pack) => writeFileSync(join(pack, 'pack.toml'), '#'.repeat((1 << 20) + 1)) },
  {
    name: 'templates that are a link to everything',
    make: (pack) => {
      writeFileSync(join(pack, 'pack.toml'), packToml({ id: 'evil' }));
      symlinkSync('/', join(pack, 'templates'));
    },
  },
];

describe.skipIf(process.platform === 'win32')('scanPacks', () => {
  it.each(HOSTILE)('takes $name for a broken pack, and hides nothing else for it', ({ make }) => {
    make(join(root, 'evil'));
    const { entries } = scanPacks([{ directory: root, kind: 'project' }]);
    expect(entries.map(({ id, isBroken }) => [id, isBroken])).toEqual([
      ['evil', true],
      ['good', false],
    ]);
  });
});
