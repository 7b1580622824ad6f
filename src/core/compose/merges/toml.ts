import type { MergeDriver } from './merge-driver.ts';
import { parseToml } from './toml/parse-toml.ts';
import { writeToml } from './toml/write-toml.ts';
import { mergeTrees, type TreeFormat } from './tree/merge-trees.ts';

/**
 * Merges TOML key by key, arrays of tables by what names their items; comments and spelling of `ours` stay, and what is added brings its own.
 * Unparsable are more than 1 MB and more than 64 levels, dotted keys included.
 */
export const mergeToml: MergeDriver = (input) => mergeTrees(input, tomlFormat);

export const tomlFormat: TreeFormat = { parse: parseToml, write: writeToml };
