import { stripControlLine } from '../../core/text/strip-control.ts';
import type { Trust, TrustChange } from '../../ops/packs/manage-trust.ts';
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
export function viewTrust(trust: Trust, terminal: Terminal): string {
  const policy = `signatures.policy = "${trust.policy}"\n`;
  const tables = viewTrusted(trust, terminal);
  return tables === '' ? `${policy}nothing is trusted\n` : `${policy}\n${tables}`;
}

/** What a change of trust is about. */
export function viewTrustChange(action: 'add' | 'remove', change: TrustChange, terminal: Terminal): string {
  const { style } = terminal;
  const word = action === 'add' ? style.green('trusted') : style.yellow('no longer trusted');
  return `${word}:\n${viewTrusted(change, terminal)}`;
}

function viewTrusted({ packs, own, publishers }: Pick<Trust, 'packs' | 'own' | 'publishers'>, terminal: Terminal): string {
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
  const mine = viewTable(
    [
      { title: 'OWN PACK', cells: own.map(({ id }) => id), style: style.bold },
      { title: 'DIRECTORY', cells: own.map(({ directory }) => stripControlLine(directory)), isFlexible: true },
    ],
    terminal,
  );
  const parts = [publishers.length === 0 ? '' : keys, packs.length === 0 ? '' : trusted, own.length === 0 ? '' : mine];
  return parts.filter((part) => part !== '').join('\n');
}
