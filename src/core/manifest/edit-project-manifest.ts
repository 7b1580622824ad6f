import { type DocumentEdit, editToml } from './edit-toml.ts';
import { parseProjectManifest } from './parse-project-manifest.ts';

/**
 * Changes a `packsmith.toml`, keeping the comments, order and spacing of whoever wrote it.
 * @throws PacksmithError `MANIFEST_INVALID` when the text is not TOML, or the change would make it an invalid manifest.
 */
export function editProjectManifest(text: string, edits: readonly DocumentEdit[], file = 'packsmith.toml'): string {
  return editToml(text, edits, { file, code: 'MANIFEST_INVALID', check: (edited) => parseProjectManifest(edited, file).diagnostics });
}
