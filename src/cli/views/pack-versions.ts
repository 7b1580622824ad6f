import { stripControlLine } from '../../core/text/strip-control.ts';
import type { PackVersions } from '../../ops/packs/list-versions.ts';
import type { Terminal } from '../terminal.ts';
import { viewTable } from './table.ts';

/** The versions of a pack, where they come from, and which others that place hides. */
export function viewPackVersions({ id, place, versions, hidden }: PackVersions, terminal: Terminal): string {
  const table = viewTable(
    [
      { title: 'VERSION', cells: versions.map(({ version }) => version), style: terminal.style.bold },
      { title: 'TAGS', cells: versions.map(({ tags }) => tags.join(', ')) },
      {
        title: 'STATE',
        cells: versions.map(({ status, isInstalled }) =>
          [...(isInstalled ? ['installed'] : []), ...(status === 'available' ? [] : [status])].join(', '),
        ),
      },
      { title: 'NOTE', cells: versions.map(({ notice }) => notice ?? ''), isFlexible: true },
    ],
    terminal,
  );
  const lines = hidden.map((other) => `hidden: ${id} ${other.version} in ${describePlace(other.place)}\n`);
  return `${id} comes from ${describePlace(place)}\n\n${table}${lines.length === 0 ? '' : `\n${lines.join('')}`}`;
}

function describePlace({ kind, location }: PackVersions['place']): string {
  return stripControlLine(location === '' ? kind : `${kind} ${location}`);
}
