import type { ManifestTable } from '../../manifest/format-pack-manifest.ts';
import type { Value } from '../../pack/values.ts';
import type { TemplateSource } from '../../template/template-source.ts';
import type { FileEntry } from '../../tree/file-tree.ts';
import { findPackPathProblem, type ProjectPath } from '../../tree/project-path.ts';
import type { TranslatedPart } from '../foreign-template.ts';
import { and, type Condition, judgeFile, not } from './judge-files.ts';
import type { TranslateRequest } from './translate-request.ts';

const SUFFIX = '.jinja';

interface TranslatedFiles {
  readonly files: ReadonlyMap<ProjectPath, FileEntry>;
  readonly declared: readonly ManifestTable[];
}

/** Files that are always there stand in `templates/`; what depends on answers, or cannot be named there, is declared. */
export function translateFiles(request: TranslateRequest, report: TranslatedPart[]): TranslatedFiles {
  const files = new Map<ProjectPath, FileEntry>();
  const declared: ManifestTable[] = [];
  for (const source of request.templates) {
    const { ignored, rendered } = judgeFile(source, request.config, !request.unreadable.has(source.name));
    const there = not(ignored);
    for (const [isRendered, when] of [[true, and(there, rendered)] as const, [false, and(there, not(rendered))] as const]) {
      if (when !== false) place({ source, isRendered, when }, { files, declared, report });
    }
    if (there === false)
      report.push({ outcome: 'left out', what: `the file ${source.name}`, note: 'it is ignored', where: { file: source.name } });
  }
  return { files, declared };
}

interface Placement {
  readonly source: TemplateSource;
  readonly isRendered: boolean;
  readonly when: Condition;
}

interface Result {
  readonly files: Map<ProjectPath, FileEntry>;
  readonly declared: ManifestTable[];
  readonly report: TranslatedPart[];
}

function place({ source, isRendered, when }: Placement, { files, declared, report }: Result): void {
  const { name, entry, outputTemplate = '' } = source;
  if (entry === undefined) return;
  const output = outputTemplate.replace(/(?<=[^/])\.liquid$/, '');
  const path = `templates/${output}${isRendered ? SUFFIX : ''}`;
  const isPlain = when === true && findPackPathProblem(path) === undefined && (isRendered || !path.endsWith(SUFFIX));
  const where = { file: name };
  if (isPlain) {
    files.set(path as ProjectPath, entry);
    report.push({ outcome: 'translated', what: `the file ${name}`, note: path, where });
    return;
  }
  const bare = name
    .slice(name.lastIndexOf('/') + 1)
    .replace(/[^\w.-]+/g, '_')
    .replace(/\.jinja$/, '_jinja')
    .slice(0, 60);
  const kept = `sources/${declared.length + 1}-${bare}${isRendered ? SUFFIX : ''}`;
  files.set(kept as ProjectPath, entry);
  const entries = new Map<string, Value>([
    ['source', kept],
    ['output', output],
  ]);
  if (typeof when === 'string') entries.set('when', when);
  declared.push({ header: ['templates'], entries, isListed: true });
  report.push({
    outcome: 'translated',
    what: `the file ${name}`,
    note: `${kept}${typeof when === 'string' ? `, when ${when}` : ''}`,
    where,
  });
}
