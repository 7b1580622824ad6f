import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { JinjaSettings } from '../jinja/settings.ts';
import { formatPackManifest, type ManifestTable } from '../manifest/format-pack-manifest.ts';
import { MAX_MARK } from '../manifest/schema-parts.ts';
import { NAMES_NOT_IN_PACKS } from '../pack/names-not-in-packs.ts';
import type { PackName } from '../pack/pack-name.ts';
import type { Value } from '../pack/values.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import { DEFAULT_MODE, type FileEntry, type FileTree } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { nameDelimiters } from './delimiter-names.ts';
import type { ForeignSource, TranslatedPart, Translation } from './foreign-template.ts';

/** The settings of an environment as `[language]` has them; what it has anyway is left out, and what it cannot have is reported. */
export function environmentEntries(settings: JinjaSettings, file: string, report: TranslatedPart[]): [string, Value][] {
  const { trimBlocks, lstripBlocks, keepTrailingNewline, lineStatementPrefix, lineCommentPrefix, newlineSequence, autoescape, delimiters } =
    settings;
  const isMark = (name: string, mark: string): boolean => {
    const isOne = mark.trim() !== '' && mark.length <= MAX_MARK;
    const note = `a manifest has marks of 1 to ${MAX_MARK} characters`;
    if (!isOne) report.push({ outcome: 'left out', what: `the setting ${name}`, note, where: { file } });
    return isOne;
  };
  const mark = (name: string, text: string | undefined): string | undefined =>
    text !== undefined && isMark(name, text) ? text : undefined;
  const named = [...nameDelimiters(delimiters ?? {})].filter(([name, text]) => isMark(name, text));
  const found: [string, Value | undefined][] = [
    ['trim_blocks', trimBlocks === true ? true : undefined],
    ['lstrip_blocks', lstripBlocks === true ? true : undefined],
    ['keep_trailing_newline', keepTrailingNewline === false ? false : undefined],
    ['line_statement_prefix', mark('line_statement_prefix', lineStatementPrefix)],
    ['line_comment_prefix', mark('line_comment_prefix', lineCommentPrefix)],
    ['newline_sequence', newlineSequence],
    ['autoescape', autoescape === true ? true : undefined],
    ['delimiters', named.length === 0 ? undefined : new Map(named)],
  ];
  return found.flatMap(([key, value]): [string, Value][] => (value === undefined ? [] : [[key, value]]));
}

/** What is not quite as the tool does it is not so in the pack either. */
export function reportRemarks(remarks: readonly Diagnostic[], file: string, report: TranslatedPart[]): void {
  for (const { message, where } of remarks)
    report.push({ outcome: 'approximated', what: 'a setting', note: message, where: where ?? { file } });
}

/** What a pack says of itself that is made of a template of a tool. */
export function packTable(id: PackName, { version, id: name }: ForeignSource, tool: string): ManifestTable {
  const entries = new Map<string, Value>([
    ['id', id],
    ['version', version.startsWith('0.0.0') ? '0.1.0' : version],
    ['title', id],
    ['description', `Made of the ${tool} template ${name}`],
  ]);
  return { header: ['pack'], entries };
}

/** The pack: its files but for those that are read of no pack's folder, and the manifest of those tables that have anything. */
export function finishTranslation(tables: readonly ManifestTable[], files: FileTree, report: readonly TranslatedPart[]): Translation {
  const text = formatPackManifest(tables.filter(({ entries }) => entries.size > 0));
  const manifest: FileEntry = { content: encodeUtf8(text), mode: DEFAULT_MODE };
  const ignored = new Set([...files.keys()].filter((path) => path.split('/').some((name) => NAMES_NOT_IN_PACKS.has(name))));
  const kept = [...files].filter(([path]) => !ignored.has(path));
  return {
    files: new Map([...kept, ['pack.toml' as ProjectPath, manifest]]),
    report: report.map((part) => (ignored.has(part.note as ProjectPath) ? leaveOut(part) : part)),
  };
}

function leaveOut({ what, where, note }: TranslatedPart): TranslatedPart {
  const name = note.split('/').find((segment) => NAMES_NOT_IN_PACKS.has(segment));
  return { outcome: 'left out', what, note: `nothing called ${name} is read of a pack's folder`, where };
}
