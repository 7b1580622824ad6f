import type { ManifestTable } from '../../../manifest/format-pack-manifest.ts';
import type { Value } from '../../../pack/values.ts';
import { escapePattern } from '../../../text/escape-pattern.ts';
import { decodeUtf8 } from '../../../text/utf8.ts';
import { textReader } from '../../../tree/file-text.ts';
import type { FileEntry, FileTree } from '../../../tree/file-tree.ts';
import { plainSegments } from '../../../tree/plain-segments.ts';
import { findPackPathProblem, type ProjectPath } from '../../../tree/project-path.ts';
import { codeFiles } from '../../extensions/extension-code.ts';
import { isOwnExtension } from '../../extensions/own-extensions.ts';
import type { TranslatedPart } from '../../foreign-template.ts';
import { quotedParts } from '../../quoted-parts.ts';
import { patternRules, withoutSuffix } from '../expand-file.ts';
import { CONFIG_FILES } from '../read-config.ts';
import type { CopierSettings } from '../read-settings.ts';
import { hasTemplate } from './plain-value.ts';

export interface FilesRequest {
  readonly files: FileTree;
  readonly settings: CopierSettings;
  /** What begins a template. */
  readonly marks: readonly string[];
}

export interface TranslatedFiles {
  readonly files: ReadonlyMap<ProjectPath, FileEntry>;
  /** `[[templates]]`, for names that a pack cannot have. */
  readonly tables: readonly ManifestTable[];
  /** Whether `_exclude` has something left to decide. */
  readonly needsExclude: boolean;
}

/** The files of a template as those of a pack: what can be generated below `templates/`, what is included in `partials/`. */
export function translateFiles(request: FilesRequest, report: TranslatedPart[]): TranslatedFiles {
  const { files, settings, marks } = request;
  const found = new Map<ProjectPath, FileEntry>();
  const tables: ManifestTable[] = [];
  const root = fixedRoot(settings.subdirectory, marks);
  const isExcluded = fixedExclusion(settings, marks);
  for (const [path, entry] of files) {
    if (!path.startsWith(root) || isExcluded(path.slice(root.length))) continue;
    const where = { file: path };
    const what = `the file ${path}`;
    const { templatesSuffix: suffix } = settings;
    if (suffix !== '' && files.has(`${path}${suffix}` as ProjectPath)) {
      report.push({ outcome: 'left out', what, note: `it is never generated: ${path}${suffix} takes its place`, where });
      continue;
    }
    report.push({ outcome: 'translated', what, note: place(path.slice(root.length), entry, { found, tables, suffix }), where });
  }
  addPartials(request, { root, found }, report);
  const names = [...found.keys(), ...tables.map(({ entries }) => String(entries.get('output') ?? ''))];
  const isOpen = [settings.exclude, settings.subdirectory, names].some((each) => hasTemplate(each, marks));
  return { files: found, tables, needsExclude: isOpen && settings.exclude.length > 0 };
}

/** What `_exclude` leaves out whatever the answers are. */
function fixedExclusion({ exclude, templatesSuffix: suffix }: CopierSettings, marks: readonly string[]): (name: string) => boolean {
  if (hasTemplate(exclude, marks)) return () => false;
  const rules = patternRules(exclude);
  return (name) => !hasTemplate(name, marks) && rules.covers(suffix !== '' && name.endsWith(suffix) ? withoutSuffix(name) : name);
}

/** The folder that is generated, where no answer decides it. */
function fixedRoot(subdirectory: string, marks: readonly string[]): string {
  if (hasTemplate(subdirectory, marks)) return '';
  return plainSegments(subdirectory)
    .map((part) => `${part}/`)
    .join('');
}

/** Puts a file below `templates/`; where its name cannot stand in a pack, below `files/` with an entry that has the name. */
function place(
  name: string,
  entry: FileEntry,
  { found, tables, suffix }: { found: Map<ProjectPath, FileEntry>; tables: ManifestTable[]; suffix: string },
): string {
  const path = `templates/${name}`;
  if (findPackPathProblem(path) === undefined) {
    found.set(path as ProjectPath, entry);
    return path;
  }
  const isTemplate = suffix !== '' && name.endsWith(suffix);
  const source = `files/${tables.length + 1}${isTemplate ? suffix : ''}`;
  found.set(source as ProjectPath, entry);
  const entries = new Map<string, Value>([
    ['source', source],
    ['output', isTemplate ? withoutSuffix(name) : name],
  ]);
  tables.push({ header: ['templates'], entries, isListed: true });
  return `${source}, [[templates]]`;
}

const INCLUDING = /\b(?:include|import|extends)\b/;

/**
 * What templates include or import is known by its name: whatever of the template a text that includes something speaks of. Where a name is put
 * together, what stands in a folder that is spoken of may be meant.
 */
function addPartials(
  { files, settings, marks }: FilesRequest,
  { root, found }: { readonly root: string; readonly found: Map<ProjectPath, FileEntry> },
  report: TranslatedPart[],
): void {
  const code = codeFiles(settings.extensions.filter(isOwnExtension), textReader(files));
  const texts = [...files].flatMap(([path, { content }]) => [path, decodeUtf8(content) ?? '']).filter((text) => INCLUDING.test(text));
  const computed = new RegExp(
    `${escapePattern(marks[0] ?? '{%')}[-+]?\\s*(?:include|import|from|extends)\\s+(?:[^'"\\s]|(['"])[^'"]*\\1\\s*[~+%])`,
  );
  const isComputed = texts.some((text) => computed.test(text));
  const isSpokenOf = quotedParts(texts.join('\n'));
  for (const [path, entry] of files) {
    const isInPlace = root === '' && found.has(`templates/${path}` as ProjectPath);
    if (isInPlace || CONFIG_FILES.includes(path) || decodeUtf8(entry.content) === undefined) continue;
    const parts = isComputed ? path.split('/') : [path.slice(path.lastIndexOf('/') + 1)];
    if (!code.has(path) && !parts.some(isSpokenOf)) continue;
    const target = `partials/${path}`;
    if (findPackPathProblem(target) !== undefined) continue;
    found.set(target as ProjectPath, entry);
    report.push({ outcome: 'translated', what: `the included template ${path}`, note: target, where: { file: path } });
  }
}
