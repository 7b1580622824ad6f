import { stripControlLine } from '../../core/text/strip-control.ts';
import type { CreatedFrom, ProjectSurvey } from '../../ops/author/create-pack-from.ts';
import type { Terminal } from '../terminal.ts';
import { formatCount } from './format-value.ts';
import { viewTable } from './table.ts';

export interface CreatedFromView extends Pick<CreatedFrom, 'variables' | 'templates' | 'verbatim'>, Pick<ProjectSurvey, 'left'> {
  readonly id: string;
  readonly directory: string;
  readonly from: string;
  readonly files: readonly string[];
}

const SHOWN = 12;

/** What became of a project: its variables, and what was left out. */
export function viewCreatedFrom(
  { id, directory, files, templates, variables, verbatim, left }: CreatedFromView,
  terminal: Terminal,
): string {
  const { style } = terminal;
  const copied = files.filter((path) => path.startsWith('templates/')).length - templates;
  const table = viewTable(
    [
      { title: 'VARIABLE', cells: variables.map(({ name }) => name) },
      { title: 'DEFAULT', cells: variables.map(({ value }) => value), isFlexible: true },
      { title: 'FOUND', cells: variables.map(({ uses, files: count }) => `${formatCount(uses, 'time')} in ${formatCount(count, 'file')}`) },
    ],
    terminal,
  );
  const without = left.slice(0, SHOWN).map(({ path, reason }) => `  ${stripControlLine(path)} ${style.dim(`(${reason})`)}`);
  const more = left.length > SHOWN ? [`  and ${left.length - SHOWN} more`] : [];
  return [
    `${style.green('created')}: ${id} in ${directory}`,
    `  ${formatCount(templates, 'template')}, ${formatCount(copied, 'file')} copied as they are; with the defaults every byte comes back`,
    ...(table === '' ? [] : ['', table.trimEnd()]),
    ...(verbatim.length === 0 ? [] : ['', `copied, since a template would change them: ${verbatim.map(stripControlLine).join(', ')}`]),
    ...(left.length === 0 ? [] : ['', 'left out:', ...without, ...more]),
    '',
  ].join('\n');
}
