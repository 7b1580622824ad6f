import type { Shape, Step } from './shapes.ts';

/** A script that broke a law once. */
export interface Found {
  readonly what: string;
  readonly packs: readonly Shape[];
  readonly script: readonly Step[];
}

/** What the model found, as small as it was shrunk. The law that each one broke holds since. */
export const FOUND: readonly Found[] = [
  {
    what: 'a file is moved to where the pack wants another one later, and the first one no more: one path was planned twice',
    packs: [
      { id: 'app', files: { 'data.toml': { epsilon: [], alpha: ['z'] } }, executable: [] },
      { id: 'base', files: { 'config.json': { alpha: false } }, executable: [] },
      { id: 'other', files: { 'config.json': { alpha: [] } }, executable: [] },
    ],
    script: [
      { kind: 'move', path: 'data.toml', into: 'd/settings.yaml' },
      { kind: 'update', onConflict: 'markers' },
      { kind: 'release', shape: { id: 'app', files: { 'd/settings.yaml': { alpha: 'alpha' } }, executable: [] } },
      { kind: 'update', onConflict: 'markers' },
    ],
  },
  {
    what: 'the file beside a binary one is deleted, as settling asks for, and the update is aborted then: the plan contradicted itself',
    packs: [
      { id: 'app', files: { 'config.json': { alpha: 'alpha' } }, executable: [] },
      { id: 'base', files: { 'config.json': { alpha: 'alpha' } }, executable: [] },
      { id: 'other', files: { 'config.json': { alpha: 'alpha' } }, executable: [] },
    ],
    script: [
      { kind: 'release', shape: { id: 'app', files: { 'b.txt': Uint8Array.from([0, 97, 108, 112, 104, 97, 10]) }, executable: [] } },
      { kind: 'write', path: 'b.txt' },
      { kind: 'update', onConflict: 'markers' },
      { kind: 'settle' },
      { kind: 'abort' },
      { kind: 'write', path: 'a.txt' },
      { kind: 'update', onConflict: 'markers' },
      { kind: 'edit', path: 'a.txt', at: 0 },
    ],
  },
];
