// Executes everything that says whether packsmith is ready, and computes a score from it: `npm run readiness`. Ends with 1 below the score to go.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY, withModules } from './load-modules.mjs';

const modules = ['collect', 'score', 'format-report', 'format-data'].map((name) => `tools/readiness/${name}.ts`);

await withModules(modules, async ({ collectEvidence }, { scoreReadiness, GO_FROM }, { formatReadiness }, { formatData }) => {
  const evidence = await collectEvidence({ repository: REPOSITORY, onStep: (step) => console.log(`run  ${step}`) });
  const readiness = scoreReadiness(evidence);
  writeFileSync(join(REPOSITORY, 'docs/production-readiness.md'), formatReadiness(readiness, evidence));
  writeFileSync(join(REPOSITORY, 'docs/production-readiness.json'), formatData(readiness, evidence));
  for (const { name, points, outOf, deductions } of readiness.dimensions) {
    console.log(`${String(points).padStart(5)} of ${String(outOf).padStart(2)}  ${name}`);
    for (const { points: lost, reason } of deductions) console.log(`       −${lost}  ${reason}`);
  }
  for (const { file, name, failure } of evidence.tests.filter(({ status }) => status === 'failed')) {
    console.log(`\nfailed  ${file}: ${name}\n${failure ?? ''}`);
  }
  console.log(`\n${readiness.score} of 100: ${readiness.verdict} (go from ${GO_FROM})`);
  process.exitCode = readiness.verdict === 'go' ? 0 : 1;
});
