import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeSettings } from '../publish/authors.ts';
import { runWithShipped } from '../support/run-in-process.ts';
import { type Envelope, makeWorkshops, readWholeTree, type Workshop } from '../support/run-program.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

function openHome(workshop: Workshop, settings = ''): string {
  const home = join(workshop.home, 'packsmith');
  mkdirSync(home, { mode: 0o700 });
  writeSettings(workshop, settings);
  return home;
}

/** What is not well, by the id of the check. */
const wrong = ({ data }: Envelope): Record<string, string> =>
  Object.fromEntries(data.checks.flatMap(({ id, status, message }: Record<string, string>) => (status === 'ok' ? [] : [[id, message]])));

describe('packs doctor', () => {
  it('finds nothing on a new machine, and writes nothing', async () => {
    const workshop = makeWorkshop();
    const report = await workshop.json(['doctor']);
    expect(report).toMatchObject({ ok: true, data: { errors: 0 } });
    expect(wrong(report)).toEqual({});
    // The program may keep itself compiled; nothing else is there.
    const made = readWholeTree(join(workshop.home, 'packsmith'), (path) => path === 'cache' || path.startsWith(join('cache', 'code')));
    expect(made).toEqual({});
    expect((await workshop.succeed(['doctor'])).stdout).toMatch(/\nall is well\n$/);
  });

  it('says what is wrong with the settings, and looks at the rest all the same', async () => {
    const workshop = makeWorkshop();
    openHome(workshop, '[registries.a]\ntyp = "npm"\n');
    const report = await workshop.json(['doctor']);
    expect(report).toMatchObject({ exitCode: 2, error: { code: 'CHECK_FAILED' } });
    expect(report.data.checks.find(({ id }: { id: string }) => id === 'settings').diagnostics.length).toBeGreaterThan(0);
    expect(report.data.checks.some(({ id, status }: { id: string; status: string }) => id === 'node' && status === 'ok')).toBe(true);
  });

  it('mends permissions with --fix, and only then', async () => {
    const workshop = makeWorkshop();
    const home = openHome(workshop);
    mkdirSync(join(home, 'keys'));
    writeFileSync(join(home, 'keys', 'ada'), 'x', { mode: 0o644 });
    writeFileSync(join(home, 'keys', 'ada.pub'), 'x', { mode: 0o644 });
    chmodSync(home, 0o777);
    const found = await workshop.json(['doctor']);
    expect(found).toMatchObject({ exitCode: 2 });
    expect(Object.keys(wrong(found)).sort()).toEqual(['directory:installed-packs', 'directory:settings', 'keys']);
    expect(await workshop.json(['doctor', '--fix'])).toMatchObject({ ok: true, data: { errors: 0, warnings: 0 } });
    expect([home, join(home, 'keys', 'ada'), join(home, 'keys', 'ada.pub')].map((path) => statSync(path).mode & 0o777)).toEqual([
      0o755, 0o600, 0o644,
    ]);
    expect(wrong(await workshop.json(['doctor']))).toEqual({});
  });

  it('finds a lock whose owner is gone, and frees it', async () => {
    const workshop = makeWorkshop();
    const home = openHome(workshop);
    mkdirSync(join(home, 'installed'));
    const lock = join(home, 'installed', 'lock');
    writeFileSync(lock, '');
    const old = new Date(Date.now() - 60_000);
    utimesSync(lock, old, old);
    const fixed = await workshop.json(['doctor', '--fix']);
    expect(fixed.data.checks.find(({ id }: { id: string }) => id === 'locks')).toMatchObject({
      message: expect.stringContaining('the store of installed packs is locked by'),
      fixed: 'freed the store of installed packs',
    });
    expect(existsSync(lock)).toBe(false);
  });

  it('leaves the lock of another machine alone', async () => {
    const workshop = makeWorkshop();
    const home = openHome(workshop);
    mkdirSync(join(home, 'installed'));
    const owner = {
      pid: 1,
      host: `elsewhere-${hostname()} - - -`,
      hostName: 'elsewhere',
      started: 1,
      command: 'packs install',
      since: 'then',
      nonce: '0123456789abcdef',
    };
    writeFileSync(join(home, 'installed', 'lock'), JSON.stringify(owner));
    expect(wrong(await workshop.json(['doctor', '--fix']))['locks']).toContain('which cannot be asked');
    expect(existsSync(join(home, 'installed', 'lock'))).toBe(true);
  });

  it('finds installed packs that were changed, and names the command that mends them', async () => {
    const workshop = makeWorkshop();
    await workshop.succeed(['install', 'devops-basics']);
    const store = join(workshop.home, 'packsmith', 'store');
    const [file] = readdirSync(store, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('README.md'));
    const path = join(store, file ?? '');
    chmodSync(join(path, '..'), 0o755);
    rmSync(path);
    const report = await workshop.json(['doctor', '--offline']);
    expect(report.exitCode).toBe(2);
    expect(report.data.checks).toContainEqual(
      expect.objectContaining({ id: 'store', status: 'error', cure: '`packs verify devops-basics --fix` fetches it again' }),
    );
  });

  it('asks registries unless it is offline', async () => {
    const workshop = makeWorkshop();
    openHome(workshop, '[registries.gone]\ntype = "npm"\nurl = "http://127.0.0.1:9/"\n');
    expect(wrong(await workshop.json(['doctor']))['registry:gone']).toContain('the registry gone cannot be used');
    expect(wrong(await workshop.json(['doctor', '--offline']))).toEqual({});
  });

  it('finds a change of the project that waits for conflicts to be settled', async () => {
    const workshop = makeWorkshop();
    mkdirSync(join(workshop.work, '.packsmith'));
    writeFileSync(join(workshop.work, '.packsmith', 'pending.json'), '{}');
    expect(wrong(await workshop.json(['doctor']))['project']).toBe('an update left conflicts to settle');
  });

  it('finds what is left of an interrupted change, and cleans it up with --fix', async () => {
    const workshop = makeWorkshop();
    await workshop.succeed(['create', 'my-pack']);
    await workshop.succeed(['generate', './my-pack', 'made']);
    const transactions = join(workshop.work, 'made', '.packsmith', 'local', 'transactions');
    const undo = join(workshop.work, 'made', '.packsmith', 'local', 'undo');
    const [id = ''] = readdirSync(undo);
    mkdirSync(join(transactions, id), { recursive: true });
    expect(wrong(await workshop.json(['doctor', '--cwd', 'made']))['project']).toContain(`(${id}) was interrupted`);
    expect(await workshop.json(['doctor', '--fix', '--cwd', 'made'])).toMatchObject({ ok: true, data: { warnings: 0 } });
    expect(wrong(await workshop.json(['doctor', '--cwd', 'made']))).toEqual({});
  });
});
