import { parse, TomlError } from 'smol-toml';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { findLimitProblem, LIMITS } from './limits.ts';
import type { Table } from './table.ts';

export type ReadToml = { readonly table: Table } | { readonly table: undefined; readonly diagnostic: Diagnostic };

/** Reads TOML text into tables without prototypes; integers too large to be exact become bigints. Never throws. */
export function readToml(text: string, file: string): ReadToml {
  const oversize = findLimitProblem('manifestBytes', measureBytes(text));
  if (oversize !== undefined) return refuse({ code: 'MANIFEST_LIMIT', severity: 'error', message: oversize, where: { file } });
  try {
    return { table: parse(text, { integersAsBigInt: 'asNeeded', maxDepth: LIMITS.manifestDepth.maximum }) };
  } catch (error) {
    return refuse(toDiagnostic(error, text, file));
  }
}

/** A text over the limit in UTF-16 units is over it in bytes as well, and is not encoded to find out. */
function measureBytes(text: string): number {
  return text.length > LIMITS.manifestBytes.maximum ? text.length : new TextEncoder().encode(text).length;
}

function refuse(diagnostic: Diagnostic): ReadToml {
  return { table: undefined, diagnostic };
}

function toDiagnostic(error: unknown, text: string, file: string): Diagnostic {
  const suggestion = suggestSyntax(text);
  const shared = { code: 'MANIFEST_SYNTAX', severity: 'error', ...(suggestion === undefined ? {} : { suggestion }) } as const;
  if (!(error instanceof TomlError)) return { ...shared, message: 'this is not TOML: it cannot be read', where: { file } };
  const [reason = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
  return { ...shared, message: `this is not valid TOML: ${reason}`, where: { file, ...clampPosition(error, text) } };
}

function clampPosition(error: TomlError, text: string): { line: number; column: number } {
  const lines = text.split(/\r\n|\n|\r/);
  const line = Math.min(Math.max(error.line, 1), lines.length);
  return { line, column: Math.min(Math.max(error.column, 1), (lines[line - 1]?.length ?? 0) + 1) };
}

function suggestSyntax(text: string): string | undefined {
  if (/^\s*\{/.test(text)) return 'this looks like JSON; write TOML';
  if (/^[\w-]+:\s/m.test(text) && !/^\s*[\w."'-]+\s*=/m.test(text)) return 'this looks like YAML; write `key = value`';
  return undefined;
}
