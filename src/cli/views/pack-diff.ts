import { stripControl, stripControlLine } from '../../core/text/strip-control.ts';
import type { PackDifference } from '../../ops/packs/diff-packs.ts';
import type { Terminal } from '../terminal.ts';
import { viewChangelog, viewChanges } from './pack-changes.ts';

export interface DiffSections {
  readonly variables: boolean;
  readonly templates: boolean;
}

/** What differs between two packs: an overview, or only the sections that are asked for. */
export function viewPackDiff(difference: PackDifference, { variables, templates }: DiffSections, terminal: Terminal): string {
  const { before, after, changes, changelog, files } = difference;
  const lines = [terminal.style.bold(`${before.id} ${before.version} → ${after.id} ${after.version}`)];
  const isWhole = !variables && !templates;
  const shown = isWhole ? changes : variables ? changes.filter(({ part }) => part === 'variable') : [];
  lines.push(...viewChanges(shown, terminal));
  if ((isWhole || variables) && shown.length === 0)
    lines.push(variables ? '  no variable changed' : '  nothing changes for whoever uses it');
  if (isWhole && changelog.length > 0) lines.push('', ...viewChangelog(changelog, terminal));
  if (isWhole && files.length > 0) lines.push('', ...files.map(({ path, change }) => `  ${change} ${stripControlLine(path)}`));
  if (templates) lines.push(...viewFiles(files));
  return `${lines.join('\n')}\n`;
}

function viewFiles(files: PackDifference['files']): string[] {
  if (files.length === 0) return ['  no file changed'];
  return files.map(({ path, change, diff }) =>
    diff === undefined ? `${change} ${stripControlLine(path)} (no text)` : stripControl(diff).trimEnd(),
  );
}
