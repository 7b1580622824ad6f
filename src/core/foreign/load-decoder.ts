import type { Pack } from '../pack/pack.ts';
import type { PackProvenance } from '../pack/pack-manifest.ts';
import type { ForeignKind } from './foreign-kind.ts';
import type { ForeignSource, ForeignTemplate } from './foreign-template.ts';
import { remarkOnPointers } from './lfs-pointers.ts';

/**
 * Makes a pack of a template of another tool.
 * @throws PacksmithError `MANIFEST_INVALID` with all findings: what is malformed, and what cannot be supported, each with file, line and a way out.
 */
export type ForeignDecoder = (source: ForeignSource, provenance: PackProvenance) => Pack;

/** What a tool's own decoder finds out; without `files`, the pack has those of the template. */
type Decoded = Pick<Pack, 'manifest'> & Partial<Pick<Pack, 'files' | 'foreign' | 'translated'>>;

/** The decoder of one tool's templates, which is loaded only when one is met: each is a lot of code. */
export async function loadDecoder(kind: ForeignKind): Promise<ForeignDecoder> {
  const decode = await DECODERS[kind]();
  return (source, provenance) => {
    const decoded = decode(source);
    const pointers = remarkOnPointers(source.files);
    const withPointers = <Template extends Pick<ForeignTemplate, 'remarks'>>(template: Template): Template => ({
      ...template,
      remarks: [...template.remarks, ...pointers],
    });
    return {
      files: source.files,
      ...decoded,
      ...(decoded.foreign && { foreign: withPointers(decoded.foreign) }),
      ...(decoded.translated && { translated: withPointers(decoded.translated) }),
      provenance,
      integrity: source.integrity,
    };
  };
}

const DECODERS: Readonly<Record<ForeignKind, () => Promise<(source: ForeignSource) => Decoded>>> = {
  cookiecutter: async () => (await import('./cookiecutter/decode-cookiecutter.ts')).decodeCookiecutter,
  copier: async () => (await import('./copier/decode-copier.ts')).decodeCopier,
  'cargo-generate': async () => (await import('./cargo-generate/decode-cargo-generate.ts')).decodeCargoGenerate,
  ggen: async () => (await import('./ggen/decode-ggen.ts')).decodeGgen,
};
