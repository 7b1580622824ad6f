/** The segments of a path as a person writes it, without those that lead nowhere: empty ones and `.`; `..` stays. */
export function plainSegments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '' && segment !== '.');
}
