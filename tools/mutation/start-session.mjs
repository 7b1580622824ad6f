// One session: the test runner with instrumented sources, and with a runner of ours in place of its own. The job is a file that MUTATION_JOB names.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startVitest } from 'vitest/node';

const job = JSON.parse(readFileSync(process.env.MUTATION_JOB, 'utf8'));
const instrumented = JSON.parse(readFileSync(job.instrumented, 'utf8'));
const programSetup = join(job.repository, 'test/support/program-setup.ts');

const options = {
  root: job.repository,
  config: false,
  watch: false,
  update: false,
  include: job.tests,
  // Some of the tests run the core here, and what it starts from the program.
  globalSetup: existsSync(programSetup) ? programSetup : [],
  runner: join(import.meta.dirname, 'worker.ts'),
  pool: 'threads',
  isolate: false,
  fileParallelism: false,
  maxWorkers: 1,
  testTimeout: 0,
  reporters: [{}],
  dangerouslyIgnoreUnhandledErrors: true,
};
const plugin = { name: 'instrumented', enforce: 'pre', load: (id) => instrumented[id.split('?')[0]] };
const vitest = await startVitest('test', [], options, { plugins: [plugin], logLevel: 'error' });
for (const error of vitest.state.getUnhandledErrors()) console.error(error);
for (const module of vitest.state.getTestModules()) for (const { message, stack } of module.errors()) console.error(message, stack);
await vitest.close();
process.exit(0);
