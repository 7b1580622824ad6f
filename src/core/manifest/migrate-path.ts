/** Where a file was before a chain of renames, each a map of old paths to new ones; a path that ends in `/` stands for all below it. `undefined` where none is about it. */
export function oldPath(path: string, steps: readonly ReadonlyMap<string, string>[]): string | undefined {
  let current = path;
  for (const rename of [...steps].reverse()) current = undo(current, rename);
  return current === path ? undefined : current;
}

function undo(path: string, rename: ReadonlyMap<string, string>): string {
  for (const [old, renamed] of rename) if (renamed === path) return old;
  const found = [...rename].find(([, renamed]) => renamed.endsWith('/') && path.startsWith(renamed));
  return found === undefined ? path : found[0] + path.slice(found[1].length);
}
