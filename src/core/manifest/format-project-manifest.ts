import type { Value } from '../pack/values.ts';
import { formatTomlPairs, formatTomlValue } from './format-toml.ts';
import type { ProjectManifest, ProjectPack } from './project-manifest.ts';

const HEADER = `# What this project asks for. Edit it by hand, or with \`packs add\`, \`packs remove\` and \`packs update\`.
# What it got is in packsmith.lock; commit both. Secrets are never written here.
`;

/**
 * Writes a new `packsmith.toml`: the same manifest gives the same bytes, and reading them gives the manifest back (values that are null are left
 * out). To change a file that people have edited, use `editProjectManifest`.
 */
export function formatProjectManifest(manifest: ProjectManifest): string {
  const sections = [
    `${HEADER}format = ${manifest.format}\n`,
    section('project', manifest.name === undefined ? [] : [['name', manifest.name]]),
    section(
      'packs',
      manifest.packs.map((pack) => [pack.id, toPackValue(pack)]),
    ),
    section('variables', manifest.variables),
    formatMerge(manifest),
    section('update', manifest.preserve.length === 0 ? [] : [['preserve', manifest.preserve]]),
    section('overrides', manifest.overrides),
  ];
  return sections.filter((text) => text !== '').join('\n');
}

function section(name: string, pairs: Iterable<readonly [string, Value]>): string {
  const body = formatTomlPairs(pairs);
  return body === '' ? '' : `[${name}]\n${body}`;
}

/** What stands behind the id of a pack in `[packs]`. */
export function toPackValue({ version, source, variables }: Omit<ProjectPack, 'id'>): Value {
  if (source === undefined && variables.size === 0) return version ?? '*';
  const table = new Map<string, Value>();
  if (version !== undefined) table.set('version', version);
  if (source !== undefined) table.set('source', source);
  if (version === undefined && source === undefined) table.set('version', '*');
  if (variables.size > 0) table.set('variables', variables);
  return table;
}

function formatMerge({ merge }: ProjectManifest): string {
  if (merge.mode === 'merge' && merge.rules.length === 0) return '';
  const rules = merge.rules.map(({ path, action, prefer }) => {
    const rule = new Map<string, Value>([
      ['path', path],
      ['action', action],
    ]);
    if (prefer !== undefined) rule.set('prefer', prefer);
    return `  ${formatTomlValue(rule)},\n`;
  });
  const list = rules.length === 0 ? '' : `rules = [\n${rules.join('')}]\n`;
  return `[merge]\nmode = ${formatTomlValue(merge.mode)}\n${list}`;
}
