import type { PackCase } from '../../core/cases/pack-case.ts';
import { parsePackCase } from '../../core/cases/parse-pack-case.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { locateKeys } from '../../core/manifest/locate-keys.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { utf8At } from '../../core/tree/file-text.ts';
import { type FileTree, sortedPaths } from '../../core/tree/file-tree.ts';

export interface PackCases {
  /** Those without errors, by file. */
  readonly cases: readonly PackCase[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads `tests/*.toml` of a pack; every finding about them at once. */
export function readPackCases({ files }: Pick<Pack, 'files'>): PackCases {
  const cases: PackCase[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const path of sortedPaths(files).filter(isCaseFile)) {
    const text = utf8At(files, path);
    if (text === undefined) {
      diagnostics.push({ code: 'MANIFEST_SYNTAX', severity: 'error', message: 'it is no text in UTF-8', where: { file: path } });
      continue;
    }
    const parsed = parsePackCase(text, path);
    diagnostics.push(...parsed.diagnostics);
    if (parsed.case === undefined) continue;
    diagnostics.push(...checkStart(parsed.case, files, text));
    cases.push(parsed.case);
  }
  return { cases, diagnostics };
}

/** The directory that a case begins with must be there. */
function checkStart({ file, start }: PackCase, files: FileTree, text: string): Diagnostic[] {
  const directory = start?.directory;
  if (directory === undefined || [...files.keys()].some((path) => path.startsWith(`${directory}/`))) return [];
  const where = { file, ...locateKeys(text).find(['start', 'directory'], 'value') };
  return [{ code: 'DATA_FILE_MISSING', severity: 'error', message: `the pack has no file below ${directory}`, where }];
}

/** Cases stand in `tests/` itself; what is below it is theirs. */
export function isCaseFile(path: string): boolean {
  return /^tests\/[^/]+\.toml$/.test(path);
}
