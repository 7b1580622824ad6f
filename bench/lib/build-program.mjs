// Bundles a program of the benchmarks, which calls packsmith's own modules.
import { join } from 'node:path';
import { build } from 'tsdown';

/** @returns the file that `bench/programs/NAME.ts` became. */
export async function buildProgram(name, outDir) {
  await build({
    config: false,
    entry: { [name]: join(import.meta.dirname, `../programs/${name}.ts`) },
    outDir,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    dts: false,
    logLevel: 'error',
    deps: { onlyBundle: false },
    fixedExtension: true,
  });
  return join(outDir, `${name}.mjs`);
}
