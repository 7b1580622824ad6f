import type { PackCase } from '../../core/cases/pack-case.ts';
import { parsePackCase } from '../../core/cases/parse-pack-case.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import { sortedPaths } from '../../core/tree/file-tree.ts';

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
    const text = decodeUtf8(files.get(path)?.content ?? new Uint8Array());
    if (text === undefined) {
      diagnostics.push({ code: 'MANIFEST_SYNTAX', severity: 'error', message: 'it is no text in UTF-8', where: { file: path } });
      continue;
    }
    const parsed = parsePackCase(text, path);
    diagnostics.push(...parsed.diagnostics);
    if (parsed.case !== undefined) cases.push(parsed.case);
  }
  return { cases, diagnostics };
}

/** Cases stand in `tests/` itself; what is below it is theirs. */
export function isCaseFile(path: string): boolean {
  return /^tests\/[^/]+\.toml$/.test(path);
}
