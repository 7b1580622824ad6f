import { type DocumentEdit, editToml } from './edit-toml.ts';
import { parseUserConfig } from './parse-user-config.ts';

/**
 * Changes a `config.toml`, keeping the comments, order and spacing of whoever wrote it. A file with errors can still be edited, so that they can
 * be taken out one by one.
 * @throws PacksmithError `CONFIG_INVALID` when the text is not TOML, or the change would add an error.
 */
export function editUserConfig(text: string, edits: readonly DocumentEdit[], file = 'config.toml'): string {
  return editToml(text, edits, { file, code: 'CONFIG_INVALID', check: (edited) => parseUserConfig(edited, file).diagnostics });
}
