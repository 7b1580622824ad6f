import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { summarize } from './statistics.mjs';

/**
 * One program of a comparison.
 * @typedef {object} Contestant
 * @property {string} name
 * @property {string[]} command  the program and its arguments
 * @property {string} [cwd]
 * @property {Record<string, string>} [env]  added to a small environment
 * @property {() => void} [prepare]  done before each run, outside the measured time
 * @property {() => void} [verify]  throws when the last run did not do what all are to do
 */

const REPORT_PEAK = new URL('../programs/report-peak', import.meta.url).pathname;

/**
 * Runs all contestants in turn (A B C A B C …), so that a machine that becomes slower does so for all of them, and gives a row each:
 * wall-clock milliseconds of the whole process, and the most memory it had at one time.
 * @param {Contestant[]} contestants
 * @param {{ rounds: number, warmups: number }} options
 */
export function compare(contestants, { rounds, warmups }) {
  const times = new Map(contestants.map(({ name }) => [name, []]));
  for (let round = -warmups; round < rounds; round++) {
    for (const contestant of contestants) {
      const milliseconds = runOnce(contestant);
      if (round >= 0) times.get(contestant.name).push(milliseconds);
      else contestant.verify?.();
    }
  }
  return contestants.map((contestant) => ({
    name: contestant.name,
    ...summarize(times.get(contestant.name)),
    peakMegabytes: measurePeak(contestant),
  }));
}

function runOnce(contestant) {
  contestant.prepare?.();
  settleDisk();
  const start = process.hrtime.bigint();
  run(contestant.command, contestant);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** What an earlier program left to be written would otherwise be paid for by the next one that waits for the disk. */
function settleDisk() {
  if (process.platform === 'linux') spawnSync('sync', ['-f', tmpdir()]);
}

/** In a run of its own, since asking costs time. */
function measurePeak(contestant) {
  contestant.prepare?.();
  const report = join(tmpdir(), `packsmith-bench-peak-${process.pid}`);
  const [program, ...rest] = contestant.command;
  const env = { ...contestant.env, PEAK_REPORT: report };
  if (program === process.execPath) run([program, '--require', `${REPORT_PEAK}.cjs`, ...rest], { ...contestant, env });
  else run(['python3', `${REPORT_PEAK}.py`, ...contestant.command], { ...contestant, env });
  const kilobytes = Number(readFileSync(report, 'utf8'));
  rmSync(report);
  return kilobytes / 1024;
}

function run([program, ...args], { name, cwd, env }) {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env: { PATH: process.env.PATH, HOME: tmpdir(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${name} failed: ${error ?? ''}\n${stdout}\n${stderr}`);
}
