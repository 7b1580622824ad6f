import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runInProcess } from '../../support/run-in-process.ts';
import { emptyDirectory, generateResult, readResult, writeTemplate } from '../template-world.ts';
import { FIRMWARE_FILES, FIRMWARE_RUNS } from './board-firmware.ts';

const world = mkdtempSync(join(tmpdir(), 'packsmith fïrmware '));
afterAll(() => rmSync(world, { recursive: true, force: true }));

describe('firmware for a board, a large template of cargo-generate', () => {
  it.each(FIRMWARE_RUNS.map((run) => [run.name, run] as const))('gives every byte %s', async (name, run) => {
    const root = emptyDirectory(world, name);
    writeTemplate(join(root, 'template'), FIRMWARE_FILES);
    const end = await generateResult(root, './template', run.answers);
    expect(end.exitCode, end.stdout + end.stderr).toBe(0);
    expect(readResult(join(root, 'my-result'))).toEqual(run.gives);
    const status = await runInProcess(['status'], { cwd: join(root, 'my-result'), home: join(root, 'home') });
    expect(status.exitCode, status.stdout + status.stderr).toBe(0);
  });
});
