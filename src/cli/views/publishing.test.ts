import { describe, expect, it } from 'vitest';
import type { PublishPlan } from '../../ops/author/publish-pack.ts';
import { PLAIN_STYLE } from '../style.ts';
import { viewExportedFile, viewImport } from './bundles.ts';
import { viewCreatedPack, viewMarkedVersion, viewPublication } from './publishing.ts';
import { viewKeys, viewTrust, viewTrustChange } from './trust.ts';

const terminal = { columns: 80, style: PLAIN_STYLE };
const ESCAPE = '\u001b[31m';
const INTEGRITY = `sha512-${'A'.repeat(86)}==`;

const PLAN = {
  id: 'core',
  version: '1.0.0',
  registry: { kind: 'folder', name: 'shared', location: `/srv/${ESCAPE}packs` },
  tag: 'latest',
  files: [{ path: 'pack.toml', bytes: 2048 }],
  unpackedBytes: 2048,
  archiveBytes: 512,
  integrity: INTEGRITY,
  signature: { key: 'ada', keyId: 'SHA256:abc' },
  gates: [
    { name: 'valid', passed: true, findings: [] },
    { name: 'secrets', passed: false, findings: [] },
  ],
  passes: false,
} as unknown as PublishPlan;

describe('what is shown of publishing', () => {
  it('a preview: files, gates, archive, signature', () => {
    expect(viewPublication(PLAN, { isDryRun: true, terminal })).toBe(`FILE       SIZE
pack.toml  2.0 kB

ok    the manifest and the templates are valid
FAIL  no secrets
-     its test cases were not run

not published: core 1.0.0 as latest to /srv/packs
  1 file, 2.0 kB; the archive has 512 B
  ${INTEGRITY}
  signed with the key ada (SHA256:abc)
`);
  });

  it.each([
    [1, [], 'its test case passes'],
    [3, ['tests/u.toml'], 'its 3 test cases pass; tests/u.toml left out, as no earlier version is published'],
    [0, [], 'it has no test case to run'],
  ])('the test cases: %s passed, %j left out', (passed, leftOut, expected) => {
    const gates = [{ name: 'tests', passed: true, findings: [] } as const];
    const shown = viewPublication({ ...PLAN, gates, tests: { passed, failed: 0, leftOut } }, { isDryRun: true, terminal });
    expect(shown).toContain(`\nok    ${expected}\n\n`);
  });

  it('a publication in short', () => {
    const plan = { ...PLAN, passes: true, signature: undefined };
    expect(viewPublication(plan, { isDryRun: false, terminal })).toMatch(
      /^published: core 1\.0\.0 as latest to .*\n.*\n.*\n {2}not signed\n$/,
    );
  });

  it('a preview for no registry, and a manifest that cannot be read', () => {
    const nowhere = { ...PLAN, registry: undefined, passes: true };
    expect(viewPublication(nowhere, { isDryRun: true, terminal })).toContain(
      'would publish: core 1.0.0 as latest to a registry that is not named',
    );
    expect(viewPublication({ ...nowhere, id: undefined }, { isDryRun: false, terminal })).toBe('');
  });

  it('a new pack, and a version that was marked', () => {
    const created = { id: 'core', directory: `/tmp/${ESCAPE}core`, files: ['pack.toml'] } as never;
    expect(viewCreatedPack(created, terminal)).toBe('created: core in /tmp/core\n  pack.toml\n');
    const marked = { id: 'core', version: '1.0.0', status: 'yanked', notice: `broken${ESCAPE}`, location: '/srv' } as never;
    expect(viewMarkedVersion(marked, terminal)).toBe('yanked: core 1.0.0 at /srv: broken\n');
  });
});

describe('what is shown of bundles', () => {
  const plan = {
    format: 1,
    operation: 'install',
    packs: [],
    removes: [],
    levels: [],
    requests: [],
    warnings: [],
    bytes: 0,
    basis: '',
  } as never;

  it('a file that was written', () => {
    const text = viewExportedFile(
      { file: '/tmp/a', bytes: 10, integrity: INTEGRITY, packs: [{ id: 'core', version: '1.0.0', integrity: INTEGRITY }] as never },
      terminal,
    );
    expect(text).toBe(`PACK  VERSION\ncore  1.0.0\n\nexported: 1 pack in /tmp/a (10 B)\n  ${INTEGRITY}\n`);
  });

  it.each([
    [true, 0, 'whole: 0 packs'],
    [false, 0, 'everything in the file is installed already'],
    [false, 2, 'imported: 2 packs'],
  ])('a file that was read: only checked %s, %i stored', (isCheckOnly, stored, expected) => {
    expect(viewImport({ plan, integrity: INTEGRITY, isCheckOnly, stored }, terminal)).toContain(expected);
  });
});

describe('what is shown of keys and trust', () => {
  const publisher = { name: 'ada', key: 'ssh-ed25519 AAAA', keyId: 'SHA256:abc', packs: ['@acme'] };

  it('keys with their public parts', () => {
    const key = { name: 'ada', keyId: 'SHA256:abc', kind: 'ssh', file: '/home/ada/.ssh/id', publicKey: 'ssh-ed25519 AAAA ada' } as const;
    expect(viewKeys([key], terminal)).toBe('ada  SHA256:abc\n  SSH key /home/ada/.ssh/id\n  ssh-ed25519 AAAA ada\n');
    expect(viewKeys([], terminal)).toBe('there are no keys\n');
  });

  it('everything that is trusted, or nothing', () => {
    const trust = {
      policy: 'warn',
      publishers: [publisher],
      packs: [{ id: 'core', integrity: INTEGRITY }],
      own: [{ id: 'web', directory: '/home/ada/web' }],
    } as never;
    expect(viewTrust(trust, terminal)).toMatch(
      /^signatures\.policy = "warn"\n\nPUBLISHER +KEY +MUST SIGN\nada +SHA256:abc +@acme\n\nPACK +CONTENT\ncore +sha512-[^\n]*\n\nOWN PACK +DIRECTORY\nweb +\/home\/ada\/web\n$/,
    );
    expect(viewTrust({ policy: 'off', publishers: [], own: [], packs: [] }, terminal)).toBe(
      'signatures.policy = "off"\nnothing is trusted\n',
    );
  });

  it('a change', () => {
    const change = { edits: [], publishers: [publisher], own: [], packs: [] };
    expect(viewTrustChange('add', change, terminal)).toMatch(/^trusted:\nPUBLISHER/);
    expect(viewTrustChange('remove', change, terminal)).toMatch(/^no longer trusted:\nPUBLISHER/);
  });
});
