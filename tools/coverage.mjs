// Which branches of the core and the operations the tests take, in their own process and in the programs that they start:
// `npm run coverage`, or with arguments of the test runner, such as `npm run coverage -- --project integration test/e2e`.
// The last lines are the sums; with `--untaken` each way of a branch that nothing took comes before them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { REPOSITORY, withModules } from './load-modules.mjs';

const args = process.argv.slice(2);
const isListed = args.includes('--untaken');
const chosen = args.filter((arg) => arg !== '--untaken');
const tests = chosen.length > 0 ? chosen : ['unit', 'integration', 'thorough'].flatMap((project) => ['--project', project]);
const directory = mkdtempSync(join(tmpdir(), 'packsmith-coverage-'));

try {
  await withModules(['tools/coverage/complete-coverage.ts', 'tools/coverage/summarize.ts'], async ({ prepareCoverage }, counting) => {
    const run = prepareCoverage(directory);
    const command = ['vitest', 'run', ...tests, ...run.args];
    const { status } = spawnSync('npx', command, { cwd: REPOSITORY, env: { ...process.env, ...run.env }, stdio: 'inherit' });
    process.exitCode = status ?? 1;
    const coverage = await run.read();
    if (coverage === undefined) throw new Error('the tests gave no coverage');
    if (isListed)
      for (const { file, line, kind, way } of counting.listUntaken(coverage.files))
        console.log(`${relative(REPOSITORY, file)}:${line}  way ${way} of ${kind}`);
    for (const layer of ['core', 'ops']) {
      const [all, inProcess] = [coverage.files, coverage.inProcess].map((files) => format(counting.countBranches(files, layer)));
      const unmatched = counting.ofLayer(coverage.unmatched, layer).reduce((sum, count) => sum + count, 0);
      console.log(`${layer}: branches ${all}, lines ${format(counting.countLines(coverage.files, layer))}`);
      console.log(`${' '.repeat(layer.length)}  in the process of the tests alone ${inProcess}; only there can ${unmatched} be told apart`);
    }
  });
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function format({ covered, total }) {
  return `${((100 * covered) / total).toFixed(1)} % of ${total}`;
}
