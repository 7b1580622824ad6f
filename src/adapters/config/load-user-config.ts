import { join } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { parseUserConfig } from '../../core/manifest/parse-user-config.ts';
import type { UserConfig } from '../../core/manifest/user-config.ts';
import type { UserDirectories } from './user-directories.ts';
import { readUserFile } from './user-files.ts';

/** Where the user's settings are. */
export function userConfigFile({ config }: UserDirectories): string {
  return join(config, 'config.toml');
}

/** The user's settings, every default where there is no file. @throws PacksmithError `CONFIG_INVALID` with all findings, `FILE_UNREADABLE`. */
export function loadUserConfig(directories: UserDirectories): UserConfig {
  const file = userConfigFile(directories);
  const { config, diagnostics } = parseUserConfig(readUserFile(file) ?? '', file);
  if (config === undefined) throw new PacksmithError('CONFIG_INVALID', `${file} has errors`, { diagnostics });
  return config;
}
