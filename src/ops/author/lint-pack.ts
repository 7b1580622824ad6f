import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { formatPackReference, parsePackReference } from '../../core/pack/pack-reference.ts';
import { gatherLintFacts } from '../../core/quality/lint-facts.ts';
import { lintPack } from '../../core/quality/lint-pack.ts';
import type { LintFinding } from '../../core/quality/rule.ts';
import { mapVariables, type VariableUse } from '../../core/quality/variable-uses.ts';
import { encodeUtf8 } from '../../core/text/utf8.ts';
import { DEFAULT_MODE } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { PackFiles } from '../../ports/pack-publisher.ts';
import { findDependencyFacts } from '../packs/find-dependencies.ts';
import { type LoadOptions, loadNamedPack } from '../packs/load-named-pack.ts';
import type { FinderPorts } from '../packs/pack-finder.ts';
import { anchorReference } from '../packs/plan-install.ts';
import { requireOwnFormat } from '../packs/require-own-format.ts';
import type { ResolvePorts } from '../packs/resolved-packs.ts';

export interface LintRequest extends LoadOptions {
  readonly reference: string;
}

export interface LintReport {
  readonly id: string;
  readonly version: string;
  readonly findings: readonly LintFinding[];
  /** Findings that the pack allows. */
  readonly suppressed: readonly LintFinding[];
  readonly counts: { readonly errors: number; readonly warnings: number; readonly notes: number; readonly fixable: number };
  /** What each variable has an effect on. */
  readonly variables: readonly VariableUse[];
}

/**
 * Judges a pack by every rule, without rendering it.
 * @throws PacksmithError `PACK_NOT_FOUND`, `REFERENCE_INVALID`, `MANIFEST_INVALID`, `PACK_UNREADABLE`, `PACK_TOO_LARGE`, `INVALID_ARGUMENTS` for a template of another tool.
 */
export async function lintReference(request: LintRequest, ports: ResolvePorts): Promise<LintReport> {
  const { pack } = await loadNamedPack(request.reference, request, ports);
  return lintLoaded(pack, request.workingDirectory, ports);
}

async function lintLoaded(pack: Pack, workingDirectory: string, ports: FinderPorts): Promise<LintReport> {
  requireOwnFormat(pack, 'linted');
  const facts = gatherLintFacts(pack, await findDependencyFacts(pack, workingDirectory, ports));
  const { findings, suppressed } = lintPack(facts);
  const count = (severity: LintFinding['severity']) => findings.filter((finding) => finding.severity === severity).length;
  const fixable = findings.filter(({ fix }) => fix !== undefined).length;
  return {
    id: pack.manifest.id,
    version: pack.manifest.version,
    findings,
    suppressed,
    counts: { errors: count('error'), warnings: count('warning'), notes: count('info'), fixable },
    variables: mapVariables(facts),
  };
}

export interface FixReport {
  /** What is left. */
  readonly report: LintReport;
  readonly fixed: readonly LintFinding[];
  readonly changed: readonly ProjectPath[];
  /** The directory that has the files as they were; absent when nothing changed. */
  readonly backup: string | undefined;
}

/**
 * Mends what can be mended without changing what the pack does, and judges it again. The files that change are copied first.
 * @throws PacksmithError as `lintReference` does, `REFERENCE_INVALID` for what is no directory, and those of a failing disk.
 */
export async function fixPack(request: LintRequest, ports: FinderPorts & { readonly packFiles: PackFiles }): Promise<FixReport> {
  const reference = anchorReference(parsePackReference(request.reference), request.workingDirectory);
  if (reference.kind !== 'path') {
    const message = `only a directory can be fixed, and ${formatPackReference(reference)} is none`;
    throw new PacksmithError('REFERENCE_INVALID', message, { hint: 'name the directory of the pack, such as ./packs/my-pack' });
  }
  const pack = await ports.repository.load(reference);
  const before = await lintLoaded(pack, request.workingDirectory, ports);
  if (before.counts.fixable === 0) return { report: before, fixed: [], changed: [], backup: undefined };
  // The library that edits TOML is large.
  const { applyFixes } = await import('../../core/quality/apply-fixes.ts');
  const { files, fixed } = applyFixes(pack, before.findings);
  const changed = [...files.keys()];
  if (changed.length === 0) return { report: before, fixed: [], changed: [], backup: undefined };
  const backup = await backUp(reference.path, pack, changed, ports.packFiles);
  const written = new Map(
    [...files].map(([path, text]) => [path, { content: encodeUtf8(text), mode: pack.files.get(path)?.mode ?? DEFAULT_MODE }]),
  );
  ports.packFiles.changeDirectory(reference.path, { written, removed: [] });
  const report = await lintLoaded(await ports.repository.load(reference), request.workingDirectory, ports);
  return { report, fixed, changed, backup };
}

/** Copies files to the first free `.packsmith/lint-backup/N`, which is no part of the pack. */
async function backUp(root: string, pack: Pack, paths: readonly ProjectPath[], packFiles: PackFiles): Promise<string> {
  const files = new Map(
    paths.flatMap((path) => {
      const entry = pack.files.get(path);
      return entry === undefined ? [] : [[path, entry] as const];
    }),
  );
  for (let number = 1; ; number++) {
    const directory = `${root}/.packsmith/lint-backup/${number}`;
    try {
      await packFiles.createDirectory(directory, files);
      return directory;
    } catch (error) {
      if (!(error instanceof PacksmithError) || error.code !== 'DIRECTORY_IN_THE_WAY') throw error;
    }
  }
}
