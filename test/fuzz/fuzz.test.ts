import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import fuzzing from '../../docs/registers/fuzzing.json' with { type: 'json' };
import { REPOSITORY } from '../docs/list-pages.ts';
import { readCorpus } from './corpus.ts';
import { fuzz } from './fuzz-loop.ts';
import { BrokenLaw, type FuzzTarget } from './fuzz-target.ts';
import { judge } from './judge.ts';
import { mutate } from './mutate.ts';
import { Random } from './random.ts';
import { FUZZ_TARGETS } from './targets.ts';

/** Enough to notice a law that no longer holds for much; `npm run fuzz` runs them for minutes. */
const EXECUTIONS = 60;

describe.each(FUZZ_TARGETS.map((target) => [target.name, target] as const))('%s', (name, target) => {
  const corpus = readCorpus(REPOSITORY, name);

  it.each(corpus.map((entry) => [entry.name, entry.input] as const))('keeps its laws: %s', async (_, input) => {
    const verdict = await judge(target, input);
    expect(verdict.kind, 'message' in verdict ? verdict.message : '').toBe('held');
  });

  it('keeps its laws: mutations of the corpus', async () => {
    const inputs = corpus.map(({ input }) => input);
    const report = await fuzz(target, { corpus: inputs, random: new Random(1), isOver: (executions) => executions > EXECUTIONS });
    expect(report.findings.map(({ message, input }) => `${message}\n${JSON.stringify(Buffer.from(input).toString('latin1'))}`)).toEqual([]);
  });
});

describe('the fuzzers', () => {
  it('have a corpus each, and there is none without a target', () => {
    expect(readdirSync(join(REPOSITORY, 'test/fuzz/corpus')).sort()).toEqual(FUZZ_TARGETS.map(({ name }) => name).sort());
  });

  const broken = (run: FuzzTarget['run']): FuzzTarget => ({ name: 'x', subject: 'x', laws: [], words: ['boom'], maxSeconds: 0.01, run });
  const start = { corpus: [Buffer.from('a')], isOver: (executions: number) => executions > 2000 };

  it('find what breaks a law, what throws, and what takes too long', async () => {
    const runs: FuzzTarget['run'][] = [
      (input) => {
        if (Buffer.from(input).includes('boom')) throw new BrokenLaw('no boom');
        return 'ok';
      },
      (input) => String(JSON.parse(input.length > 3 ? '{' : '1')),
      (input) => {
        let sum = input.length;
        for (let count = 0; count < 30_000_000; count++) sum += count % 7;
        return String(sum > 0);
      },
    ];
    const keys: (string | undefined)[] = [];
    for (const run of runs) {
      const isOver = (executions: number) => executions > (run === runs[2] ? 2 : 2000);
      keys.push((await fuzz(broken(run), { ...start, isOver, random: new Random(1) })).findings[0]?.key.split(' ')[0]);
    }
    expect(keys).toEqual(['BrokenLaw', 'SyntaxError', 'slow']);
  });

  it('run the same inputs for the same seed', async () => {
    const seen: string[][] = [];
    for (const seed of [7, 7, 8]) {
      const inputs: string[] = [];
      const note: FuzzTarget['run'] = (input) => String(inputs.push(Buffer.from(input).toString('latin1')) % 5);
      // Without a bound that a busy machine could reach: what is slow is tried again.
      await fuzz({ ...broken(note), maxSeconds: 60 }, { ...start, random: new Random(seed) });
      seen.push(inputs);
    }
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]).not.toEqual(seen[2]);
  });

  it('keep inputs below their bound, however often something is repeated', () => {
    const random = new Random(3);
    const longest = Array.from({ length: 3000 }, () =>
      mutate(Buffer.from('abc\ndef'), { random, words: ['word'], others: ['x\ny'], maxBytes: 1000 }),
    ).reduce((most, { length }) => Math.max(most, length), 0);
    expect(longest).toBe(1000);
  });
});

describe('the register of fuzzing', () => {
  const register = new Map(fuzzing.map((entry) => [entry.target, entry]));

  it('has every target, and no other', () => {
    expect([...register.keys()]).toEqual(FUZZ_TARGETS.map(({ name }) => name).sort());
  });

  it.each(FUZZ_TARGETS.map((target) => [target.name, target] as const))(
    'says of %s what it is, what was found, and that the last run found nothing',
    (name, target) => {
      const entry = register.get(name);
      const found = readCorpus(REPOSITORY, name).filter((stored) => stored.name.startsWith('found-'));
      expect(entry).toMatchObject({ subject: target.subject, laws: target.laws, found: found.map((stored) => stored.name) });
      expect(entry?.runs.at(-1)?.findings).toBe(0);
      expect(entry?.runs.reduce((seconds, run) => seconds + run.seconds, 0)).toBeGreaterThanOrEqual(60);
      for (const run of entry?.runs ?? [])
        expect(run).toMatchObject({ code: expect.stringMatching(/^[0-9a-f]{64}$/), seed: expect.any(Number) });
    },
  );
});
