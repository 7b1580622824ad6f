import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type PackFixture, packToml } from '../../src/testing/index.ts';

/** Writes a pack folder, as its author would have it on disk, and gives its path. Nothing is checked: it may be as broken or hostile as it likes. */
export function writePack(directory: string, fixture: PackFixture & { readonly toml?: string } = {}): string {
  const files = { 'pack.toml': fixture.toml ?? packToml(fixture), ...fixture.files };
  for (const [path, content] of Object.entries(files)) {
    const full = join(directory, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content, { mode: fixture.executable?.includes(path) === true ? 0o755 : 0o644 });
  }
  return directory;
}
