import type { Pack } from '../pack/pack.ts';
import type { PackProvenance } from '../pack/pack-manifest.ts';
import { decodeCargoGenerate } from './cargo-generate/decode-cargo-generate.ts';
import { decodeCookiecutter } from './cookiecutter/decode-cookiecutter.ts';
import { decodeCopier } from './copier/decode-copier.ts';
import type { ForeignKind } from './foreign-kind.ts';
import type { ForeignSource } from './foreign-template.ts';
import { decodeGgen } from './ggen/decode-ggen.ts';

/**
 * Makes a pack of a template of another tool.
 * @throws PacksmithError `MANIFEST_INVALID` with all findings: what is malformed, and what cannot be supported, each with file, line and a way out.
 */
export function decodeForeign(kind: ForeignKind, source: ForeignSource, provenance: PackProvenance): Pack {
  switch (kind) {
    case 'cookiecutter':
      return { ...decodeCookiecutter(source), files: source.files, provenance, integrity: source.integrity };
    case 'copier':
      return { ...decodeCopier(source), files: source.files, provenance, integrity: source.integrity };
    case 'cargo-generate':
      return { ...decodeCargoGenerate(source), files: source.files, provenance, integrity: source.integrity };
    case 'ggen':
      return { ...decodeGgen(source), provenance, integrity: source.integrity };
    default:
      return kind satisfies never;
  }
}
