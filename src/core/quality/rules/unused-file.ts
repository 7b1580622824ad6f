import type { Pack } from '../../pack/pack.ts';
import { listTemplates } from '../../template/list-templates.ts';
import { sortedPaths } from '../../tree/file-tree.ts';
import type { Rule } from '../rule.ts';
import { hasComputedInclude, includedFiles } from '../variable-uses.ts';

/** What packs have besides what they generate from. */
const KNOWN =
  /^(?:pack\.toml|ontology\.ttl|(?:README|CHANGELOG|LICENSE|LICENCE|NOTICE|CONTRIBUTING|SECURITY)(?:\.(?:md|txt))?|(?:tests|gates|shapes|queries|docs)\/.*|.*\.bak\d*|\..*)$/;

/** Where other tools read what their own names find: parts that are included, scripts, extensions. */
const READ_BY_LANGUAGES = /^(?:templates|partials|scripts|extensions)\//;

export const unusedFile: Rule = {
  id: 'unused-file',
  severity: 'warning',
  summary: 'A file of the pack is neither generated nor read by anything',
  reason: 'It is downloaded by everybody and reaches nobody, often because it was meant to be below `templates/`.',
  cure: 'Move it below `templates/`, name it in the manifest, or remove it.',
  check: ({ pack, texts }) => {
    const included = texts.flatMap(includedFiles);
    const isComputed = texts.some(hasComputedInclude);
    const isKnown = (path: string) => KNOWN.test(path) || (pack.manifest.language !== undefined && READ_BY_LANGUAGES.test(path));
    const used = new Set<string>([...listTemplates(pack).map(({ name }) => name), ...included, ...namedFiles(pack)]);
    return sortedPaths(pack.files)
      .filter((path) => !used.has(path) && !isKnown(path) && !(isComputed && path.endsWith('.jinja')))
      .map((file) => ({ message: 'nothing uses this file', where: { file } }));
  },
};

function namedFiles({ manifest }: Pack): string[] {
  return [
    ...manifest.queries.flatMap(({ content }) => (content.kind === 'file' ? [content.file] : [])),
    ...manifest.data.flatMap((data) => data.default ?? []),
  ];
}
