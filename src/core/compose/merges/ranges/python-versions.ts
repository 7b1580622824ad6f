/** A version of PEP 440, as the numbers its order is made of. */
export type PythonVersion = readonly number[];

const VERSION =
  /^v?(?:(\d{1,9})!)?(\d{1,15}(?:\.\d{1,15})*)(?:[-_.]?(alpha|beta|preview|pre|rc|a|b|c)[-_.]?(\d{0,15}))?(?:[-_.]?(post|rev|r)[-_.]?(\d{0,15})|-(\d{1,15}))?(?:([-_.]?dev)[-_.]?(\d{0,15}))?(?:\+[a-z0-9._-]+)?$/;

const PHASES: ReadonlyMap<string, number> = new Map([
  ['a', 0],
  ['alpha', 0],
  ['b', 1],
  ['beta', 1],
]);
const RELEASE_CANDIDATE = 2;
const LONGEST_RELEASE = 8;

/** Reads a version; `undefined` when it is none. The local part does not count. */
export function parsePythonVersion(text: string): PythonVersion | undefined {
  const found = VERSION.exec(text.trim().toLowerCase());
  if (found === null) return undefined;
  const [, epoch = '0', release = '', phase, phaseNumber, post, postNumber, shortPost, dev, devNumber] = found;
  const numbers = release.split('.').map(Number);
  if (numbers.length > LONGEST_RELEASE) return undefined;
  const isPost = post !== undefined || shortPost !== undefined;
  const pre = phase === undefined ? (dev !== undefined && !isPost ? -1 : RELEASE_CANDIDATE + 1) : (PHASES.get(phase) ?? RELEASE_CANDIDATE);
  return [
    Number(epoch),
    ...numbers,
    ...new Array<number>(LONGEST_RELEASE - numbers.length).fill(0),
    pre,
    Number(phaseNumber || 0),
    isPost ? Number(postNumber || shortPost || 0) : -1,
    dev === undefined ? Number.POSITIVE_INFINITY : Number(devNumber || 0),
  ];
}

/** Orders two versions as PEP 440 does. */
export function comparePythonVersions(a: PythonVersion, b: PythonVersion): number {
  for (let index = 0; index < a.length; index++) {
    const left = a[index] ?? 0;
    const right = b[index] ?? 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
