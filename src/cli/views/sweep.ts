import type { SweepReport } from '../../ports/pack-store.ts';
import { formatBytes } from './format-bytes.ts';
import { formatCount } from './format-value.ts';

/** What was freed, or could be. */
export function viewSweep({ packs, transactions, storeBytes, cacheFiles, cacheBytes }: SweepReport, isOnlyCounted: boolean): string {
  const verb = isOnlyCounted ? 'would free' : 'freed';
  const store = `${verb} ${formatBytes(storeBytes)} of the store: ${formatCount(packs, 'pack')} not installed, ${formatCount(transactions, 'transaction')}\n`;
  return cacheFiles === 0 ? store : `${store}${verb} ${formatBytes(cacheBytes)} of downloads: ${formatCount(cacheFiles, 'file')}\n`;
}
