/** Orders two strings by UTF-16 code unit, the one order used wherever output must not depend on the machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
