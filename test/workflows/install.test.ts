import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InstalledLock } from '../../src/core/install/installed-lock.ts';
import { makeWorkshops } from '../support/run-program.ts';

const makeWorkshop = makeWorkshops();

/** Every pack behind the dependencies of the one that is installed. */
const LEVELS = [
  ['base-typescript', 'devops-basics', 'frontend-modern'],
  ['observability', 'web-api-starter'],
  ['enterprise-backend'],
  ['enterprise-stack'],
];

describe('workflow 4: a stack of packs that need one another', () => {
  it('is shown as a tree, planned, installed as one transaction, and locked', async () => {
    const { succeed, json, home } = makeWorkshop();
    const tree = await succeed(['tree', 'enterprise-stack']);
    expect(tree.stdout).toMatch(/^enterprise-stack [\d.]+ \([\d.]+ kB\)\n├─ devops-basics /);
    expect(tree.stdout).toMatch(/│ {2}│ {2}└─ base-typescript [\d.]+ \([\d.]+ kB\)\n/);
    expect(tree.stdout).toMatch(/\n7 packs · depth 4 · 4 levels · [\d.]+ kB\n$/);
    for (const [format, sign] of [
      ['json', '"enterprise-backend"'],
      ['dot', 'digraph'],
      ['mermaid', 'flowchart'],
    ] as const)
      expect((await succeed(['tree', 'enterprise-stack', '--format', format])).stdout).toContain(sign);

    const planned = await json(['install', 'enterprise-stack', '--dry-run']);
    expect(planned.data.plan.levels).toEqual(LEVELS);
    expect((await json(['list', '--installed'])).data.packs).toEqual([]);

    const installed = await succeed(['install', 'enterprise-stack']);
    expect(installed.stderr.match(/\(\d of 7\)/g)).toEqual([1, 2, 3, 4, 5, 6, 7].map((done) => `(${done} of 7)`));
    expect(installed.stdout).toMatch(/installed 7 packs \([\d.]+ kB\)/);
    const lock = JSON.parse(readFileSync(join(home, 'packsmith', 'installed', 'installed.lock'), 'utf8')) as InstalledLock;
    expect(lock.packs.map(({ id }) => id)).toEqual(LEVELS.flat().sort());
    expect(lock.packs.filter(({ requested }) => requested !== undefined).map(({ id }) => id)).toEqual(['enterprise-stack']);
    for (const { integrity } of lock.packs) {
      expect(integrity).toMatch(/^sha512-/);
      const hex = Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
      const stored = join(home, 'packsmith', 'store', hex.slice(0, 2), hex, 'pack.toml');
      expect(statSync(stored).mode & 0o222).toBe(0);
    }

    expect((await json(['install', 'enterprise-stack', '--frozen'])).data.transaction).toBeNull();
    await succeed(['verify']);
    const refused = await json(['uninstall', 'observability']);
    expect(refused.exitCode).not.toBe(0);
    expect(refused.error?.message).toContain('enterprise-backend');
    const inverted = await succeed(['tree', 'base-typescript', '--invert']);
    expect(inverted.stdout).toContain('enterprise-stack');
    await succeed(['uninstall', 'enterprise-stack', '--purge']);
    expect((await json(['list', '--installed'])).data.packs).toEqual([]);
  });
});
