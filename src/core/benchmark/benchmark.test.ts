import { describe, expect, it } from 'vitest';
import { BENCHMARK_PHASES, type Benchmark, compareBenchmarks, findRegression, parseBenchmark } from './benchmark.ts';
import { spreadOf } from './spread.ts';

const flat = (value: number) => ({ min: value, lower: value, median: value, upper: value, max: value });

function benchmark(total: Benchmark['phases']['total']): Benchmark {
  const phases = Object.fromEntries(BENCHMARK_PHASES.map((phase) => [phase, phase === 'total' ? total : flat(1)]));
  const machine = { node: 'v20', platform: 'linux x64', processor: 'x', processors: 2 };
  const size = { packs: [{ id: 'web', version: '1.0.0' }], files: 1, bytes: 2, iterations: 3 };
  return { format: 1, ...size, machine, packsmith: '0.1.0', first: 9, phases: phases as Benchmark['phases'] };
}

describe('a spread', () => {
  it.each([
    [[5], flat(5)],
    [[3, 1, 2], { min: 1, lower: 1.5, median: 2, upper: 2.5, max: 3 }],
    [[4, 1, 3, 2], { min: 1, lower: 1.75, median: 2.5, upper: 3.25, max: 4 }],
    [[1.23456, 1.23456], flat(1.235)],
  ])('of %j', (values, expected) => expect(spreadOf(values)).toEqual(expected));
});

describe('a saved result', () => {
  it('is read as it was written', () => {
    const saved = benchmark(flat(10));
    expect(parseBenchmark(JSON.stringify(saved))).toEqual({ benchmark: saved });
  });

  it.each([
    ['no JSON', '{', 'it is no JSON: '],
    ['another format', JSON.stringify({ ...benchmark(flat(1)), format: 2 }), 'format: '],
    ['no phases', JSON.stringify({ ...benchmark(flat(1)), phases: {} }), 'it has no "phases.load"'],
    ['another document', '{"name":"x"}', 'it has no "format"'],
  ])('of %s is refused', (_, text, problem) => {
    expect(parseBenchmark(text)).toEqual({ problem: expect.stringContaining(problem) });
  });
});

describe('a comparison', () => {
  const spread = (lower: number, median: number, upper: number) => ({ min: 0, lower, median, upper, max: 999 });
  const total = (before: Benchmark['phases']['total'], after: Benchmark['phases']['total']) => {
    const changes = compareBenchmarks(benchmark(before), benchmark(after));
    return { change: changes.find(({ phase }) => phase === 'total'), regression: findRegression(changes, 20)?.percent };
  };

  it.each([
    ['clearly slower', spread(9, 10, 11), spread(14, 15, 16), { percent: 50, isClear: true }, 50],
    ['slower, within the noise', spread(5, 10, 20), spread(10, 15, 25), { percent: 50, isClear: false }, undefined],
    ['slower by less than is allowed', spread(9, 10, 10), spread(11, 11.5, 12), { percent: 15, isClear: true }, undefined],
    ['faster', spread(9, 10, 11), spread(4, 5, 6), { percent: -50, isClear: true }, undefined],
    ['from nothing', flat(0), flat(1), { percent: 0, isClear: true }, undefined],
  ])('%s', (_, before, after, change, regression) => {
    expect(total(before, after)).toMatchObject({ change, regression });
  });
});
