const UNITS = ['B', 'kB', 'MB', 'GB'] as const;

/** An amount of bytes for people: whole bytes, else with one digit after the point, in steps of 1 024. */
export function formatBytes(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 1024 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  return unit === 0 ? `${bytes} B` : `${amount.toFixed(1)} ${UNITS[unit]}`;
}
