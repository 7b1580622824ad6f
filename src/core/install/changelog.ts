import { compareVersions, isVersion } from '../pack/versions.ts';

/** What a changelog says of one version. */
export interface ChangelogSection {
  readonly version: string;
  /** The Markdown below the heading, without blank lines around it. */
  readonly text: string;
  /** Whether it says that something breaks. */
  readonly isBreaking: boolean;
}

export interface ChangelogSpan {
  /** Not included. */
  readonly after: string;
  /** Included. */
  readonly upTo: string;
}

const HEADING = /^(#{1,6})\s+\[?v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)\]?(?=$|[\s:(–—-])/;
const ANY_HEADING = /^(#{1,6})\s/;
const BREAKING = /\bBREAKING\b|\bbreaking changes?\b/i;
const FENCE = /^\s{0,3}(?:```|~~~)/;

/**
 * Takes the sections between two versions out of a changelog, newest first. A section begins with a Markdown heading that starts with a
 * version (`## 1.2.0`, `## [1.2.0] - 2026-01-01`, `# v1.2.0`) and ends at the next heading of its level or above. Headings in code blocks
 * do not count; without such headings there are no sections.
 */
export function extractChangelog(changelog: string, { after, upTo }: ChangelogSpan): ChangelogSection[] {
  const sections = readSections(changelog);
  return sections
    .filter(({ version }) => isVersion(version) && compareVersions(version, after) > 0 && compareVersions(version, upTo) <= 0)
    .sort((a, b) => compareVersions(b.version, a.version));
}

function readSections(changelog: string): ChangelogSection[] {
  const found: { version: string; level: number; lines: string[] }[] = [];
  let open: (typeof found)[number] | undefined;
  let isInCode = false;
  for (const line of changelog.split(/\r\n|\r|\n/)) {
    if (FENCE.test(line)) isInCode = !isInCode;
    const heading = isInCode ? null : ANY_HEADING.exec(line);
    const level = heading?.[1]?.length ?? 0;
    const version = heading === null ? undefined : HEADING.exec(line)?.[2];
    if (version !== undefined) {
      open = { version, level, lines: [] };
      found.push(open);
    } else if (open !== undefined && heading !== null && level <= open.level) open = undefined;
    else open?.lines.push(line);
  }
  return found.map(({ version, lines }) => {
    const text = lines.join('\n').trim();
    return { version, text, isBreaking: BREAKING.test(text) };
  });
}
