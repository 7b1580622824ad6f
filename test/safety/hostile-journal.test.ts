import { execFileSync } from 'node:child_process';
import {
  cpSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { nativeHash } from '../../src/adapters/hash.ts';
import { hasProgram } from '../support/generated-project.ts';
import { makeWorkshops, readWholeTree, type Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

const ID = '20260101T000000000Z-abcdef';
const BYTES = 'planted\n';
const digest = nativeHash(Buffer.from(BYTES));

interface Scene extends Workshop {
  readonly project: string;
  /** Has files of the user's, and is no part of the project. */
  readonly outside: string;
  /** `.packsmith/local` of the project. */
  readonly local: string;
  /** The change that somebody planted there. */
  readonly transaction: string;
}

/** A machine with a pack and a project that was cloned. */
let cloned: string;
beforeAll(async () => {
  const { root, work, succeed } = makeWorkshop();
  const pack = writePack(join(root, 'pack'), { id: 'api', version: '1.0.0', files: { 'templates/src/a.txt': 'a\n' } });
  await succeed(['generate', pack, 'clone']);
  rmSync(join(work, 'clone', '.packsmith', 'local'), { recursive: true });
  cloned = root;
});

/** A copy of it, and in the project what packsmith would have left had it been interrupted. */
function setScene(): Scene {
  const workshop = makeWorkshop();
  cpSync(cloned, workshop.root, { recursive: true });
  const project = join(workshop.work, 'clone');
  const local = join(project, '.packsmith', 'local');
  const outside = join(workshop.root, 'outside');
  put(join(outside, 'mine.txt'), 'mine\n');
  put(join(outside, 'lock'), 'mine too\n');
  mkdirSync(join(outside, 'empty'));
  utimesSync(join(outside, 'lock'), 1, 1);
  return { ...workshop, project, outside, local, transaction: join(local, 'transactions', ID) };
}

function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const journalOf = (more: object = {}): string =>
  JSON.stringify({
    format: 1,
    id: ID,
    operation: 'update',
    at: '2026-01-01T00:00:00.000Z',
    directories: [],
    emptied: [],
    changes: [{ path: 'new.txt', after: { digest, mode: 0o644 } }],
    ...more,
  });

const plant = ({ transaction }: Scene, journal: string, files: Readonly<Record<string, string>> = { 'staged/0': BYTES }): void => {
  put(join(transaction, 'journal.json'), journal);
  for (const [path, text] of Object.entries(files)) put(join(transaction, path), text);
};

const fifo = (path: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  execFileSync('mkfifo', [path]);
};

type Plant = (scene: Scene) => void;

const change = (path: string, more: object = {}): object => ({ path, after: { digest, mode: 0o644 }, ...more });
const lockOf = (more: object): string =>
  JSON.stringify({ host: 'x', hostName: 'x', command: 'x', since: 'x', nonce: 'a'.repeat(16), pid: 1, started: 1, ...more });

const ATTACKS: Readonly<Record<string, Plant>> = {
  'a path that climbs out': (scene) => plant(scene, journalOf({ changes: [change('../outside/mine.txt')] })),
  'an absolute path': (scene) => plant(scene, journalOf({ changes: [change(join(scene.outside, 'mine.txt'))] })),
  'the repository of git': (scene) => plant(scene, journalOf({ changes: [change('.git/hooks/post-checkout')] })),
  'a path behind a link that leads out': (scene) => {
    symlinkSync(scene.outside, join(scene.project, 'out'));
    plant(scene, journalOf({ changes: [change('out/mine.txt'), change('out/new.txt')] }), { 'staged/0': BYTES, 'staged/1': BYTES });
  },
  'a removal behind a link that leads out': (scene) => {
    symlinkSync(scene.outside, join(scene.project, 'out'));
    const mine = nativeHash(readFileSync(join(scene.outside, 'mine.txt')));
    plant(
      scene,
      journalOf({ changes: [{ path: 'out/mine.txt', before: { digest: mine, mode: 0o644 } }], emptied: ['out/empty', 'out'] }),
      {},
    );
  },
  'a directory to be emptied behind a link': (scene) => {
    symlinkSync(scene.outside, join(scene.project, 'out'));
    plant(scene, journalOf({ emptied: ['out/empty'], changes: [{ path: 'out/empty/x', before: { digest, mode: 0o644 } }] }), {});
  },
  'a directory to be made behind a link': (scene) => {
    symlinkSync(scene.outside, join(scene.project, 'out'));
    plant(scene, journalOf({ directories: ['out/empty'], changes: [change('out/empty/x')] }), { 'staged/d0/x': BYTES });
  },
  'what was replaced is a link to a file of the user': (scene) => {
    plant(scene, journalOf({ changes: [change('src/a.txt', { before: { digest, mode: 0o644 } })] }), { 'taking-back': '' });
    mkdirSync(join(scene.transaction, 'replaced'));
    symlinkSync(join(scene.outside, 'mine.txt'), join(scene.transaction, 'replaced', '0'));
  },
  'what was replaced and is now missing is a link to a file of the user': (scene) => {
    plant(scene, journalOf({ changes: [change('gone.txt', { before: { digest, mode: 0o644 } })] }), { 'taking-back': '' });
    mkdirSync(join(scene.transaction, 'replaced'));
    symlinkSync(join(scene.outside, 'mine.txt'), join(scene.transaction, 'replaced', '0'));
  },
  'what is staged is a link': (scene) => {
    plant(scene, journalOf(), {});
    mkdirSync(join(scene.transaction, 'staged'));
    symlinkSync(join(scene.outside, 'mine.txt'), join(scene.transaction, 'staged', '0'));
  },
  'a named pipe as the journal': ({ transaction }) => fifo(join(transaction, 'journal.json')),
  'named pipes as what is staged and what was replaced': (scene) => {
    plant(scene, journalOf({ changes: [change('src/a.txt', { before: { digest, mode: 0o644 } })] }), {});
    fifo(join(scene.transaction, 'staged', '0'));
    fifo(join(scene.transaction, 'replaced', '0'));
  },
  'a journal that is larger than it may be': (scene) => {
    plant(scene, journalOf());
    truncateSync(join(scene.transaction, 'journal.json'), 2 ** 31 + 1);
  },
  'what is staged is larger than memory': (scene) => {
    plant(scene, journalOf());
    truncateSync(join(scene.transaction, 'staged', '0'), 2 ** 31 + 1);
  },
  'nesting without end': (scene) => plant(scene, `${'['.repeat(200_000)}${']'.repeat(200_000)}`),
  'a name of a prototype': (scene) => plant(scene, journalOf({ operation: '__proto__' })),
  'wrong types': (scene) => plant(scene, journalOf({ id: [ID], at: 1, changes: { length: 1 }, directories: 'x' })),
  'null in the place of changes': (scene) => plant(scene, journalOf({ changes: [null, [], 'x'] })),
  'a time that hides what a terminal obeys': (scene) => plant(scene, journalOf({ at: 'Jan 1 2026 (\u001b]0;owned\u0007)' })),
  'a link to a directory of the user as the transaction': (scene) => {
    mkdirSync(dirname(scene.transaction), { recursive: true });
    symlinkSync(scene.outside, scene.transaction);
  },
  'a link to a directory of the user as all transactions': (scene) => {
    mkdirSync(scene.local, { recursive: true });
    put(join(scene.outside, ID, 'mine.txt'), 'mine too\n');
    symlinkSync(scene.outside, join(scene.local, 'transactions'));
  },
  'a link to a directory of the user as the undo log': (scene) => {
    plant(scene, journalOf());
    symlinkSync(scene.outside, join(scene.local, 'undo'));
  },
  'a link to a directory of the user as the own one': ({ local, outside }) => symlinkSync(outside, local),
  'the same, and transactions in it': (scene) => {
    plant(scene, journalOf());
    renameSync(join(scene.local, 'transactions'), join(scene.outside, 'transactions'));
    rmSync(scene.local, { recursive: true });
    symlinkSync(scene.outside, scene.local);
  },
  'a lock that never ends': ({ local }) => {
    mkdirSync(local, { recursive: true });
    symlinkSync('/dev/zero', join(local, 'lock'));
  },
  'a lock that is a named pipe': ({ local }) => fifo(join(local, 'lock')),
  'a lock that is a link to a file of the user': ({ local, outside }) => {
    mkdirSync(local, { recursive: true });
    symlinkSync(join(outside, 'lock'), join(local, 'lock'));
    lutimesSync(join(local, 'lock'), 1, 1);
  },
  'a lock that is a directory': ({ local }) => put(join(local, 'lock', 'x'), ''),
  'a lock larger than memory': ({ local }) => {
    put(join(local, 'lock'), '');
    truncateSync(join(local, 'lock'), 2 ** 31 + 1);
  },
  'a lock of a process that is alive, with what a terminal obeys': ({ local }) =>
    put(join(local, 'lock'), lockOf({ command: '\u001b]0;owned\u0007', hostName: '\u202e', since: '\u009b2J' })),
  'an undo log that leads out': (scene) => {
    const undo = join(scene.local, 'undo', ID);
    put(join(undo, 'journal.json'), journalOf({ changes: [change('../outside/mine.txt', { before: { digest, mode: 0o644 } })] }));
    put(join(undo, 'replaced', '0'), BYTES);
  },
  'an undo log with a link to a file of the user': (scene) => {
    const mine = nativeHash(readFileSync(join(scene.outside, 'mine.txt')));
    const after = { digest: nativeHash(readFileSync(join(scene.project, 'src/a.txt'))), mode: 0o644 };
    const undo = join(scene.local, 'undo', ID);
    put(join(undo, 'journal.json'), journalOf({ changes: [{ path: 'src/a.txt', before: { digest: mine, mode: 0o644 }, after }] }));
    mkdirSync(join(undo, 'replaced'));
    symlinkSync(join(scene.outside, 'mine.txt'), join(undo, 'replaced', '0'));
  },
  'an undo log whose time hides what a terminal obeys': (scene) => {
    put(join(scene.local, 'undo', ID, 'journal.json'), journalOf({ at: 'Jan 1 2026 (\u001b]0;owned\u0007)' }));
  },
};

const COMMANDS: readonly (readonly string[])[] = [
  ['doctor'],
  ['doctor', '--fix', '--yes'],
  ['validate', '--deployed', '--offline'],
  ['status'],
  ['undo', '--list'],
  ['undo', ID],
  ['update'],
  ['regenerate'],
];

/** What stands in files below a directory, no link followed. */
function textsBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return textsBelow(path);
    return entry.isFile() && lstatSync(path).size < 1_000 ? [readFileSync(path, 'utf8')] : [];
  });
}

describe.runIf(hasProgram('mkfifo', 'planting named pipes'))('what somebody planted in the state of a cloned project', () => {
  it.each(Object.entries(ATTACKS))(
    'changes and reads nothing outside of it, and ends: %s',
    async (_, attack) => {
      const scene = setScene();
      attack(scene);
      const before = readWholeTree(scene.outside);
      for (const args of COMMANDS) {
        const { exitCode, stdout, stderr } = await scene.run(args, { cwd: scene.project });
        const told = `${args.join(' ')}\n${stdout}\n${stderr}`;
        expect(exitCode, told).not.toBe(1);
        expect(exitCode, told).not.toBeNull();
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
        expect(stdout + stderr, told).not.toMatch(/[\u0007\u001b\u009b\u202e]/);
        expect(readWholeTree(scene.outside), told).toEqual(before);
        expect(textsBelow(scene.project), told).not.toContain('mine\n');
      }
    },
    60_000,
  );
});
