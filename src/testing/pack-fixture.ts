import { parsePackManifest } from '../core/manifest/parse-pack-manifest.ts';
import type { Pack } from '../core/pack/pack.ts';
import { encodeUtf8 } from '../core/text/utf8.ts';
import type { FileEntry } from '../core/tree/file-tree.ts';
import type { ProjectPath } from '../core/tree/project-path.ts';

/** A pack described by its texts. */
export interface PackFixture {
  readonly id?: string;
  readonly version?: string;
  /** What follows the `[pack]` table in `pack.toml`. */
  readonly manifest?: string;
  /** Contents by path below the pack. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Paths of executable files. */
  readonly executable?: readonly string[];
}

/** Makes a pack from texts, through the same reader that reads real ones. @throws Error that lists the findings when the manifest has errors. */
export function makePack(fixture: PackFixture = {}): Pack {
  const text = packToml(fixture);
  const { manifest, diagnostics } = parsePackManifest(text);
  if (manifest === undefined) throw new Error(`the fixture is not a pack: ${diagnostics.map(({ message }) => message).join('; ')}`);
  const files = new Map(
    Object.entries({ 'pack.toml': text, ...fixture.files }).map(([path, content]) => [
      path as ProjectPath,
      toEntry(path, content, fixture),
    ]),
  );
  const provenance = { kind: 'local', location: `memory/${manifest.id}` } as const;
  return { manifest, files, provenance, integrity: `sha512-${manifest.id}@${manifest.version}` };
}

/** The `pack.toml` of a fixture. */
export function packToml({ id = 'sample', version = '1.0.0', manifest = '' }: PackFixture): string {
  return `format = 1\n\n[pack]\nid = "${id}"\nversion = "${version}"\ntitle = "A sample"\ndescription = "A pack for tests"\nlicense = "MIT"\n\n${manifest}\n`;
}

function toEntry(path: string, content: string | Uint8Array, { executable = [] }: PackFixture): FileEntry {
  return { content: typeof content === 'string' ? encodeUtf8(content) : content, mode: executable.includes(path) ? 0o755 : 0o644 };
}
