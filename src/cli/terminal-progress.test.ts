import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProgressEvent } from '../ports/reporter.ts';
import { createProgress } from './terminal-progress.ts';

const EVENTS: readonly ProgressEvent[] = [
  { kind: 'pack-loaded', pack: 'a', version: '1.0.0' },
  { kind: 'pack-rendered', pack: 'a', files: 2 },
  { kind: 'pack-rendered', pack: 'b', files: 1 },
  { kind: 'applying', done: 1, total: 2, deletes: false },
  { kind: 'applying', done: 2, total: 2, deletes: false },
  { kind: 'applying', done: 3, total: 3, deletes: true },
  { kind: 'hook-started', pack: 'a', name: 'install' },
  { kind: 'case-command', name: 'it greets', command: 'node main.js' },
  { kind: 'case-ended', name: 'it greets', done: 1, total: 3 },
  { kind: 'recovered', operation: 'generate', outcome: 'taken-back', kept: ['x'] },
];

function record(kind: 'line' | 'lines' | 'none') {
  const { progress, written } = start(kind);
  for (const event of EVENTS) progress.report(event);
  progress.clear();
  return { written: written(), notices: progress.notices };
}

describe('progress', () => {
  it('is a line a step where there is no terminal', () => {
    expect(record('lines').written.split('\n')).toEqual([
      'read a 1.0.0',
      'rendered a: 2 files',
      'rendered b: 1 file',
      'wrote 2 of 2 files',
      'changed 3 of 3 files',
      'running the hook "install" of a',
      'ran case 1 of 3: it greets',
      '',
    ]);
  });

  it.each(['line', 'none'] as const)('with %s writes nothing for work that is done at once', (kind) => {
    expect(record(kind).written).toBe('');
  });

  it.each(['line', 'lines', 'none'] as const)('with %s keeps the news of a recovery for the end', (kind) => {
    expect(record(kind).notices).toEqual(['an interrupted generate was taken back; files that changed meanwhile were kept, see x']);
  });
});

describe('progress on a terminal', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('shows what began early and still goes on', () => {
    const { progress, written } = start('line');
    progress.report({ kind: 'applying', done: 2, total: 2, deletes: false });
    progress.report({ kind: 'hook-started', pack: 'a', name: 'install' });
    vi.advanceTimersByTime(299);
    expect(written()).toBe('');
    vi.advanceTimersByTime(1);
    expect(written()).toBe('\r\u001b[2Krunning the hook "install" of a');
  });

  it('draws nothing once it is cleared', () => {
    const { progress, written } = start('line');
    progress.report({ kind: 'hook-started', pack: 'a', name: 'install' });
    progress.clear();
    vi.advanceTimersByTime(1_000);
    expect(written()).toBe('');
  });
});

function start(kind: 'line' | 'lines' | 'none') {
  let written = '';
  const output = {
    isTerminal: kind === 'line',
    columns: 40,
    write: (text: string | Uint8Array) => {
      written += String(text);
    },
  };
  return { progress: createProgress({ output, kind }), written: () => written };
}
