import type { InstallPlan } from '../../core/install/install-plan.ts';
import { stripControl, stripControlLine } from '../../core/text/strip-control.ts';
import type { ExportedFile } from '../../ops/author/export-pack.ts';
import type { ExportedRdf } from '../../ops/data/export-rdf.ts';
import type { Terminal } from '../terminal.ts';
import { formatBytes } from './format-bytes.ts';
import { formatCount } from './format-value.ts';
import { viewInstallPlan } from './install-result.ts';
import { viewTable } from './table.ts';

/** A file that was written, and the packs in it. */
export function viewExportedFile({ file, bytes, integrity, packs }: ExportedFile, terminal: Terminal): string {
  const { style } = terminal;
  const table = viewTable(
    [
      { title: 'PACK', cells: packs.map(({ id }) => id), style: style.bold },
      { title: 'VERSION', cells: packs.map(({ version }) => version) },
    ],
    terminal,
  );
  return `${table}\n${style.green('exported')}: ${formatCount(packs.length, 'pack')} in ${stripControlLine(file)} (${formatBytes(bytes)})\n  ${integrity}\n`;
}

/** RDF as it is, which only a terminal gets without control characters, or the file that it was written to. */
export function viewExportedRdf({ statements, file, text = '' }: ExportedRdf, { columns, style }: Terminal): string {
  if (file === undefined) return columns === undefined ? text : stripControl(text);
  return `${style.green('exported')}: ${formatCount(statements, 'statement')} in ${stripControlLine(file)}\n`;
}

export interface ImportView {
  readonly plan: InstallPlan;
  /** Of the file. */
  readonly integrity: string;
  readonly isCheckOnly: boolean;
  /** How many packs were stored. */
  readonly stored: number;
}

/** The packs of a file, and what became of them. */
export function viewImport({ plan, integrity, isCheckOnly, stored }: ImportView, terminal: Terminal): string {
  const { style } = terminal;
  const outcome = isCheckOnly
    ? `${style.green('whole')}: ${formatCount(plan.packs.length, 'pack')}, each as its integrity says; nothing was changed`
    : stored === 0
      ? 'everything in the file is installed already'
      : `${style.green('imported')}: ${formatCount(stored, 'pack')}`;
  return `${viewInstallPlan(plan, terminal)}\n${outcome}\n  ${integrity}\n`;
}
