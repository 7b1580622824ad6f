import { hasErrors } from '../../diagnostics/diagnostic.ts';
import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import { parsePackManifest } from '../../manifest/parse-pack-manifest.ts';
import type { Pack } from '../../pack/pack.ts';
import { isVersion } from '../../pack/versions.ts';
import { utf8At } from '../../tree/file-text.ts';
import { UNVERSIONED } from '../foreign-identity.ts';
import type { ForeignSource, Translation } from '../foreign-template.ts';
import { readGgenManifest } from './read-manifest.ts';
import { translateGgen } from './translate-ggen.ts';

/** Makes a pack of a pack of ggen: it is translated whole. @throws PacksmithError `MANIFEST_INVALID` with all findings. */
export function decodeGgen(source: ForeignSource): Pick<Pack, 'manifest' | 'files' | 'translated'> {
  const { files, id, reference } = source;
  const manifest = readGgenManifest(files);
  const stated = manifest.version !== undefined && isVersion(manifest.version) ? manifest.version : undefined;
  // The version of a tag, a commit or an archive says which bytes they are; of a folder only its manifest says one.
  const version = source.version === UNVERSIONED ? (stated ?? UNVERSIONED) : source.version;
  const translation = translateGgen({ files, manifest }, { id, version });
  const found = parsePackManifest(textOf(translation));
  const findings = [...manifest.diagnostics, ...translation.diagnostics, ...found.diagnostics];
  if (found.manifest === undefined || hasErrors(findings)) {
    throw new PacksmithError('MANIFEST_INVALID', `the ggen pack ${reference} cannot be used as it is`, { diagnostics: findings });
  }
  const remarks = translation.report.flatMap(({ outcome, what, note, where }) =>
    outcome === 'translated'
      ? []
      : [{ code: 'FOREIGN_APPROXIMATED' as const, severity: 'warning' as const, message: `${what} is ${outcome}: ${note}`, where }],
  );
  return {
    manifest: found.manifest,
    files: translation.files,
    translated: {
      kind: 'ggen',
      remarks,
      translate: (asked) => translateGgen({ files, manifest }, { id: asked, version: stated ?? '0.1.0' }),
    },
  };
}

function textOf({ files }: Translation): string {
  return utf8At(files, 'pack.toml') ?? '';
}
