import type { VerifyReport } from '../../ops/packs/verify-packs.ts';
import type { Terminal } from '../terminal.ts';
import { viewTable } from './table.ts';

/** Every verified pack with its state. */
export function viewVerified({ packs, fixed }: VerifyReport, terminal: Terminal): string {
  if (packs.length === 0) return 'no packs are installed\n';
  const again = new Set(fixed);
  return viewTable(
    [
      { title: 'PACK', cells: packs.map(({ id }) => id), style: terminal.style.bold },
      { title: 'VERSION', cells: packs.map(({ version }) => version) },
      { title: 'STATE', cells: packs.map(({ id, state }) => (again.has(id) && state === 'intact' ? 'fetched again' : state)) },
      { title: 'NOTE', cells: packs.map(({ problems }) => problems.join('; ')), isFlexible: true },
    ],
    terminal,
  );
}
