import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../text/utf8.ts';
import type { FileTree } from '../tree/file-tree.ts';
import { parseProjectPath } from '../tree/project-path.ts';
import { checkKept } from './check-kept.ts';
import type { CaseEdit } from './pack-case.ts';

type Texts = Readonly<Record<string, string>>;

const tree = (texts: Texts): FileTree =>
  new Map(Object.entries(texts).map(([path, text]) => [parseProjectPath(path), { content: encodeUtf8(text), mode: 0o644 }]));

const write: CaseEdit = { path: 'a', action: { kind: 'write', text: '' } };
const remove: CaseEdit = { path: 'a', action: { kind: 'delete' } };
const move: CaseEdit = { path: 'a', action: { kind: 'move', to: 'b' } };

interface Case {
  readonly edits: readonly CaseEdit[];
  readonly generated: Texts;
  readonly edited: Texts;
  readonly updated: Texts;
  readonly renamed?: readonly (readonly [string, string])[];
}

function lost({ edits, generated, edited, updated, renamed = [] }: Case): string[] {
  const request = { edits, generated: tree(generated), edited: tree(edited), updated: tree(updated), renamed: new Map(renamed) };
  return checkKept(request).map(({ message }) => message);
}

describe('an edit', () => {
  const edited = { edits: [write], generated: { a: 'x\n' }, edited: { a: 'x\nmine,\n' } };

  it('is kept where its lines are, whatever stands around them', () => {
    expect(lost({ ...edited, updated: { a: 'new\n  mine\n' } })).toEqual([]);
  });

  it('is lost where a line of it is gone', () => {
    expect(lost({ ...edited, updated: { a: 'x\nnew\n' } })).toEqual(['the update lost a line that was put into a: "mine"']);
  });

  it('is lost where its file is gone, unless the pack renamed it', () => {
    expect(lost({ ...edited, updated: {} })).toEqual(['a was edited, and the update deleted it']);
    expect(lost({ ...edited, updated: { c: 'mine\n' }, renamed: [['a', 'c']] })).toEqual([]);
  });

  it('counts lines that were there before', () => {
    const twice = { edits: [write], generated: { a: 'x\n' }, edited: { a: 'x\nx\nx\n' } };
    expect(lost({ ...twice, updated: { a: 'x\n' } })).toEqual(['the update lost a line that was put into a: "x"']);
  });
});

describe('a deletion and a move', () => {
  it('stay', () => {
    expect(lost({ edits: [remove], generated: { a: 'x' }, edited: {}, updated: {} })).toEqual([]);
    expect(lost({ edits: [move], generated: { a: 'x' }, edited: { b: 'x' }, updated: { b: 'y' } })).toEqual([]);
  });

  it('are lost where the file comes back, or is at neither place', () => {
    expect(lost({ edits: [remove], generated: { a: 'x' }, edited: {}, updated: { a: 'x' } })).toEqual([
      'a was deleted, and the update brought it back',
    ]);
    expect(lost({ edits: [move], generated: { a: 'x' }, edited: { b: 'x' }, updated: {} })).toEqual([
      'b was edited, and the update deleted it',
    ]);
  });
});
