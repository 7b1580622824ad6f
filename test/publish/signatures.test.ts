import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { computeIntegrity } from '../../src/adapters/sources/archive/integrity.ts';
import { packArchive } from '../../src/adapters/sources/archive/pack-archive.ts';
import { unpackArchive } from '../../src/adapters/sources/archive/unpack-archive.ts';
import type { FileTree } from '../../src/core/tree/file-tree.ts';
import type { ProjectPath } from '../../src/core/tree/project-path.ts';
import { runWithShipped } from '../support/run-in-process.ts';
import { makeWorkshops, readWholeTree, type Workshop } from '../support/run-program.ts';
import { writeSettings, writeWholePack } from './authors.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

interface Scene {
  readonly workshop: Workshop;
  readonly registry: string;
  readonly keys: string;
  /** Sets the policy and forgets every key. */
  setPolicy(policy: 'off' | 'warn' | 'require'): void;
}

function setScene(): Scene {
  const workshop = makeWorkshop();
  const registry = join(workshop.root, 'registry');
  mkdirSync(join(workshop.home, 'packsmith'), { recursive: true });
  const setPolicy: Scene['setPolicy'] = (policy) =>
    writeSettings(
      workshop,
      `[registries.shared]\ntype = "folder"\nurl = ${JSON.stringify(registry)}\n\n[signatures]\npolicy = "${policy}"\n`,
    );
  setPolicy('require');
  return { workshop, registry, keys: join(workshop.home, 'packsmith', 'keys'), setPolicy };
}

/** Changes what the registry gives for a version, index included: a registry that was taken over. */
async function replacePublished(registry: string, version: string, change: (files: FileTree) => FileTree): Promise<void> {
  const file = join(registry, 'core', `${version}.tgz`);
  const bytes = packArchive(change(await unpackArchive(new Uint8Array(readFileSync(file)))));
  const index = JSON.parse(readFileSync(join(registry, 'index.json'), 'utf8'));
  index.packs.core.versions[version].integrity = computeIntegrity(bytes);
  writeFileSync(file, bytes);
  writeFileSync(join(registry, 'index.json'), JSON.stringify(index));
}

const withText = (path: string, text: string) => (files: FileTree) =>
  new Map(files).set(path as ProjectPath, { content: new TextEncoder().encode(text), mode: 0o644 });

const without = (path: string) => (files: FileTree) => new Map([...files].filter(([name]) => name !== path));

describe('a policy that demands signatures', () => {
  it('takes what a known key signed, and nothing else', async () => {
    const { workshop, keys } = setScene();
    const core = writeWholePack(workshop, { id: 'core', version: '1.0.0' });
    await workshop.succeed(['keys', 'generate', 'ada']);
    await workshop.succeed(['publish', core, '--sign', 'ada']);
    const stranger = await workshop.json(['install', 'core']);
    expect(stranger).toMatchObject({ exitCode: 5, error: { code: 'SIGNATURE_REQUIRED' } });
    expect(stranger.error?.message).toContain('signatures.policy = "require"');
    expect(await workshop.json(['install', 'core', '--target', 'unpacked'])).toMatchObject({
      exitCode: 5,
      error: { code: 'SIGNATURE_REQUIRED' },
    });
    expect(await workshop.json(['generate', 'core', 'made'])).toMatchObject({ exitCode: 5, error: { code: 'SIGNATURE_REQUIRED' } });
    await workshop.succeed(['trust', 'add', 'ada', '--key', join(keys, 'ada.pub')]);
    await workshop.succeed(['install', 'core']);
    const bare = writeWholePack(workshop, { id: 'bare', version: '1.0.0' });
    await workshop.succeed(['publish', bare]);
    expect(await workshop.json(['install', 'bare'])).toMatchObject({ exitCode: 5, error: { code: 'SIGNATURE_REQUIRED' } });
    // What is part of the program needs no signature of its own.
    await workshop.succeed(['install', 'cli-app-starter']);
  });

  it.each([
    ['a changed file', withText('templates/core.txt.jinja', 'evil'), 'SIGNATURE_INVALID'],
    ['an added file', withText('templates/more.txt', 'evil'), 'SIGNATURE_INVALID'],
    ['a removed file', without('templates/core.txt.jinja'), 'SIGNATURE_INVALID'],
    ['a signature that is none', withText('pack.sig', '{}'), 'SIGNATURE_INVALID'],
    ['no signature any more', without('pack.sig'), 'SIGNATURE_REQUIRED'],
  ])('refuses %s, though the registry vouches for it', async (_name, change, code) => {
    const { workshop, registry, keys } = setScene();
    await workshop.succeed(['keys', 'generate', 'ada']);
    await workshop.succeed(['trust', 'add', 'ada', '--key', join(keys, 'ada.pub')]);
    await workshop.succeed(['publish', writeWholePack(workshop, { id: 'core', version: '1.0.0' }), '--sign', 'ada']);
    await replacePublished(registry, '1.0.0', change);
    const store = join(workshop.home, 'packsmith', 'store');
    const before = readWholeTree(store);
    expect(await workshop.json(['install', 'core'])).toMatchObject({ exitCode: 5, error: { code } });
    expect(readWholeTree(store)).toEqual(before);
  });
});

describe('a policy that warns', () => {
  it('lets unsigned packs pass with a warning, and wrong ones never', async () => {
    const { workshop, registry, setPolicy } = setScene();
    setPolicy('warn');
    await workshop.succeed(['publish', writeWholePack(workshop, { id: 'core', version: '1.0.0' })]);
    const installed = await workshop.json(['install', 'core']);
    expect(installed.warnings).toEqual(['core 1.0.0: it is not signed (signatures.policy = "warn")']);
    await replacePublished(registry, '1.0.0', withText('pack.sig', 'garbage'));
    const wrong = await workshop.json(['install', 'core', '--force']);
    expect(wrong.error?.code).toMatch(/SIGNATURE_INVALID|INTEGRITY_MISMATCH/);
  });

  it('refuses another key for a known publisher, and for what a key claims', async () => {
    const { workshop, keys, setPolicy } = setScene();
    setPolicy('warn');
    await workshop.succeed(['keys', 'generate', 'ada']);
    const old = readFileSync(join(keys, 'ada.pub'), 'utf8');
    await workshop.succeed(['keys', 'remove', 'ada']);
    await workshop.succeed(['keys', 'generate', 'ada']);
    await workshop.succeed(['publish', writeWholePack(workshop, { id: 'core', version: '1.0.0' }), '--sign', 'ada']);
    await workshop.succeed(['trust', 'add', 'ada', '--key', old]);
    const changed = await workshop.json(['install', 'core']);
    expect(changed).toMatchObject({ exitCode: 5, error: { code: 'SIGNATURE_KEY_CHANGED' } });
    expect(await workshop.json(['trust', 'add', 'ada', '--key', join(keys, 'ada.pub')])).toMatchObject({ error: { code: 'KEY_TAKEN' } });
    await workshop.succeed(['trust', 'remove', 'ada']);
    await workshop.succeed(['trust', 'add', 'owner', '--key', old, '--for', 'core']);
    expect(await workshop.json(['install', 'core'])).toMatchObject({ exitCode: 5, error: { code: 'SIGNATURE_KEY_CHANGED' } });
  });
});

describe('keys', () => {
  it('are readable by their owner only, and printed nowhere', async () => {
    const { workshop, keys } = setScene();
    const made = await workshop.succeed(['keys', 'generate', 'ada']);
    const file = join(keys, 'ada.key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const secret = readFileSync(file, 'utf8').split('\n')[1] ?? '';
    const core = writeWholePack(workshop, { id: 'core', version: '1.0.0' });
    const ends = [
      made,
      await workshop.succeed(['keys', 'list', '--json']),
      await workshop.succeed(['publish', core, '--sign', 'ada', '--verbose']),
    ];
    for (const { stdout, stderr } of ends) expect(stdout + stderr).not.toContain(secret);
    expect(await workshop.json(['publish', core, '--sign', 'bob'])).toMatchObject({ exitCode: 7, error: { code: 'KEY_NOT_FOUND' } });
    expect(await workshop.json(['keys', 'generate', 'ada'])).toMatchObject({ exitCode: 2, error: { code: 'KEY_TAKEN' } });
  });

  it('of SSH sign as well', async () => {
    const { workshop } = setScene();
    const file = join(workshop.home, 'id_ed25519');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'ada@host', '-f', file]);
    await workshop.succeed(['keys', 'add', 'ada', file]);
    await workshop.succeed(['publish', writeWholePack(workshop, { id: 'core', version: '1.0.0' }), '--sign', 'ada']);
    await workshop.succeed(['trust', 'add', 'ada', '--key', `${file}.pub`, '--for', 'core']);
    await workshop.succeed(['install', 'core']);
  });

  it('of SSH that are locked fail with a reason, and ask nobody', async () => {
    const { workshop } = setScene();
    const file = join(workshop.home, 'id_locked');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'correct horse', '-f', file]);
    await workshop.succeed(['keys', 'add', 'ada', file]);
    const failed = await workshop.json(['publish', writeWholePack(workshop, { id: 'core', version: '1.0.0' }), '--sign', 'ada']);
    expect(failed).toMatchObject({ exitCode: 8, error: { code: 'SIGNING_FAILED' } });
  });
});

describe('trusted packs', () => {
  it('are trusted at the content they have, and the file keeps its comments', async () => {
    const { workshop } = setScene();
    writeSettings(workshop, '# mine\n[signatures] # strict\npolicy = "warn"\n');
    const first = await workshop.json(['trust', 'add', 'cli-app-starter']);
    expect(first.data.packs).toMatchObject([{ id: 'cli-app-starter', integrity: expect.stringMatching(/^sha512-/) }]);
    await workshop.succeed(['trust', 'add', 'cli-app-starter']);
    const listed = await workshop.json(['trust', 'list']);
    expect(listed.data).toEqual({ policy: 'warn', packs: first.data.packs, own: [], publishers: [] });
    const text = readFileSync(join(workshop.home, 'packsmith', 'config.toml'), 'utf8');
    expect(text).toContain('# mine\n[signatures] # strict\n');
    await workshop.succeed(['trust', 'remove', 'cli-app-starter']);
    expect((await workshop.json(['trust', 'list'])).data.packs).toEqual([]);
    expect(await workshop.json(['trust', 'remove', 'cli-app-starter'])).toMatchObject({ exitCode: 7, error: { code: 'KEY_NOT_FOUND' } });
  });
});
