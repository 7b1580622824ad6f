import { formatPackManifest, type ManifestTable } from '../manifest/format-pack-manifest.ts';
import { formatTomlKey, formatTomlValue } from '../manifest/format-toml.ts';
import type { PackName } from '../pack/pack-name.ts';
import type { Value } from '../pack/values.ts';
import { TEMPLATE_ROOT, TEMPLATE_SUFFIX } from '../template/list-templates.ts';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import { DEFAULT_MODE, type FileEntry, type FileTree, sortedPaths } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import type { Proposal } from './proposals.ts';
import { escapeTemplate, templatize } from './templatize.ts';

export interface PackFromRequest {
  readonly id: PackName;
  readonly title: string;
  readonly description: string;
  readonly category: string | undefined;
  readonly author: string | undefined;
  /** An SPDX expression, where the project has a license. */
  readonly license: string | undefined;
  /** What is called what the project is called. */
  readonly name: string;
  readonly tree: FileTree;
  readonly proposals: readonly Proposal[];
  /** Files that are copied as they are, whatever stands in them. */
  readonly verbatim: ReadonlySet<string>;
}

export interface VariableUse {
  readonly name: string;
  readonly value: string;
  readonly prompt: string;
  /** How often it was put into contents and paths. */
  readonly uses: number;
  readonly files: number;
}

export interface PackFrom {
  readonly files: FileTree;
  readonly variables: readonly VariableUse[];
  /** Files that are rendered; all others are copied. */
  readonly templates: number;
}

/** Beyond this a file is copied: nobody looks for names in it. */
const LARGEST_TEMPLATE = 1_000_000;

/** Makes the files of a pack that generates a tree: variables where they were found, templates' syntax escaped, everything else byte for byte. */
export function makePackFrom(request: PackFromRequest): PackFrom {
  const { tree, proposals, verbatim } = request;
  const uses = new Map<string, { uses: number; files: Set<string> }>(proposals.map(({ name }) => [name, { uses: 0, files: new Set() }]));
  const owner = new Map(proposals.flatMap(({ name, spellings }) => spellings.map(({ expression }) => [expression, name] as const)));
  const count = (path: string, replaced: ReadonlyMap<string, number>): void => {
    for (const [expression, times] of replaced) {
      const use = uses.get(owner.get(expression) ?? '');
      if (use === undefined) continue;
      use.uses += times;
      use.files.add(path);
    }
  };
  const spellings = proposals.flatMap((proposal) => proposal.spellings);
  const files = new Map<ProjectPath, FileEntry>();
  let templates = 0;
  for (const path of sortedPaths(tree)) {
    const entry = tree.get(path) as FileEntry;
    const place = templatize(path, spellings);
    const content = verbatim.has(path) ? undefined : templateOf(entry, spellings);
    const isTemplate = content !== undefined && (content.replaced.size > 0 || path.endsWith(TEMPLATE_SUFFIX));
    count(path, place.replaced);
    if (isTemplate) {
      count(path, content.replaced);
      templates += 1;
    }
    const target = `${TEMPLATE_ROOT}${place.template}${isTemplate ? TEMPLATE_SUFFIX : ''}` as ProjectPath;
    files.set(target, isTemplate ? { content: encodeUtf8(content.template), mode: entry.mode } : entry);
  }
  const used = proposals.filter(({ name }) => (uses.get(name)?.uses ?? 0) > 0);
  const variables = used.map(({ name, value, prompt }) => ({
    name,
    value,
    prompt,
    uses: uses.get(name)?.uses ?? 0,
    files: uses.get(name)?.files.size ?? 0,
  }));
  for (const [path, text] of Object.entries(ownFiles(request, used)))
    files.set(path as ProjectPath, { content: encodeUtf8(text), mode: DEFAULT_MODE });
  const license = ['LICENSE', 'LICENSE.md', 'LICENSE.txt']
    .map((path) => tree.get(path as ProjectPath))
    .find((entry) => entry !== undefined);
  if (license !== undefined) files.set('LICENSE' as ProjectPath, license);
  return { files, variables, templates };
}

function templateOf({ content }: FileEntry, spellings: Parameters<typeof templatize>[1]): ReturnType<typeof templatize> | undefined {
  const text = content.length > LARGEST_TEMPLATE ? undefined : decodeUtf8(content);
  return text === undefined || text.includes('\0') ? undefined : templatize(text, spellings);
}

function ownFiles(request: PackFromRequest, used: readonly Proposal[]): Record<string, string> {
  return {
    'pack.toml': manifestText(request, used),
    'README.md': readmeText(request, used),
    'CHANGELOG.md': `# Changelog\n\n## 0.1.0\n\n- The first version, made from ${request.name}.\n`,
    'tests/as-it-was.toml': sameCase(request),
    ...(used.some(({ name }) => name === 'project_name') ? { 'tests/another-name.toml': otherCase(request) } : {}),
  };
}

function manifestText({ id, title, description, category, license, author }: PackFromRequest, used: readonly Proposal[]): string {
  const entries: readonly (readonly [string, Value | undefined])[] = [
    ['id', id],
    ['version', '0.1.0'],
    ['title', title],
    ['description', description],
    ['category', category],
    ['license', license],
    ['authors', author === undefined ? undefined : [author]],
  ];
  const pack = new Map(entries.filter((entry): entry is readonly [string, Value] => entry[1] !== undefined));
  return formatPackManifest([{ header: ['pack'], entries: pack }, ...used.map(variableTable)]);
}

function variableTable({ name, type, prompt, value, pattern, patternHint }: Proposal): ManifestTable {
  const entries = new Map<string, Value>([
    ['type', type],
    ['prompt', prompt],
    ['default', type === 'integer' ? Number(value) : escapeTemplate(value)],
    ...(type === 'integer'
      ? ([
          ['min', 1],
          ['max', 65_535],
        ] as const)
      : []),
    ...(pattern === undefined ? [] : ([['pattern', pattern]] as const)),
    ...(patternHint === undefined ? [] : ([['pattern_hint', patternHint]] as const)),
  ]);
  return { header: ['variables', name], entries };
}

function readmeText({ id, title, description, name }: PackFromRequest, used: readonly Proposal[]): string {
  const rows = used
    .map(({ name: variable, value, prompt }) => `| \`${variable}\` | ${value.replaceAll('|', '\\|')} | ${prompt} |\n`)
    .join('');
  const table = rows === '' ? 'It asks nothing.\n' : `| name | default | meaning |\n| --- | --- | --- |\n${rows}`;
  return `# ${title}

${description}

\`\`\`sh
packs generate ${id} my-project
\`\`\`

## Variables

${table}
## Working on this pack

It was made from ${name}: with the defaults it generates that project again, byte for byte, which \`tests/as-it-was.toml\` holds on to. Say in
\`pack.toml\` what else should be asked, and put it into the files below \`templates/\`; those that end in \`.jinja\` are rendered.

\`\`\`sh
packs validate
packs test
packs generate . /tmp/try-it
\`\`\`
`;
}

const LISTED = 200;

function sameCase({ name, tree }: PackFromRequest): string {
  const paths = sortedPaths(tree);
  const isWhole = paths.length <= LISTED;
  const listed = paths.slice(0, LISTED).map((path) => `  ${formatTomlValue(asGlob(path))},\n`);
  return `name = ${formatTomlValue(`the defaults give ${name} again`)}\n\n[expect]\nfiles = [\n${listed.join('')}]\n${isWhole ? 'complete = true\n' : ''}`;
}

/** A path as a glob that matches it: braces have no other way to stand for themselves than any character. */
function asGlob(path: string): string {
  return path.replaceAll(/[{},]/g, '?').replaceAll('[', '[[]');
}

/** Another name leaves nothing of the old one in the manifest that it came from. */
function otherCase({ name, tree }: PackFromRequest): string {
  const manifest = ['package.json', 'pyproject.toml', 'Cargo.toml', 'go.mod', 'README.md'].find((path) => tree.has(path as ProjectPath));
  const other = name === 'tea-shop' ? 'coffee-shop' : 'tea-shop';
  const head = `name = "another name"\n\n[variables]\nproject_name = "${other}"\n\n[expect]\n`;
  if (manifest === undefined) return head;
  return `${head}files = [${formatTomlValue(manifest)}]\n\n[expect.contains]\n${formatTomlKey(manifest)} = ["${other}"]\n`;
}
