// Changes `src/core` in small ways and sees whether tests notice: `npm run mutation -- [FOLDER …] [--one-of N] [--again]`. See docs/contributing/mutation.md.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'tsdown';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(repository, 'node_modules', '.cache');
mkdirSync(cache, { recursive: true });
const work = mkdtempSync(join(cache, 'mutation-tool-'));

try {
  const quiet = { dts: false, clean: false, report: false, logLevel: 'error' };
  const entry = { main: 'tools/mutation/main.ts' };
  await build({
    config: false,
    cwd: repository,
    entry,
    outDir: work,
    format: 'esm',
    platform: 'node',
    deps: { skipNodeModulesBundle: true },
    ...quiet,
  });
  const { runMutation } = await import(pathToFileURL(join(work, 'main.mjs')).href);
  await runMutation(repository, process.argv.slice(2));
} finally {
  rmSync(work, { recursive: true, force: true });
}
