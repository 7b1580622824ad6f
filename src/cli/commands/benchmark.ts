import { resolve } from 'node:path';
import { type Benchmark, compareBenchmarks, findRegression, type PhaseChange, parseBenchmark } from '../../core/benchmark/benchmark.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { encodeUtf8 } from '../../core/text/utf8.ts';
import type { NodePorts } from '../../node-ports.ts';
import { benchmarkPacks } from '../../ops/author/benchmark-packs.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import type { CommandInput } from '../command-spec.ts';
import { loadOptionsOf } from '../load-options.ts';
import { readGivenAnswers } from '../read-given-answers.ts';
import type { benchmarkSpec } from '../specs/benchmark.ts';
import { viewBenchmark } from '../views/benchmark.ts';

const ITERATIONS = 20;

export const runBenchmark: RunCommand<typeof benchmarkSpec> = async (input, context) => {
  const { flags, positionals } = input;
  const { compare, output, 'max-regression': maximum } = flags;
  if (maximum !== undefined && compare === undefined)
    throw new PacksmithError('INVALID_ARGUMENTS', '--max-regression compares: say with what, by --compare');
  const opened = await context.openPorts();
  const ports = { ...opened, ...(await opened.openTrials()) };
  const saved = compare === undefined ? undefined : readSaved(compare, context, ports);
  const references = positionals.length === 0 ? ['.'] : positionals;
  const subjects = compare === undefined || saved !== undefined ? [references] : [references, [compare]];
  const { workingDirectory } = context;
  const given = await readGivenAnswers(flags, context, ports);
  const request = { subjects, given, iterations: flags.iterations ?? ITERATIONS, ...loadOptionsOf(context) };
  const [benchmark, other] = await benchmarkPacks(request, ports);
  const own = benchmark as Benchmark;
  const before = saved ?? other;
  const changes = before === undefined ? [] : compareBenchmarks(before, own);
  if (output !== undefined) await save(own, resolve(workingDirectory, output), ports);
  return {
    data: { benchmark: own, compared: before ?? null, changes },
    view: (terminal) => viewBenchmark(own, { before, changes }, terminal),
    warnings: before === undefined ? [] : findDifferences(before, own),
    next: nextCommands(input),
    ...regression(changes, maximum),
  };
};

/** A saved result, where the text names a file. */
function readSaved(text: string, { workingDirectory }: CommandContext, { files }: NodePorts): Benchmark | undefined {
  if (!/\.json$/i.test(text)) return undefined;
  const content = files.read(resolve(workingDirectory, text));
  if (content === undefined)
    throw new PacksmithError('FILE_NOT_FOUND', `there is no file ${text}`, { hint: 'save a result with --output FILE' });
  const parsed = parseBenchmark(content);
  if ('benchmark' in parsed) return parsed.benchmark;
  throw new PacksmithError('BENCHMARK_INVALID', `${text} is no saved result of \`packs benchmark\`: ${parsed.problem}`);
}

async function save(benchmark: Benchmark, path: string, ports: NodePorts): Promise<void> {
  const { packFiles } = await ports.openAuthoring();
  packFiles.writeFile(path, encodeUtf8(`${JSON.stringify(benchmark, undefined, 2)}\n`), { replace: true });
}

/** In what two results differ besides the packs, so that their times do not say which pack is faster. */
function findDifferences(before: Benchmark, after: Benchmark): string[] {
  const parts = (['node', 'platform', 'processor', 'processors'] as const).filter((key) => before.machine[key] !== after.machine[key]);
  const machine = parts.map((key) => `${before.machine[key]} and ${after.machine[key]}`);
  const tool = before.packsmith === after.packsmith ? [] : [`packsmith ${before.packsmith} and ${after.packsmith}`];
  const differences = [...machine, ...tool];
  return differences.length === 0 ? [] : [`the two were not measured under the same conditions: ${differences.join('; ')}`];
}

function regression(changes: readonly PhaseChange[], maximum: number | undefined): { readonly failure?: PacksmithError } {
  const found = maximum === undefined ? undefined : findRegression(changes, maximum);
  if (found === undefined) return {};
  const message = `generating takes ${found.percent} % longer: ${found.after} ms instead of ${found.before} ms; ${maximum} % are allowed`;
  return { failure: new PacksmithError('CHECK_FAILED', message, { hint: 'the phases above say where the time goes' }) };
}

function nextCommands({ flags, positionals }: CommandInput<typeof benchmarkSpec>): string[] {
  if (flags.compare !== undefined) return [];
  const command = ['packs benchmark', ...positionals].join(' ');
  return [flags.output === undefined ? `${command} --output before.json` : `${command} --compare ${flags.output}`];
}
