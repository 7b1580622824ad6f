// Loads modules that are written in TypeScript, which the oldest Node that runs packsmith does not.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'tsdown';

export const REPOSITORY = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Calls `use` with the modules, and answers what it answers. Their paths are relative to the repository. */
export async function withModules(paths, use) {
  const cache = join(REPOSITORY, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'tool-'));
  try {
    const entry = Object.fromEntries(paths.map((path) => [basename(path, '.ts'), path]));
    const quiet = { dts: false, clean: false, report: false, logLevel: 'error' };
    const deps = { skipNodeModulesBundle: true };
    await build({ config: false, cwd: REPOSITORY, entry, outDir: work, format: 'esm', platform: 'node', deps, ...quiet });
    const load = (name) => import(pathToFileURL(join(work, `${name}.mjs`)).href);
    return await use(...(await Promise.all(Object.keys(entry).map(load))));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
