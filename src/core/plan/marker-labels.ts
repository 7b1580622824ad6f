interface PackVersion {
  readonly id: string;
  readonly version: string;
}

export interface PackVersions {
  readonly before: readonly PackVersion[];
  readonly now: readonly PackVersion[];
}

/** What conflict markers call the sides of one file: the packs that gave it then, and those that give it now, with their versions. */
export function markerLabels(
  { base, theirs }: { readonly base: readonly string[] | undefined; readonly theirs: readonly string[] | undefined },
  { before, now }: PackVersions,
): { readonly ours: string; readonly base: string; readonly theirs: string } {
  const was = base === undefined ? 'nothing' : nameAll(base, before);
  const is = nameAll(theirs ?? [], now);
  // The same versions with other answers.
  return was === is ? { ours: 'yours', base: `${was}, before`, theirs: `${is}, now` } : { ours: 'yours', base: was, theirs: is };
}

const MOST_NAMED = 2;

function nameAll(ids: readonly string[], versions: readonly PackVersion[]): string {
  const names = ids.map((id) => {
    const version = versions.find((pack) => pack.id === id)?.version;
    return version === undefined ? id : `${id} ${version}`;
  });
  if (names.length === 0) return 'no pack';
  return names.length <= MOST_NAMED
    ? names.join(' and ')
    : `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`;
}
