/** How measured values lie: in milliseconds, rounded to microseconds. */
export interface Spread {
  readonly min: number;
  /** The quartiles, by linear interpolation between the values next to them. */
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
  readonly max: number;
}

/** The spread of at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = (sorted.length - 1) * share;
    const below = sorted[Math.floor(place)] ?? 0;
    const above = sorted[Math.ceil(place)] ?? below;
    return Math.round((below + (above - below) * (place - Math.floor(place))) * 1000) / 1000;
  };
  return { min: at(0), lower: at(0.25), median: at(0.5), upper: at(0.75), max: at(1) };
}
