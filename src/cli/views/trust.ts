import { stripControlLine } from '../../core/text/strip-control.ts';
import type { Trust } from '../../ops/manage-trust.ts';
import type { OwnKey } from '../../ports/signer.ts';
import type { Terminal } from '../terminal.ts';
import { viewTable } from './table.ts';

/** Keys with their public parts, which others need. */
export function viewKeys(keys: readonly OwnKey[], { style }: Terminal): string {
  if (keys.length === 0) return 'there are no keys\n';
  return keys
    .map(({ name, kind, file, keyId, publicKey }) => {
      const place = kind === 'ssh' ? `SSH key ${file}` : file;
      return `${style.bold(name)}  ${keyId}\n  ${stripControlLine(place)}\n  ${publicKey}\n`;
    })
    .join('');
}

/** Publishers and packs that are trusted, and what the policy is. */
export function viewTrust(
  { policy, packs, publishers }: Omit<Trust, 'policy'> & { readonly policy?: Trust['policy'] },
  terminal: Terminal,
): string {
  const { style } = terminal;
  const keys = viewTable(
    [
      { title: 'PUBLISHER', cells: publishers.map(({ name }) => name), style: style.bold },
      { title: 'KEY', cells: publishers.map(({ keyId }) => keyId) },
      { title: 'MUST SIGN', cells: publishers.map((publisher) => publisher.packs.join(', ')), isFlexible: true },
    ],
    terminal,
  );
  const trusted = viewTable(
    [
      { title: 'PACK', cells: packs.map(({ id }) => id), style: style.bold },
      { title: 'CONTENT', cells: packs.map(({ integrity }) => integrity), isFlexible: true },
    ],
    terminal,
  );
  const parts = [
    policy === undefined ? '' : `signatures.policy = "${policy}"\n`,
    publishers.length === 0 ? '' : keys,
    packs.length === 0 ? '' : trusted,
  ].filter((part) => part !== '');
  return parts.join('\n');
}
