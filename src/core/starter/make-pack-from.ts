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

/** What is copied though its name ends in the suffix of templates stands here under another one. */
const COPIED_ROOT = 'copied/';

/** Beyond this a file is copied: nobody looks for names in it. */
const LARGEST_TEMPLATE = 1_000_000;

/** Makes the files of a pack that generates a tree: variables where they were found, templates' syntax escaped, everything else byte for byte. */
export function makePackFrom(request: PackFromRequest): PackFrom {
  const { tree, proposals, verbatim } = request;
  const counted = proposals.map((proposal): Counted => ({ proposal, uses: 0, files: new Set() }));
  const spellings = proposals.flatMap((proposal) => proposal.spellings);
  const files = new Map<ProjectPath, FileEntry>();
  // By its place in the pack, the path in the project of what is copied though its name says that it is rendered.
  const copied = new Map<string, string>();
  let templates = 0;
  for (const path of sortedPaths(tree)) {
    const entry = tree.get(path) as FileEntry;
    const place = templatize(path, spellings);
    const content = verbatim.has(path) ? undefined : templateOf(path, entry, spellings);
    count(counted, path, place.replaced);
    if (content !== undefined) {
      count(counted, path, content.replaced);
      templates += 1;
      const target = `${TEMPLATE_ROOT}${place.template}${TEMPLATE_SUFFIX}` as ProjectPath;
      files.set(target, { content: encodeUtf8(content.template), mode: entry.mode });
    } else if (path.endsWith(TEMPLATE_SUFFIX)) {
      copied.set(`${COPIED_ROOT}${copied.size + 1}`, place.template);
      files.set(`${COPIED_ROOT}${copied.size}` as ProjectPath, entry);
    } else files.set(`${TEMPLATE_ROOT}${place.template}` as ProjectPath, entry);
  }
  const found = counted.filter(({ uses }) => uses > 0);
  const used = found.map(({ proposal }) => proposal);
  const variables = found.map(({ proposal: { name, value, prompt }, uses, files: { size } }) => ({
    name,
    value,
    prompt,
    uses,
    files: size,
  }));
  for (const [path, text] of Object.entries(ownFiles(request, used, copied)))
    files.set(path as ProjectPath, { content: encodeUtf8(text), mode: DEFAULT_MODE });
  const license = ['LICENSE', 'LICENSE.md', 'LICENSE.txt']
    .map((path) => tree.get(path as ProjectPath))
    .find((entry) => entry !== undefined);
  if (license !== undefined) files.set('LICENSE' as ProjectPath, license);
  return { files, variables, templates };
}

interface Counted {
  readonly proposal: Proposal;
  uses: number;
  readonly files: Set<string>;
}

function count(counted: readonly Counted[], path: string, replaced: ReadonlyMap<string, number>): void {
  for (const use of counted) {
    const times = use.proposal.spellings.reduce((sum, { expression }) => sum + (replaced.get(expression) ?? 0), 0);
    use.uses += times;
    if (times > 0) use.files.add(path);
  }
}

/** The template that gives a file; `undefined` where it is copied. */
function templateOf(
  path: string,
  { content }: FileEntry,
  spellings: Parameters<typeof templatize>[1],
): ReturnType<typeof templatize> | undefined {
  const text = content.length > LARGEST_TEMPLATE ? undefined : decodeUtf8(content);
  if (text === undefined || text.includes('\0')) return undefined;
  const found = templatize(text, spellings);
  return found.replaced.size > 0 || path.endsWith(TEMPLATE_SUFFIX) ? found : undefined;
}

function ownFiles(request: PackFromRequest, used: readonly Proposal[], copied: ReadonlyMap<string, string>): Record<string, string> {
  return {
    'pack.toml': manifestText(request, used, copied),
    'README.md': readmeText(request, used),
    'CHANGELOG.md': `# Changelog\n\n## 0.1.0\n\n- The first version, made from ${request.name}.\n`,
    'tests/as-it-was.toml': sameCase(request),
    ...(used.some(({ name }) => name === 'project_name') ? { 'tests/another-name.toml': otherCase(request) } : {}),
  };
}

function manifestText(
  { id, title, description, category, license, author }: PackFromRequest,
  used: readonly Proposal[],
  copied: ReadonlyMap<string, string>,
): string {
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
  const listed = [...copied].map(([source, output]): ManifestTable => {
    const entriesOf = new Map<string, Value>([
      ['source', source],
      ['output', output],
    ]);
    return { header: ['templates'], entries: entriesOf, isListed: true };
  });
  return formatPackManifest([{ header: ['pack'], entries: pack }, ...used.map(variableTable), ...listed]);
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
