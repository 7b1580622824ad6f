import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { computeIntegrity } from '../../src/adapters/sources/archive/integrity.ts';
import { packArchive } from '../../src/adapters/sources/archive/pack-archive.ts';
import type { Pack } from '../../src/core/pack/pack.ts';
import { formatPackFacts } from '../../src/core/registry/pack-facts.ts';
import { makePack } from '../../src/testing/pack-fixture.ts';

export interface TemporaryDirectory {
  readonly path: string;
  remove(): void;
}

/** A directory with a space and letters that are not ASCII in its name. */
export function makeDirectory(): TemporaryDirectory {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'packsmith quelle ü-')));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A pack as it is published: a program in it is executable, it needs another pack, and its `package.json` says what it is. */
export function makePublishedPack(id: string, version: string): Pack {
  const manifest = '[dependencies]\ncore = "^1.2.0"\nextra = { version = ">=2 <4", optional = true, reason = "for charts" }\n';
  const draft = makePack({ id, version, manifest });
  const packageJson = {
    name: id,
    version,
    license: 'MIT',
    packsmith: formatPackFacts(draft.manifest),
  };
  return makePack({
    id,
    version,
    manifest,
    files: {
      'package.json': `${JSON.stringify(packageJson, undefined, 2)}\n`,
      'README.md': `# ${id} ${version}\n`,
      'templates/{{ name }}/größe.txt.j2': 'Größe: {{ size }}\r\n',
      'templates/empty': '',
      'bin/run.sh': '#!/bin/sh\necho run\n',
      'logo.bin': Uint8Array.from({ length: 3_000 }, (_, index) => (index * 7) % 256),
    },
    executable: ['bin/run.sh'],
  });
}

export function writePack({ files }: Pack, directory: string): void {
  for (const [path, { content, mode }] of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content, { mode });
  }
}

/** The document that publishing a pack to a registry of the npm protocol sends. */
export function toPublishDocument(
  pack: Pack,
  registryUrl: string,
  options: { readonly tag?: string; readonly withoutFacts?: boolean; readonly dist?: Readonly<Record<string, unknown>> } = {},
): Readonly<Record<string, unknown>> {
  const { id, version } = pack.manifest;
  const bytes = packArchive(pack.files);
  const file = `${id.replace(/^.*\//, '')}-${version}.tgz`;
  const facts = options.withoutFacts === true ? {} : { packsmith: formatPackFacts(pack.manifest) };
  const dist = {
    integrity: computeIntegrity(bytes),
    shasum: createHash('sha1').update(bytes).digest('hex'),
    tarball: `${registryUrl}/${id}/-/${file}`,
    ...options.dist,
  };
  return {
    _id: id,
    name: id,
    'dist-tags': { [options.tag ?? 'latest']: version },
    versions: { [version]: { name: id, version, ...facts, _id: `${id}@${version}`, dist } },
    _attachments: {
      [`${id}-${version}.tgz`]: {
        content_type: 'application/octet-stream',
        data: Buffer.from(bytes).toString('base64'),
        length: bytes.length,
      },
    },
  };
}
