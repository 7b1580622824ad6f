import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PackName } from '../pack/pack-name.ts';
import { compareVersions } from '../pack/versions.ts';
import type { Digest } from '../tree/digest.ts';
import { extractChangelog } from './changelog.ts';
import { findDependents, findOrphans, planRemoval } from './dependents.ts';
import { isEmptyPlan, lockAfter, makeInstallPlan, type WantedPack } from './install-plan.ts';
import { formatInstalledLock, type InstalledPack, parseInstalledLock } from './installed-lock.ts';
import { routeRegistries } from './route-registries.ts';
import { selectUpgrade, upgradeRange } from './select-upgrade.ts';

const INTEGRITY = `sha512-${'A'.repeat(86)}==`;

/** `web? 1.0.0 > core, logs`: `?` marks a pack that nobody asked for. */
function pack(text: string): InstalledPack {
  const [head = '', needs = ''] = text.split(' > ');
  const [name = '', version = '1.0.0'] = head.split(' ');
  const dependencies = Object.fromEntries(
    needs
      .split(', ')
      .filter(Boolean)
      .map((id) => [id, '*']),
  );
  const id = name.replace('?', '') as PackName;
  const requested = name.endsWith('?') ? undefined : id;
  return {
    id,
    version,
    source: `${id}@${version}`,
    registry: 'main',
    integrity: INTEGRITY,
    archiveIntegrity: undefined,
    bytes: 1,
    dependencies,
    optional: {},
    requested,
  };
}

const SHOP = ['shop > api, web', 'api? > core', 'web? > core', 'core?', 'tool'].map(pack);
const ids = (packs: readonly { readonly id: string }[]) => packs.map(({ id }) => id);

describe('the lock of what is installed', () => {
  it('is one pack a line, sorted, and reads back', () => {
    const lock = { format: 1, packs: SHOP } as const;
    const text = formatInstalledLock(lock);
    expect(
      text
        .split('\n')
        .slice(3, 8)
        .map((line) => JSON.parse(line.trim().replace(/,$/, '')).id),
    ).toEqual(['api', 'core', 'shop', 'tool', 'web']);
    expect(formatInstalledLock(parseInstalledLock(text))).toBe(text);
    expect(parseInstalledLock(text).packs).toEqual([...SHOP].sort((a, b) => (a.id < b.id ? -1 : 1)));
  });
  it('is the same for the same packs in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(SHOP, { minLength: SHOP.length }), (packs) => {
        expect(formatInstalledLock({ format: 1, packs })).toBe(formatInstalledLock({ format: 1, packs: SHOP }));
      }),
    );
  });
  const good = JSON.parse(formatInstalledLock({ format: 1, packs: [pack('web')] })).packs[0];
  it.each<readonly [string, string]>([
    ['no JSON', '{'],
    ['another format', '{"format":2,"packs":[]}'],
    ['no packs', '{"format":1}'],
    ['null', 'null'],
    ...Object.entries({
      'no table': 1,
      'a bad id': { ...good, id: '../x' },
      'a bad version': { ...good, version: 'one' },
      'no source': { ...good, source: '' },
      'a bad integrity': { ...good, integrity: 'sha512-x' },
      'a path as integrity': { ...good, integrity: '../../etc' },
      'a bad archive integrity': { ...good, archive: 'md5-x' },
      'a negative size': { ...good, bytes: -1 },
      'a bad dependency': { ...good, dependencies: { core: 'latest!' } },
      'a list of dependencies': { ...good, dependencies: [] },
      'a bad request': { ...good, requested: 1 },
    }).map(([name, entry]) => [name, JSON.stringify({ format: 1, packs: [entry] })] as const),
    ['one twice', JSON.stringify({ format: 1, packs: [good, good] })],
  ])('is refused with %s', (_name, text) => {
    expect(() => parseInstalledLock(text)).toThrow(expect.objectContaining({ code: 'INSTALLED_LOCK_INVALID' }));
  });
  it('never throws anything else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        try {
          parseInstalledLock(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'INSTALLED_LOCK_INVALID' });
        }
      }),
    );
  });
});

describe('who needs whom', () => {
  it('knows direct dependents and orphans', () => {
    expect(ids(findDependents(SHOP, 'core'))).toEqual(['api', 'web']);
    expect(ids(findOrphans(SHOP))).toEqual([]);
    expect(ids(findOrphans(SHOP.filter(({ id }) => id !== 'shop')))).toEqual(['api', 'core', 'web']);
  });
  it.each([
    { asked: ['tool'], cascade: false, withUnneeded: false, removes: ['tool'], blocked: [], orphans: [] },
    { asked: ['core'], cascade: false, withUnneeded: false, removes: ['core'], blocked: ['core'], orphans: [] },
    { asked: ['core'], cascade: true, withUnneeded: false, removes: ['api', 'core', 'shop', 'web'], blocked: [], orphans: [] },
    { asked: ['shop'], cascade: false, withUnneeded: false, removes: ['shop'], blocked: [], orphans: ['api', 'core', 'web'] },
    { asked: ['shop'], cascade: false, withUnneeded: true, removes: ['api', 'core', 'shop', 'web'], blocked: [], orphans: [] },
    { asked: ['api', 'web', 'shop'], cascade: false, withUnneeded: false, removes: ['api', 'shop', 'web'], blocked: [], orphans: ['core'] },
    { asked: ['absent'], cascade: true, withUnneeded: true, removes: [], blocked: [], orphans: [] },
  ])('removes $asked, cascade $cascade, unneeded $withUnneeded', ({ asked, cascade, withUnneeded, ...expected }) => {
    const { removes, blocked, orphans } = planRemoval({ packs: SHOP, ids: asked, cascade, withUnneeded });
    expect({ removes: ids(removes), blocked: [...blocked.keys()], orphans }).toEqual(expected);
  });
});

describe('the plan', () => {
  const wanted = (text: string): WantedPack => {
    const { archiveIntegrity: _a, registry: _r, requested, integrity: _i, ...rest } = pack(text);
    return { ...rest, provenance: { kind: 'npm', location: '' }, because: 'x', ...(requested && { requested }) };
  };
  const plan = (lock: readonly InstalledPack[], packs: readonly WantedPack[], again: readonly string[] = []) =>
    makeInstallPlan({
      operation: 'install',
      basis: '0' as Digest,
      requests: [],
      lock: { format: 1, packs: lock },
      wanted: packs,
      levels: [packs.map(({ id }) => id)],
      again: new Set(again),
      warnings: [],
    });
  it.each([
    { name: 'adds', lock: [], want: ['web'], actions: ['add'], removes: [] },
    { name: 'keeps', lock: ['web'], want: ['web'], actions: ['keep'], removes: [] },
    { name: 'replaces', lock: ['web 1.0.0'], want: ['web 1.1.0'], actions: ['replace'], removes: [] },
    { name: 'installs again', lock: ['web'], want: ['web'], again: ['web'], actions: ['reinstall'], removes: [] },
    {
      name: 'removes what a new version no longer needs',
      lock: ['web > old', 'old?'],
      want: ['web 2.0.0'],
      actions: ['replace'],
      removes: ['old'],
    },
    { name: 'leaves orphans that were there before', lock: ['stray?'], want: ['web'], actions: ['add'], removes: [] },
  ])('$name', ({ lock, want, actions, removes, again }) => {
    const made = plan(lock.map(pack), want.map(wanted), again);
    expect({ actions: made.packs.map(({ action }) => action), removes: ids(made.removes) }).toEqual({ actions, removes });
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  });
  it('is empty only when not even who asked changes', () => {
    const lock = { format: 1, packs: [pack('core?')] } as const;
    expect(isEmptyPlan(plan(lock.packs, [wanted('core?')]), lock)).toBe(true);
    expect(isEmptyPlan(plan(lock.packs, [wanted('core')]), lock)).toBe(false);
  });
  it('leads to the lock it says', () => {
    const lock = { format: 1, packs: ['web > old', 'old?', 'tool'].map(pack) } as const;
    const made = plan(lock.packs, [wanted('web 2.0.0')]);
    const facts = { integrity: INTEGRITY, archiveIntegrity: undefined, bytes: 7, dependencies: {}, optional: {} };
    const after = lockAfter(lock, made, new Map([['web', facts]]));
    expect(after.packs.map(({ id, version }) => `${id} ${version}`).sort()).toEqual(['tool 1.0.0', 'web 2.0.0']);
  });
});

describe('upgrades', () => {
  const versions = ['0.9.0', '1.0.0', '1.0.1', '1.1.0', '1.2.0!', '2.0.0', '2.1.0-beta.1'].map((text) => {
    return { version: text.replace('!', ''), status: text.endsWith('!') ? 'yanked' : 'available' } as const;
  });
  it.each([
    { installed: '1.0.0', reach: 'range', range: '^1', wanted: '1.1.0', latest: '2.0.0' },
    { installed: '1.0.0', reach: 'range', range: undefined, wanted: '2.0.0', latest: '2.0.0' },
    { installed: '1.0.0', reach: 'latest', range: '^1', wanted: '2.0.0', latest: '2.0.0' },
    { installed: '1.0.0', reach: 'minor', range: undefined, wanted: '1.1.0', latest: '2.0.0' },
    { installed: '1.0.0', reach: 'patch', range: undefined, wanted: '1.0.1', latest: '2.0.0' },
    { installed: '1.0.0', reach: 'patch', range: '^2', wanted: undefined, latest: '2.0.0' },
    { installed: '2.0.0', reach: 'range', range: '^1 || ^2', wanted: undefined, latest: undefined },
    { installed: '1.2.0', reach: 'range', range: '^1', wanted: undefined, latest: '2.0.0' },
    { installed: '2.1.0-alpha', reach: 'range', range: undefined, wanted: '2.1.0-beta.1', latest: '2.1.0-beta.1' },
  ] as const)('of $installed by $reach in $range', ({ installed, reach, range, wanted, latest }) => {
    expect(selectUpgrade({ installed, versions, reach, range })).toEqual({ wanted, latest });
  });
  it('never go back', () => {
    const version = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)).map((parts) => parts.join('.'));
    const reach = fc.constantFrom('range', 'latest', 'minor', 'patch' as const);
    fc.assert(
      fc.property(version, fc.array(version), reach, (installed, known, how) => {
        const candidates = known.map((text) => ({ version: text, status: 'available' as const }));
        const { wanted } = selectUpgrade({ installed, versions: candidates, reach: how as 'range', range: undefined });
        if (wanted !== undefined) expect(compareVersions(wanted, installed)).toBeGreaterThan(0);
      }),
    );
  });
  it('stay in every alternative of a range', () => {
    expect(upgradeRange('1.2.3', 'minor', '^1 || ^3')).toBe('>=1.2.3 <2.0.0-0 ^1 || >=1.2.3 <2.0.0-0 ^3');
  });
});

describe('changelogs', () => {
  const text =
    '# Changelog\n\n## Unreleased\n\nsoon\n\n## [2.0.0] - 2026-02-01\n\n### Changed\n\n- **BREAKING** port\n\n## v1.1.0\n\n```\n## 9.9.9\n```\n- more\n\n## 1.0.1-rc.1 (x)\n- rc\n\n## 1.0.0\n- first\n';
  it.each([
    { after: '1.0.0', upTo: '2.0.0', found: ['2.0.0!', '1.1.0', '1.0.1-rc.1'] },
    { after: '1.0.0', upTo: '1.1.0', found: ['1.1.0', '1.0.1-rc.1'] },
    { after: '2.0.0', upTo: '3.0.0', found: [] },
  ])('between $after and $upTo', ({ found, ...span }) => {
    expect(extractChangelog(text, span).map(({ version, isBreaking }) => `${version}${isBreaking ? '!' : ''}`)).toEqual(found);
  });
  it('keep the text of a section whole', () => {
    expect(extractChangelog(text, { after: '1.0.1', upTo: '1.1.0' })[0]?.text).toBe('```\n## 9.9.9\n```\n- more');
    expect(extractChangelog('nothing here', { after: '0.0.1', upTo: '9.0.0' })).toEqual([]);
  });
});

describe('registries', () => {
  const all = [
    { name: 'open', scopes: [] },
    { name: 'acme', scopes: ['@acme'] },
    { name: 'mirror', scopes: ['@acme', '@x'] },
    { name: 'second', scopes: [] },
  ];
  it.each([
    ['web', ['open', 'second']],
    ['@acme/web', ['acme', 'mirror']],
    ['@x/web', ['mirror']],
    ['@other/web', ['open', 'second']],
    ['@acmeevil/web', ['open', 'second']],
  ])('for %s are %j', (id, names) => {
    expect(routeRegistries(id, all).map(({ name }) => name)).toEqual(names);
  });
});
