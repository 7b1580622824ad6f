import type { LintAllowance, LintSettings, RuleLevel } from '../pack/pack-manifest.ts';
import { readEntries, readString, readTable, readTables, type Table } from './table.ts';

const LEVELS: readonly string[] = ['off', 'info', 'warning', 'error'] satisfies RuleLevel[];

/** Reads `[lint]`. Rules are known to `packs lint` only, so that a manifest can name rules of another version. */
export function readLint(document: Table): LintSettings {
  const lint = readTable(document, 'lint');
  const severity = new Map(readEntries(lint, 'severity').flatMap(([rule, level]) => (isLevel(level) ? [[rule, level] as const] : [])));
  const allow = readTables(lint, 'allow').flatMap(({ entry }): LintAllowance[] => {
    const where = readString(entry, 'in');
    const rule = readString(entry, 'rule');
    const reason = readString(entry, 'reason');
    return rule === undefined || reason === undefined ? [] : [{ rule, in: where, reason }];
  });
  return { severity, allow };
}

function isLevel(level: unknown): level is RuleLevel {
  return typeof level === 'string' && LEVELS.includes(level);
}
