import { defineConfig, type UserConfig } from 'tsdown';
import { asciiOnly } from './tools/ascii-only.ts';

// Everything that is used at run time is bundled but for what package.json has as dependencies.
const shared = {
  platform: 'node',
  target: 'node20.19',
  clean: true,
  deps: { onlyBundle: false },
  checks: { pluginTimings: false },
  // Where a library has both, its ES modules: they can be shaken, and have none of the tricks by which UMD files hide what they require.
  inputOptions: { resolve: { mainFields: ['module', 'main'] } },
  // jsonc-parser makes tables for writing JSON, which takes longer than anything else that is evaluated at the start, and only reading is used.
  treeshake: { moduleSideEffects: [{ test: /[\\/]jsonc-parser[\\/]/, sideEffects: false }] },
} satisfies UserConfig;

// For measuring what tests execute of the program it is built into this directory, with maps and as it is written. What is published is neither.
const readable = process.env['PACKSMITH_READABLE_BUILD'];

// CommonJS starts 8 to 12 ms faster than ESM.
const program = {
  ...shared,
  format: 'cjs',
  checks: { legacyCjs: false, pluginTimings: false },
  dts: false,
  ...(readable === undefined ? { minify: true, plugins: [asciiOnly()] } : { minify: false, sourcemap: 'hidden' }),
} satisfies UserConfig;

export default defineConfig([
  // One file, so that what starts first reads nothing else.
  { ...program, name: 'bin', entry: { 'fast-path': 'src/fast-path.ts' }, outDir: `${readable ?? 'dist'}/bin` },
  // Every dynamic import becomes a chunk of its own, but for what `generate` always needs, and what the decoders of other tools' templates share:
  // each of these is one, since each file costs time to open.
  {
    ...program,
    name: 'cli',
    entry: { program: 'src/cli/terminal-host.ts' },
    outDir: `${readable ?? 'dist'}/cli`,
    outputOptions: {
      codeSplitting: {
        groups: [
          { name: 'program', test: /src\/cli\/terminal-host\.ts$/, priority: 2 },
          { name: 'generate', test: /src\/(?:cli\/commands\/generate|node-ports)\.ts$/, priority: 1 },
          { name: 'foreign', test: /src\/core\/(?:foreign\/[^/]+|jinja\/(?:extensions|ansible|regex|python-data)\/[^/]+)\.ts$/ },
        ],
      },
    },
  },
  // The query engine stays a package of its own: its WebAssembly stands in a file beside its code.
  {
    ...shared,
    name: 'sparql',
    entry: { worker: 'src/adapters/sparql/worker/main.ts' },
    outDir: 'dist/sparql',
    format: 'esm',
    dts: false,
    minify: true,
  },
  // It has readable streams of its own, which Node's are as well as; and queries inside shapes are not supported.
  {
    ...shared,
    name: 'shacl',
    entry: { worker: 'src/adapters/shacl/worker/main.ts' },
    outDir: 'dist/shacl',
    format: 'esm',
    dts: false,
    minify: true,
    alias: { 'readable-stream': 'node:stream' },
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
