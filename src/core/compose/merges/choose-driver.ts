/** The merge drivers, by the names that `[merge]` of a pack uses. */
export const MERGE_DRIVERS = ['json', 'yaml', 'toml', 'ini', 'env', 'lines', 'sections', 'packages', 'text'] as const;

export type MergeDriverName = (typeof MERGE_DRIVERS)[number];

export function isMergeDriverName(name: string): name is MergeDriverName {
  return (MERGE_DRIVERS as readonly string[]).includes(name);
}

/** First match wins; patterns see the last segment of the path, in lower case. */
const TABLE: readonly (readonly [RegExp, MergeDriverName])[] = [
  [/^(?:package\.json|pyproject\.toml|cargo\.toml)$/, 'packages'],
  [/^(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|composer\.lock|cargo\.lock|poetry\.lock|uv\.lock)$/, 'text'],
  [/\.(?:json|jsonc|code-workspace|webmanifest)$/, 'json'],
  [/^\.(?:eslintrc|babelrc|swcrc)$/, 'json'],
  [/\.(?:yml|yaml)$/, 'yaml'],
  [/\.toml$/, 'toml'],
  [/^\.editorconfig$|\.ini$/, 'ini'],
  [/^\.[a-z]+ignore$|^\.gitattributes$/, 'lines'],
  [/^\.env(?:\..+)?$|\.env$/, 'env'],
  [/\.(?:md|markdown)$/, 'sections'],
];

/** The driver for a path; `text` for what no format is known of. Dockerfiles and sources are text: a conflict unless equal, ruled or explained by a base. */
export function chooseDriver(path: string): MergeDriverName {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return TABLE.find(([pattern]) => pattern.test(name))?.[1] ?? 'text';
}
