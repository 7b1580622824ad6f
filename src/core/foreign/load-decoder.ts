import type { Pack } from '../pack/pack.ts';
import type { PackProvenance } from '../pack/pack-manifest.ts';
import { utf8At } from '../tree/file-text.ts';
import type { FileTree } from '../tree/file-tree.ts';
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

/**
 * The decoder of one tool's templates, which is loaded only when one is met: each is a lot of code. With the files of a template, what only some
 * templates need is loaded for those.
 */
export async function loadDecoder(kind: ForeignKind, files?: FileTree): Promise<ForeignDecoder> {
  const decode = await DECODERS[kind](files);
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

const DECODERS: Readonly<Record<ForeignKind, (files: FileTree | undefined) => Promise<(source: ForeignSource) => Decoded>>> = {
  cookiecutter: async (files) => {
    const [{ decodeCookiecutter }, code] = await Promise.all([
      import('./cookiecutter/decode-cookiecutter.ts'),
      files === undefined || mayHaveExtensions(files) ? import('./extensions/extension-code.ts') : undefined,
    ]);
    return (source) => decodeCookiecutter(source, code);
  },
  copier: async () => (await import('./copier/decode-copier.ts')).decodeCopier,
  'cargo-generate': async (files) => {
    const [{ decodeCargoGenerate }, rhai] = await Promise.all([
      import('./cargo-generate/decode-cargo-generate.ts'),
      files === undefined || mayHavePrograms(files) ? import('./cargo-generate/hooks/rhai-readers.ts') : undefined,
    ]);
    return (source) => decodeCargoGenerate(source, rhai?.RHAI_READERS);
  },
  ggen: async () => (await import('./ggen/decode-ggen.ts')).decodeGgen,
};

/** Extensions of another name than those that packsmith has. A key of JSON can be written with escapes, too. */
function mayHaveExtensions(files: FileTree): boolean {
  const text = utf8At(files, 'cookiecutter.json') ?? '';
  return /"_extensions"\s*:\s*\[[^\]]*"(?!jinja2|cookiecutter\.)[\w\\]/.test(text) || /\\u[^"]*"\s*:/.test(text);
}

/** Scripts, or conditions that are more than comparisons. A key of TOML can be written with escapes, too. */
function mayHavePrograms(files: FileTree): boolean {
  const text = utf8At(files, 'cargo-generate.toml') ?? '';
  const conditions = text.split('\n').filter((line) => line.includes('conditional'));
  const isProgram = (line: string): boolean => /[(){}+*/%?:`]|\[.*\[/.test(line.replace(/\.contains\(|variable::(?:get|is_set)\(|\)/g, ''));
  // Below a header of their own conditions are keys, on lines that do not say so.
  return /hooks|\\[uUx]|^[ \t]*\[[ \t]*["']?conditional["']?[ \t]*\]/m.test(text) || conditions.some(isProgram);
}
