// Writes docs/reference/commands.md and errors.md, and the generated parts of other pages, from the tables of the program.
// `npx vitest run src/cli/reference.test.ts test/docs` fails when they are stale.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'tsdown';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, 'node_modules', '.cache');
mkdirSync(cache, { recursive: true });
const work = mkdtempSync(join(cache, 'reference-'));

try {
  const entry = { reference: 'src/cli/reference.ts', table: 'src/cli/command-table.ts', parts: 'tools/generated-parts.ts' };
  const quiet = { dts: false, clean: false, report: false, logLevel: 'error' };
  await build({ config: false, cwd: root, entry, outDir: work, format: 'esm', platform: 'node', ...quiet });
  const load = (name) => import(pathToFileURL(join(work, `${name}.mjs`)).href);
  const [{ formatReference }, { COMMANDS }, { fillGeneratedParts }] = await Promise.all(['reference', 'table', 'parts'].map(load));
  const directory = join(root, 'docs', 'reference');
  mkdirSync(directory, { recursive: true });
  for (const [name, text] of formatReference(COMMANDS.map(({ spec }) => spec))) writeFileSync(join(directory, name), text);
  for (const folder of ['.', 'contributing', 'reference', 'explanation']) {
    for (const name of readdirSync(join(root, 'docs', folder)).filter((entry) => entry.endsWith('.md'))) {
      const path = join(root, 'docs', folder, name);
      const page = readFileSync(path, 'utf8');
      const filled = fillGeneratedParts(page);
      if (filled !== page) writeFileSync(path, filled);
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
