import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const built = new Map<string, Promise<string>>();
let directory: string | undefined;

/**
 * Bundles a TypeScript entry into a module that any Node can run as a child process, once in a test process.
 *
 * @param entry the URL of the entry, such as `new URL('./child.ts', import.meta.url)`.
 * @returns the path of the module, which is removed when the test process ends.
 */
export function buildScript(entry: URL): Promise<string> {
  const path = fileURLToPath(entry);
  const known = built.get(path) ?? bundle(path, join(makeDirectory(), `script-${built.size}.mjs`));
  built.set(path, known);
  return known;
}

/** The environment of this process without what would change how a child Node starts. */
export function childEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, ...rest } = process.env;
  return { ...rest, ...extra };
}

async function bundle(input: string, output: string): Promise<string> {
  const build = await rolldown({ input, platform: 'node', logLevel: 'silent' });
  await build.write({ file: output, format: 'esm', codeSplitting: false });
  await build.close();
  return output;
}

function makeDirectory(): string {
  if (directory !== undefined) return directory;
  const made = mkdtempSync(join(tmpdir(), 'packsmith-scripts-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  directory = made;
  return made;
}
