// Executes everything that says whether packsmith is ready, and computes a score from it: `npm run readiness`. Ends with 1 below the score to go.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'tsdown';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(repository, 'node_modules', '.cache');
mkdirSync(cache, { recursive: true });
const work = mkdtempSync(join(cache, 'readiness-'));

try {
  const entry = Object.fromEntries(['collect', 'score', 'format-report'].map((name) => [name, `tools/readiness/${name}.ts`]));
  const quiet = { dts: false, clean: false, report: false, logLevel: 'error' };
  await build({ config: false, cwd: repository, entry, outDir: work, format: 'esm', platform: 'node', ...quiet });
  const load = (name) => import(pathToFileURL(join(work, `${name}.mjs`)).href);
  const [{ collectEvidence }, { scoreReadiness, GO_FROM }, { formatReadiness }] = await Promise.all(Object.keys(entry).map(load));

  const evidence = await collectEvidence({ repository, onStep: (step) => console.log(`run  ${step}`) });
  const readiness = scoreReadiness(evidence);
  writeFileSync(join(repository, 'docs/production-readiness.md'), formatReadiness(readiness, evidence));
  const { tests, ...facts } = evidence;
  const counts = Object.fromEntries(
    ['passed', 'failed', 'skipped'].map((status) => [status, tests.filter((test) => test.status === status).length]),
  );
  writeFileSync(
    join(repository, 'docs/production-readiness.json'),
    `${JSON.stringify({ ...readiness, evidence: { ...facts, tests: counts } }, undefined, 2)}\n`,
  );
  for (const { name, points, outOf, deductions } of readiness.dimensions) {
    console.log(`${String(points).padStart(5)} of ${String(outOf).padStart(2)}  ${name}`);
    for (const { points: lost, reason } of deductions) console.log(`       −${lost}  ${reason}`);
  }
  console.log(`\n${readiness.score} of 100: ${readiness.verdict} (go from ${GO_FROM})`);
  process.exitCode = readiness.verdict === 'go' ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
