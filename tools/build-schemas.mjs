// Writes schemas/*.json from the readers' own schemas; `--check` only compares, and fails when a file is stale.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'tsdown';
import { formatOutputSchema } from './output-schema.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, 'node_modules', '.cache');
mkdirSync(cache, { recursive: true });
const work = mkdtempSync(join(cache, 'schemas-'));

try {
  await build({
    config: false,
    cwd: root,
    entry: { 'editor-schemas': 'tools/editor-schemas.ts' },
    outDir: work,
    format: 'esm',
    platform: 'node',
    dts: false,
    clean: false,
    report: false,
    logLevel: 'error',
  });
  const { formatEditorSchemas } = await import(pathToFileURL(join(work, 'editor-schemas.mjs')).href);
  const texts = [...formatEditorSchemas(), ['output.schema.json', formatOutputSchema(root)]];
  const stale = texts.filter(([name, text]) => read(name) !== text);
  if (process.argv.includes('--check')) {
    for (const [name] of stale) console.error(`schemas/${name} is stale: run node tools/build-schemas.mjs`);
    process.exitCode = stale.length === 0 ? 0 : 1;
  } else {
    mkdirSync(join(root, 'schemas'), { recursive: true });
    for (const [name, text] of stale) writeFileSync(join(root, 'schemas', name), text);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

function read(name) {
  try {
    return readFileSync(join(root, 'schemas', name), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
