import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackFixture } from '../../src/testing/index.ts';
import type { Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

/** Writes a pack that passes every gate, below the working directory. */
export function writeWholePack({ work }: Workshop, fixture: PackFixture & { readonly id: string; readonly version: string }): string {
  const files = {
    'README.md': `# ${fixture.id}\n`,
    'CHANGELOG.md': `# Changelog\n\n## ${fixture.version}\n\n- Something.\n`,
    LICENSE: 'MIT License\n',
    [`templates/${fixture.id.replace(/\W/g, '-')}.txt.jinja`]: `${fixture.id} ${fixture.version} {{ pack.version }}\n`,
    ...fixture.files,
  };
  return writePack(join(work, `${fixture.id.replace('/', '-')}-${fixture.version}`), { ...fixture, files });
}

/** Replaces the settings of the user. */
export function writeSettings({ home }: Workshop, text: string): void {
  writeFileSync(join(home, 'packsmith', 'config.toml'), text);
}
