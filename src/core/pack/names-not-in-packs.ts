/** What stands in a pack's directory, at any depth, but is not part of the pack. */
export const NAMES_NOT_IN_PACKS: ReadonlySet<string> = new Set(['.git', '.packsmith', 'node_modules', '.DS_Store']);
