import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nativeHash } from '../../src/adapters/hash.ts';
import { NodeProjectDir } from '../../src/adapters/project/node-project-dir.ts';
import { PacksmithError } from '../../src/core/diagnostics/packsmith-error.ts';
import { parseProjectPath } from '../../src/core/tree/project-path.ts';
import { planOf } from '../support/plan-of.ts';
import { makeTemporaryDirectories, putFile, readTree } from '../support/real-project.ts';
import { mixedPlan, newTree, oldTree, putOldProject } from './mixed-change.ts';
import { runChild, writePlan } from './run-child.ts';

const makeDirectory = makeTemporaryDirectories();
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

async function failure(attempt: Promise<unknown>): Promise<PacksmithError> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PacksmithError);
  return error as PacksmithError;
}

function makeOldProject(): string {
  const root = join(makeDirectory(), 'project');
  putOldProject(root);
  return root;
}

describe('a system call that fails', () => {
  const codes = { ENOSPC: 'DISK_FULL', EACCES: 'PERMISSION_DENIED', EIO: 'DISK_FAILED' } as const;

  it('at any step leaves the project exactly as it was', async () => {
    let last: readonly string[] = [];
    for (let number = 1; ; number += 1) {
      const root = makeOldProject();
      const steps: string[] = [];
      const errno = (['ENOSPC', 'EACCES', 'EIO'] as const)[number % 3] ?? 'EIO';
      const onStep = (step: string): void => {
        steps.push(step);
        if (steps.length === number) throw Object.assign(new Error(errno), { code: errno, syscall: 'test', path: step });
      };
      const attempt = new NodeProjectDir(root, { onStep }).apply(mixedPlan);
      if (last.at(-1) === 'finish') {
        await attempt.catch(() => undefined);
        break;
      }
      expect((await failure(attempt)).code).toBe(codes[errno]);
      expect(readTree(root)).toEqual(oldTree);
      expect(existsSync(join(root, '.packsmith'))).toBe(false);
      last = steps.slice(0, number);
    }
    expect(last.length).toBeGreaterThan(30);
  });

  it('in a new project leaves not even its directory', async () => {
    for (const step of ['begin', 'stage a/b', 'commit', 'place a/', 'finish']) {
      const parent = makeDirectory();
      const onStep = (name: string): void => {
        if (name === step) throw Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'test' });
      };
      await failure(new NodeProjectDir(join(parent, 'x', 'y'), { onStep }).apply(planOf([{ path: 'a/b', after: 'c' }])));
      expect(readdirSync(parent)).toEqual([]);
    }
  });

  it('a file that changes between the check and its turn stops all, and keeps the change', async () => {
    const root = makeOldProject();
    const onStep = (step: string): void => {
      if (step === 'journalled') writeFileSync(join(root, 'src/index.ts'), 'just now, by the user');
    };
    const error = await failure(new NodeProjectDir(root, { onStep }).apply(mixedPlan));
    expect(error.code).toBe('PROJECT_CHANGED');
    expect(readTree(root)).toEqual({ ...oldTree, 'src/index.ts': 'just now, by the user' });
  });

  it('a file that appears where one is to be made stops all, and stays', async () => {
    const root = makeOldProject();
    const onStep = (step: string): void => {
      if (step === 'journalled') putFile(root, 'fresh/mine', 'by the user');
    };
    expect((await failure(new NodeProjectDir(root, { onStep }).apply(mixedPlan))).code).toBe('PROJECT_CHANGED');
    expect(readTree(root)).toEqual({ ...oldTree, 'fresh/mine': 'by the user' });
  });
});

describe('an interrupt', () => {
  it('is heard up to the point of no return, and then the change is finished', async () => {
    for (const step of ['stage README.md', 'make durable', 'commit', 'place fresh/']) {
      const root = makeOldProject();
      const controller = new AbortController();
      const onStep = (name: string): void => {
        if (name === step) controller.abort();
      };
      const attempt = new NodeProjectDir(root, { onStep }).apply(mixedPlan, { signal: controller.signal });
      if (step === 'make durable' || step === 'stage README.md') {
        expect((await failure(attempt)).code).toBe('INTERRUPTED');
        expect(readTree(root)).toEqual(oldTree);
        expect(existsSync(join(root, '.packsmith'))).toBe(false);
      } else {
        await attempt;
        expect(readTree(root)).toEqual(newTree);
      }
    }
  });
});

describe('a full disk', () => {
  const mounts: string[] = [];
  afterAll(() => {
    for (const mount of mounts) spawnSync('umount', [mount]);
  });

  function mountSmall(at: string, options: string): boolean {
    mkdirSync(at, { recursive: true });
    const isMounted = isRoot && spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', at]).status === 0;
    if (isMounted) mounts.push(at);
    return isMounted;
  }

  const probe = makeDirectory();
  const canMount = mountSmall(probe, 'size=64k');
  const reason = canMount ? '' : ' [LEFT OUT: mounting a small file system needs root and CAP_SYS_ADMIN]';

  it.skipIf(!canMount)(`leaves a project as it was, and there is room again${reason}`, async () => {
    const disk = makeDirectory();
    mountSmall(disk, 'size=1m');
    const root = join(disk, 'project');
    putOldProject(root);
    const big = Array.from({ length: 40 }, (_, index) => ({ path: `big/f${index}`, after: String(index).repeat(50_000) }));
    const error = await failure(new NodeProjectDir(root).apply({ ...planOf(big), operation: 'add' }));
    expect(error.code).toBe('DISK_FULL');
    expect(readTree(root)).toEqual(oldTree);
    expect(existsSync(join(root, '.packsmith'))).toBe(false);
    await new NodeProjectDir(root).apply(mixedPlan);
    expect(readTree(root)).toEqual(newTree);
  });

  it.skipIf(!canMount)(`without a free inode leaves nothing of a new project${reason}`, async () => {
    const disk = makeDirectory();
    mountSmall(disk, 'size=1m,nr_inodes=30');
    const many = Array.from({ length: 60 }, (_, index) => ({ path: `d/f${index}`, after: 'x' }));
    const error = await failure(new NodeProjectDir(join(disk, 'project')).apply(planOf(many)));
    expect(error.code).toBe('DISK_FULL');
    expect(readdirSync(disk)).toEqual([]);
  });

  it.skipIf(!canMount)(`and another file system inside the project is no hindrance${reason}`, async () => {
    const root = makeOldProject();
    const mounted = join(root, 'volume');
    mountSmall(mounted, 'size=1m');
    putFile(root, 'volume/old', 'old');
    putFile(root, 'volume/gone', 'gone');
    const before = readTree(root);
    const project = new NodeProjectDir(root);
    await project.apply(
      planOf([
        { path: 'volume/gone', before: 'gone' },
        { path: 'volume/new/deep/x', after: 'x' },
        { path: 'volume/old', before: 'old', after: 'new' },
      ]),
    );
    const { 'volume/gone': _gone, ...rest } = before;
    expect(readTree(root)).toEqual({ ...rest, 'volume/new/deep/x': 'x', 'volume/old': 'new' });
    const [record] = await project.listTransactions();
    expect(Buffer.from(await project.readReplaced(record!.id, nativeHash('gone'))).toString()).toBe('gone');
  });

  it.skipIf(process.platform === 'win32')('a limit on the size of files is told as a full disk, and costs nothing', async () => {
    const root = makeOldProject();
    const plan = planOf([{ path: 'a/big', after: 'x'.repeat(300_000) }]);
    const { answer } = await runChild({ root, planFile: writePlan(join(root, '..'), plan) }, [
      'bash',
      '-c',
      'ulimit -f 64; exec "$@"',
      '-',
    ]);
    expect(answer?.error?.code).toBe('DISK_FULL');
    expect(readTree(root)).toEqual(oldTree);
  });
});

describe('missing permissions', () => {
  const reason = isRoot ? '' : ' [LEFT OUT: becoming another user needs root]';

  function giveAway(path: string): void {
    for (const entry of readdirSync(path, { withFileTypes: true, recursive: true }))
      chownSync(join(entry.parentPath, entry.name), NOBODY, NOBODY);
    chownSync(path, NOBODY, NOBODY);
  }

  it.skipIf(!isRoot)(`for a new project are refused before anything is made${reason}`, async () => {
    const parent = makeDirectory();
    const plan = writePlan(parent, planOf([{ path: 'a', after: 'a' }]));
    const { answer } = await runChild({ root: join(parent, 'project'), planFile: plan, userId: NOBODY });
    expect(answer?.error?.code).toBe('PERMISSION_DENIED');
    expect(readdirSync(parent)).toEqual(['plan.json']);
  });

  it.skipIf(!isRoot)(`for one directory are refused before anything is changed${reason}`, async () => {
    const root = makeOldProject();
    giveAway(root);
    chownSync(join(root, 'src'), 0, 0);
    chmodSync(join(root, 'src'), 0o755);
    const { answer } = await runChild({ root, planFile: writePlan(join(root, '..'), mixedPlan), userId: NOBODY });
    expect(answer?.error?.code).toBe('PERMISSION_DENIED');
    expect(answer?.steps).toEqual([]);
    expect(readTree(root)).toEqual(oldTree);
  });

  it.skipIf(!isRoot)(`for a file that cannot be read are refused${reason}`, async () => {
    const root = makeOldProject();
    giveAway(root);
    chownSync(join(root, 'README.md'), 0, 0);
    chmodSync(join(root, 'README.md'), 0o600);
    const { answer } = await runChild({ root, planFile: writePlan(join(root, '..'), mixedPlan), userId: NOBODY });
    expect(answer?.error?.code).toBe('PERMISSION_DENIED');
    expect(readTree(root)).toEqual(oldTree);
  });

  it.skipIf(!isRoot)(`that suffice for an ordinary user let the change happen${reason}`, async () => {
    const root = makeOldProject();
    giveAway(root);
    const { answer } = await runChild({ root, planFile: writePlan(join(root, '..'), mixedPlan), userId: NOBODY });
    expect(answer?.error).toBeUndefined();
    expect(readTree(root)).toEqual(newTree);
    expect(statSync(join(root, 'fresh/a.ts')).uid).toBe(NOBODY);
  });
});

describe('permission bits', () => {
  it.skipIf(process.platform === 'win32')('follow the umask for what is new, and the file that is replaced for what is not', async () => {
    const root = makeDirectory();
    putFile(root, 'private', 'a', 0o600);
    putFile(root, 'shared', 'a', 0o664);
    const umask = process.umask();
    await new NodeProjectDir(root).apply(
      planOf([
        { path: 'asked', after: { content: 'x', mode: 0o600 } },
        { path: 'new', after: 'x' },
        { path: 'private', before: { content: 'a', mode: 0o600 }, after: 'b' },
        { path: 'run', after: { content: 'x', mode: 0o755 } },
        { path: 'shared', before: { content: 'a', mode: 0o644 }, after: { content: 'b', mode: 0o755 } },
      ]),
    );
    const modes = ['asked', 'new', 'private', 'run', 'shared'].map((path) => statSync(join(root, path)).mode & 0o777);
    expect(modes).toEqual([0o600, 0o666 & ~umask, 0o600, 0o777 & ~umask, 0o775]);
  });

  it('of a file with a second name elsewhere: that one is never written through, nor what is kept by it', async () => {
    const root = makeDirectory();
    putFile(root, 'a', 'old');
    linkSync(join(root, 'a'), join(root, 'elsewhere'));
    const project = new NodeProjectDir(root);
    const record = await project.apply(planOf([{ path: 'a', before: 'old', after: 'new' }]));
    expect(readFileSync(join(root, 'elsewhere'), 'utf8')).toBe('old');
    writeFileSync(join(root, 'elsewhere'), 'changed');
    expect(Buffer.from(await project.readReplaced(record.id, nativeHash('old'))).toString()).toBe('old');
  });
});

describe('links of the project', () => {
  it.each(['.packsmith', '.packsmith/local', '.packsmith/local/transactions', '.packsmith/local/undo'])(
    'at %s are not followed',
    async (path) => {
      const [root, outside] = [makeDirectory(), makeDirectory()];
      mkdirSync(join(root, path, '..'), { recursive: true });
      symlinkSync(outside, join(root, path));
      mkdirSync(join(outside, '20200101T000000000Z-000000'));
      for (const attempt of [
        new NodeProjectDir(root).apply(planOf([{ path: 'a', after: 'a' }])),
        new NodeProjectDir(root).listTransactions(),
      ]) {
        expect((await failure(attempt)).code).toBe('PATH_BLOCKED');
      }
      expect(readdirSync(outside)).toEqual(['20200101T000000000Z-000000']);
      expect(existsSync(join(root, 'a'))).toBe(false);
    },
  );

  it('that lead nowhere, or round and round, lead out', async () => {
    const root = makeDirectory();
    symlinkSync('../nowhere', join(root, 'dangling'));
    symlinkSync('absent', join(root, 'inside'));
    symlinkSync('loop', join(root, 'loop'));
    const paths = ['dangling', 'inside', 'loop'].map(parseProjectPath);
    const entries = await new NodeProjectDir(root).survey(paths);
    expect(paths.map((path) => entries.get(path))).toEqual([
      { kind: 'link', leadsOut: true },
      { kind: 'link', leadsOut: false },
      { kind: 'link', leadsOut: true },
    ]);
  });

  it('a project that is a file is refused', async () => {
    const root = join(makeDirectory(), 'file');
    writeFileSync(root, '');
    expect((await failure(new NodeProjectDir(root).apply(planOf([{ path: 'a', after: 'a' }])))).code).toBe('PATH_BLOCKED');
    rmSync(root);
  });
});

describe('what is kept', () => {
  it('ignores itself in git, and holds the last twenty changes', async () => {
    const root = makeDirectory();
    const project = new NodeProjectDir(root);
    for (let number = 1; number <= 22; number += 1) {
      await project.apply(planOf([number === 1 ? { path: 'a', after: '1' } : { path: 'a', before: `${number - 1}`, after: `${number}` }]));
    }
    expect(readFileSync(join(root, '.packsmith/local/.gitignore'), 'utf8')).toBe('*\n');
    const records = await project.listTransactions();
    expect(records.length).toBe(20);
    expect(records[0]!.paths[0]!.after?.digest).toBe(nativeHash('22'));
    expect(records.map((record) => record.id)).toEqual(
      records
        .map((record) => record.id)
        .sort()
        .reverse(),
    );
  });

  it('an undo leaves the empty directory that the user had made', async () => {
    const root = makeDirectory();
    mkdirSync(join(root, 'mine'));
    const project = new NodeProjectDir(root);
    await project.apply(
      planOf([
        { path: 'mine/a', after: 'a' },
        { path: 'theirs/deep/b', after: 'b' },
      ]),
    );
    await project.apply(
      planOf(
        [
          { path: 'mine/a', before: 'a' },
          { path: 'theirs/deep/b', before: 'b' },
        ],
        'undo',
      ),
    );
    expect(readdirSync(root).sort()).toEqual(['.packsmith', 'mine']);
  });

  it('a large file is read piece by piece', async () => {
    const root = makeDirectory();
    const content = Buffer.alloc(20 << 20, 'packsmith');
    putFile(root, 'large', content);
    const path = parseProjectPath('large');
    expect((await new NodeProjectDir(root).survey([path])).get(path)).toMatchObject({ digest: nativeHash(content), size: content.length });
  });
});
