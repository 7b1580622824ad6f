import { defineConfig } from 'tsdown';

// Everything that is used at run time is bundled: the published package has no dependencies.
const shared = {
  platform: 'node',
  target: 'node20.19',
  clean: true,
  deps: { onlyBundle: false },
  // Where a library has both, its ES modules: they can be shaken, and have none of the tricks by which UMD files hide what they require.
  inputOptions: { resolve: { mainFields: ['module', 'main'] } },
} as const;

export default defineConfig([
  {
    ...shared,
    name: 'cli',
    entry: { 'fast-path': 'src/fast-path.ts' },
    outDir: 'dist/cli',
    // CommonJS starts 8 to 12 ms faster than ESM; every dynamic import becomes a chunk of its own.
    format: 'cjs',
    checks: { legacyCjs: false },
    dts: false,
    minify: true,
  },
  {
    ...shared,
    name: 'lib',
    entry: { index: 'src/index.ts', 'testing/index': 'src/testing/index.ts' },
    outDir: 'dist/lib',
    format: 'esm',
    fixedExtension: false,
    dts: true,
  },
]);
