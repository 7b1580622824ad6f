import type { MergeDriver } from './merge-driver.ts';
import { mergeTrees, type TreeFormat } from './tree/merge-trees.ts';
import { parseYaml } from './yaml/parse-yaml.ts';
import { writeYaml } from './yaml/write-yaml.ts';

/**
 * Merges one YAML document key by key, lists by what names their items (services, jobs, steps, containers);
 * every byte of `ours` outside of what changes stays. Unparsable are several documents, complex keys, more than 1 MB and more than 64 levels.
 */
export const mergeYaml: MergeDriver = (input) => mergeTrees(input, yamlFormat);

const yamlFormat: TreeFormat = { parse: parseYaml, write: writeYaml };
