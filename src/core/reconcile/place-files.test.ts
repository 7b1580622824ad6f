import { describe, expect, it } from 'vitest';
import type { DesiredFile } from '../compose/desired-tree.ts';
import type { LockedFile } from '../lockfile/lockfile.ts';
import type { PackName } from '../pack/pack-name.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import type { Digest } from '../tree/digest.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { placeFiles } from './place-files.ts';

interface World {
  /** Wanted files: their text, or their template and text. */
  readonly desired?: Readonly<Record<string, string | { readonly template?: string; readonly text?: string; readonly pack?: string }>>;
  /** The last generation by the path where it is: the template, the stored text, and the output where the user has it elsewhere. */
  readonly generated?: Readonly<
    Record<string, { readonly template?: string; readonly text?: string; readonly output?: string; readonly pack?: string }>
  >;
  readonly declared?: Readonly<Record<string, string>>;
  readonly moved?: Readonly<Record<string, string>>;
  /** Where something of the user's stands; where files were generated or moved to, unless told. */
  readonly taken?: readonly string[];
}

/** Placements in short: `output < generated @ current → target how by`, with `-` for what is not there. */
function place({ desired = {}, generated = {}, declared = {}, moved = {}, taken }: World): string[] {
  const wanted = Object.entries(desired).map(([path, given]): [ProjectPath, DesiredFile] => {
    const { template = `${path}.jinja`, text = '', pack = 'p' } = typeof given === 'string' ? { text: given } : given;
    const common = { mode: 0o644, onExists: undefined, merge: undefined, parts: new Map() };
    return [path as ProjectPath, { ...common, content: encodeUtf8(text), packs: [pack as PackName], template }];
  });
  const locked = Object.entries(generated).map(([path, { template = `${path}.jinja`, output, pack = 'p' }]): [ProjectPath, LockedFile] => [
    path as ProjectPath,
    {
      path: path as ProjectPath,
      sha256: 'd' as Digest,
      mode: 0o644,
      packs: [pack],
      template,
      ...(output === undefined ? {} : { output: output as ProjectPath }),
    },
  ]);
  const isThere = new Set(taken ?? [...Object.keys(generated).filter((path) => !(path in moved)), ...Object.values(moved)]);
  const placements = placeFiles({
    desired: new Map(wanted),
    generated: new Map(locked),
    declared: (output) => declared[output],
    moved: new Map(Object.entries(moved) as [ProjectPath, ProjectPath][]),
    isTaken: (path) => isThere.has(path),
    baseText: ({ path }) => generated[path]?.text,
  });
  return placements.map(({ output = '-', locked: last, current, target, how, by, isVacated }) =>
    [output, '<', last?.path ?? '-', '@', current, '→', target, how, by ?? '', isVacated === true ? 'vacated' : '']
      .join(' ')
      .trim()
      .replace(/ +/g, ' '),
  );
}

const LINES = 'one\ntwo\nthree\nfour\nfive\n';

describe('placeFiles', () => {
  it.each<readonly [string, World, readonly string[]]>([
    ['nothing', {}, []],
    ['a new file', { desired: { a: '' } }, ['a < - @ a → a in-place']],
    ['a file as before', { desired: { a: '' }, generated: { a: {} } }, ['a < a @ a → a in-place']],
    ['a file no longer wanted', { generated: { a: {} } }, ['- < a @ a → a in-place']],
    [
      'files in the order of where they go',
      { desired: { c: '', a: '', b: '' } },
      ['a < - @ a → a in-place', 'b < - @ b → b in-place', 'c < - @ c → c in-place'],
    ],
    // By a migration.
    ['a declared rename', { desired: { b: '' }, generated: { a: {} }, declared: { b: 'a' } }, ['b < a @ a → b renamed declared']],
    ['a declared rename of what was never generated', { desired: { b: '' }, declared: { b: 'a' } }, ['b < - @ b → b in-place']],
    ['a declared rename to the same path', { desired: { a: '' }, generated: { a: {} }, declared: { a: 'a' } }, ['a < a @ a → a in-place']],
    [
      'a declared rename onto something of the user',
      { desired: { b: '' }, generated: { a: {} }, declared: { b: 'a' }, taken: ['a', 'b'] },
      ['- < a @ a → a in-place', 'b < - @ b → b in-place'],
    ],
    [
      'a declared rename onto another generated file',
      { desired: { b: '' }, generated: { a: {}, b: {} }, declared: { b: 'a' }, taken: [] },
      ['- < a @ a → a in-place', 'b < b @ b → b in-place'],
    ],
    [
      'two declared renames that swap',
      { desired: { a: '', b: '' }, generated: { a: {}, b: {} }, declared: { a: 'b', b: 'a' } },
      ['a < b @ b → a renamed declared', 'b < a @ a → b renamed declared'],
    ],
    [
      'two declared renames of one file: the first',
      { desired: { b: '', c: '' }, generated: { a: {} }, declared: { b: 'a', c: 'a' } },
      ['b < a @ a → b renamed declared', 'c < - @ c → c in-place'],
    ],
    [
      'a declared rename where the user went as well',
      { desired: { b: '' }, generated: { a: {} }, declared: { b: 'a' }, moved: { a: 'b' } },
      ['b < a @ b → b in-place declared'],
    ],
    [
      'a declared rename where the user went elsewhere',
      { desired: { b: '' }, generated: { a: {} }, declared: { b: 'a' }, moved: { a: 'c' } },
      ['b < a @ c → c moved'],
    ],
    [
      'a declared rename that leaves its place to a new file',
      { desired: { a: '', b: '' }, generated: { a: {} }, declared: { b: 'a' } },
      ['a < - @ a → a in-place vacated', 'b < a @ a → b renamed declared'],
    ],
    // By the template.
    ['the same template', { desired: { b: { template: 't' } }, generated: { a: { template: 't' } } }, ['b < a @ a → b renamed template']],
    [
      'the same template of another pack',
      { desired: { b: { template: 't' } }, generated: { a: { template: 't', pack: 'q' } } },
      ['- < a @ a → a in-place', 'b < - @ b → b in-place'],
    ],
    [
      'the same template of two new files',
      { desired: { b: { template: 't' }, c: { template: 't' } }, generated: { a: { template: 't' } } },
      ['- < a @ a → a in-place', 'b < - @ b → b in-place', 'c < - @ c → c in-place'],
    ],
    [
      'the same template of two old files',
      { desired: { c: { template: 't' } }, generated: { a: { template: 't' }, b: { template: 't' } } },
      ['- < a @ a → a in-place', '- < b @ b → b in-place', 'c < - @ c → c in-place'],
    ],
    [
      'the same template where another file is as before',
      { desired: { b: { template: 't' }, x: '' }, generated: { a: { template: 't' }, x: {} } },
      ['b < a @ a → b renamed template', 'x < x @ x → x in-place'],
    ],
    [
      'the same template onto something of the user',
      { desired: { b: { template: 't' } }, generated: { a: { template: 't' } }, taken: ['a', 'b'] },
      ['- < a @ a → a in-place', 'b < - @ b → b in-place'],
    ],
    [
      'the same template where the user went as well',
      { desired: { b: { template: 't' } }, generated: { a: { template: 't' } }, moved: { a: 'b' } },
      ['b < a @ b → b in-place template'],
    ],
    // By lines.
    ['like text', { desired: { b: `${LINES}more` }, generated: { a: { text: LINES } } }, ['b < a @ a → b renamed similar']],
    [
      'three lines of five, and no fewer',
      {
        desired: { c: 'one\ntwo\nthree\nx\ny', d: 'six\nseven\nu\nv\nw' },
        generated: { a: { text: LINES }, b: { text: 'six\nseven\neight\nnine\nten' } },
      },
      ['- < b @ b → b in-place', 'c < a @ a → c renamed similar', 'd < - @ d → d in-place'],
    ],
    [
      'like text of another pack',
      { desired: { b: LINES }, generated: { a: { text: LINES, pack: 'q' } } },
      ['- < a @ a → a in-place', 'b < - @ b → b in-place'],
    ],
    ['like text whose base is lost', { desired: { b: LINES }, generated: { a: {} } }, ['- < a @ a → a in-place', 'b < - @ b → b in-place']],
    [
      'what is more alike, before what is less',
      { desired: { b: `${LINES}x`, c: LINES }, generated: { a: { text: LINES } } },
      ['b < - @ b → b in-place', 'c < a @ a → c renamed similar'],
    ],
    [
      'what is as alike, by code unit',
      { desired: { c: LINES, d: LINES }, generated: { b: { text: LINES }, a: { text: LINES } } },
      ['c < a @ a → c renamed similar', 'd < b @ b → d renamed similar'],
    ],
    [
      'a template before what is alike',
      { desired: { c: { template: 't', text: 'x' }, d: LINES }, generated: { a: { template: 't', text: LINES } } },
      ['c < a @ a → c renamed template', 'd < - @ d → d in-place'],
    ],
    // By the user.
    ['a file that the user moved', { desired: { a: '' }, generated: { a: {} }, moved: { a: 'x' } }, ['a < a @ x → x moved']],
    ['a file that the user moved, no longer wanted', { generated: { a: {} }, moved: { a: 'x' } }, ['- < a @ x → x moved']],
    ['a file that stays where the user has it', { desired: { a: '' }, generated: { x: { output: 'a' } } }, ['a < x @ x → x moved']],
    ['a file that stays where the user has it, no longer wanted', { generated: { x: { output: 'a' } } }, ['- < x @ x → x moved']],
    [
      'a file that the user moved back',
      { desired: { a: '' }, generated: { x: { output: 'a' } }, taken: ['a'] },
      ['a < x @ a → a in-place'],
    ],
    [
      'a file that the user moved on',
      { desired: { a: '' }, generated: { x: { output: 'a' } }, moved: { x: 'y' } },
      ['a < x @ y → y moved'],
    ],
    ['a moved file that the user deleted', { desired: { a: '' }, generated: { x: { output: 'a' } }, taken: [] }, ['a < x @ x → x moved']],
    [
      'a file that only looks as if it had gone where another one is wanted',
      { desired: { a: '', b: '' }, generated: { a: {} }, moved: { a: 'b' } },
      ['a < a @ a → a in-place', 'b < - @ b → b in-place'],
    ],
    [
      'what the user has where the packs want another file now',
      { desired: { x: '' }, generated: { x: { output: 'a', template: 'other' } } },
      ['x < x @ x → x in-place'],
    ],
  ])('places %s', (_, world, placements) => expect(place(world)).toEqual(placements));
});
