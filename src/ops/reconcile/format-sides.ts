import type { DesiredFile } from '../../core/compose/desired-tree.ts';
import type { ProjectFormatter } from '../../core/manifest/project-manifest.ts';
import { compileGlob } from '../../core/text/glob.ts';
import { decodeText, encodeUtf8 } from '../../core/text/utf8.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import { mapConcurrent } from '../map-concurrent.ts';
import type { Formatting } from '../project/plan-request.ts';
import type { MergeSides } from './merge-sides.ts';

export interface FormatSidesRequest {
  readonly sides: ReadonlyMap<ProjectPath, MergeSides>;
  /** What the packs want of the file that the user has at a path. */
  readonly wanted: (path: ProjectPath) => DesiredFile | undefined;
  readonly formatting: Formatting;
  /** The project's directory. */
  readonly root: string;
}

export interface FormattedSides {
  readonly sides: ReadonlyMap<ProjectPath, MergeSides>;
  /** Formatters that failed, each once. */
  readonly warnings: readonly string[];
}

/** Formatters at a time. */
const LIMIT = 4;

/** Gives base and wanted texts the form of the project's own formatter, where one is for their path. Where it fails, they stay as they are. */
export async function formatSides({ sides, wanted, formatting, root }: FormatSidesRequest): Promise<FormattedSides> {
  const formatters = formatting.formatters.map((formatter) => ({ formatter, globs: formatter.files.map(compileGlob) }));
  const formatterOf = (path: string): ProjectFormatter | undefined =>
    formatters.find(({ globs }) => globs.some((glob) => glob.matches(path)))?.formatter;
  const failures = new Map<ProjectFormatter, string>();
  const formatBytes = async (
    formatter: ProjectFormatter,
    path: ProjectPath,
    bytes: Uint8Array | undefined,
  ): Promise<Uint8Array | undefined> => {
    const text = bytes && decodeText(bytes);
    if (text === undefined || failures.has(formatter)) return undefined;
    const { signal } = formatting;
    const outcome = await formatting.formatter.format({ formatter, path, text, directory: root, ...(signal && { signal }) });
    if (outcome.kind === 'formatted') return encodeUtf8(outcome.text);
    failures.set(formatter, `\`${formatter.run.join(' ')}\` could not format ${path}: ${outcome.reason}; it is merged as it is`);
    return undefined;
  };
  const settled = await mapConcurrent(
    [...sides],
    async ([path, own]) => {
      const formatter = formatterOf(path);
      if (formatter === undefined) return [path, own] as const;
      const base = await formatBytes(formatter, path, own.base);
      const file = wanted(path);
      const theirs = await formatBytes(formatter, path, file?.content);
      const isComplete = (own.base === undefined || base !== undefined) && (file === undefined || theirs !== undefined);
      return [path, isComplete ? { ...own, base, ...(theirs && { theirs }), isFormatted: true } : own] as const;
    },
    { limit: LIMIT, isFatal: () => true },
  );
  const entries = settled.flatMap((entry) => {
    if (entry?.kind === 'failed') throw entry.error;
    return entry === undefined ? [] : [entry.result];
  });
  formatting.signal?.throwIfAborted();
  return { sides: new Map(entries), warnings: [...failures.values()] };
}
