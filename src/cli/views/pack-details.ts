import { isGate, isShapes } from '../../core/data/pack-data.ts';
import { formatArguments } from '../../core/text/format-arguments.ts';
import { stripControl, stripControlLine } from '../../core/text/strip-control.ts';
import { sortedPaths } from '../../core/tree/file-tree.ts';
import type { PackDetails } from '../../ops/packs/show-pack.ts';
import type { Terminal } from '../terminal.ts';
import { wrapText } from '../text-width.ts';
import { readManifestText } from './describe-pack.ts';
import { formatBytes, formatCount, formatValue } from './format-value.ts';
import { viewTable } from './table.ts';
import { viewVariables } from './variable-sections.ts';

/** The sections of `packs show`, in the order they are shown. */
export const SECTIONS = ['variables', 'templates', 'dependencies', 'packages', 'queries', 'examples', 'manifest', 'files'] as const;

export type Section = (typeof SECTIONS)[number];

type ViewSection = (details: PackDetails, terminal: Terminal) => string;

/** A pack: an overview, or the sections that were asked for, each under its title when there are several. */
export function viewPackDetails(details: PackDetails, sections: readonly Section[], terminal: Terminal): string {
  if (sections.length === 0) return viewOverview(details, terminal);
  const views = sections.map((section) => {
    const title = sections.length === 1 ? '' : `${terminal.style.bold(section.toUpperCase())}\n`;
    return title + VIEWS[section](details, terminal);
  });
  return views.join('\n');
}

const FACT_INDENT = 12;

function viewOverview(details: PackDetails, terminal: Terminal): string {
  const { pack, shadows } = details;
  const { manifest, provenance, integrity } = pack;
  const { style, columns = 100 } = terminal;
  const hooks = manifest.hooks.map((hook) => `${hook.stage}: ${formatArguments(hook.run)}`);
  const facts: readonly (readonly [string, string])[] = [
    ['category', manifest.category ?? ''],
    ['keywords', manifest.keywords.join(', ')],
    ['license', manifest.license ?? ''],
    ['authors', manifest.authors.join(', ')],
    ['homepage', manifest.homepage ?? ''],
    ['repository', manifest.repository ?? ''],
    ['requires', manifest.requires === undefined ? '' : `packsmith ${manifest.requires}`],
    ['needs', manifest.dependencies.map(({ id, version, optional }) => `${id} ${version}${optional ? ' (optional)' : ''}`).join(', ')],
    ['source', `${provenance.kind} ${provenance.location}`.trim()],
    ['integrity', integrity],
    ['contents', describeContents(details)],
    ['hooks', hooks.join('; ')],
    ['hides', shadows.map((entry) => `${entry.version} from ${entry.provenance.kind} ${entry.provenance.location}`).join('; ')],
  ];
  const about = wrapText(stripControlLine(manifest.description), Math.min(columns, 100));
  const lines = facts.flatMap(([name, text]) => {
    // A path stays whole, so that it can be copied.
    const shown =
      terminal.columns === undefined || name === 'source'
        ? [stripControlLine(text)]
        : wrapText(stripControlLine(text), columns - FACT_INDENT);
    return text === '' ? [] : [`${style.dim(name.padEnd(FACT_INDENT))}${shown.join(`\n${' '.repeat(FACT_INDENT)}`)}`];
  });
  const title = `${style.bold(stripControlLine(manifest.id))} ${stripControlLine(manifest.version)}  ${stripControlLine(manifest.title)}`;
  return `${[title, ...about, '', ...lines].join('\n')}\n`;
}

function describeContents({ pack: { manifest, files }, templates }: PackDetails): string {
  const conditional = templates.filter((template) => template.isConditional).length;
  const queries = manifest.queries.length;
  const counts: readonly (readonly [number, string])[] = [
    [templates.length, formatCount(templates.length, 'template') + (conditional === 0 ? '' : ` (${conditional} by condition)`)],
    [manifest.variables.length, formatCount(manifest.variables.length, 'variable')],
    [manifest.packages.length, formatCount(manifest.packages.length, 'package')],
    [queries, queries === 1 ? '1 named query' : `${queries} named queries`],
    [manifest.examples.length, formatCount(manifest.examples.length, 'example')],
    [files.size, formatCount(files.size, 'file')],
  ];
  return counts
    .filter(([count]) => count > 0)
    .map(([, text]) => text)
    .join(', ');
}

const VIEWS: Readonly<Record<Section, ViewSection>> = {
  variables: ({ pack }, terminal) => viewVariables(pack.manifest, terminal),
  templates: viewTemplates,
  dependencies: viewDependencies,
  packages: viewPackages,
  queries: viewQueries,
  examples: viewExamples,
  manifest: (details) => stripControl(readManifestText(details)),
  files: viewFiles,
};

function viewTemplates({ templates }: PackDetails, terminal: Terminal): string {
  if (templates.length === 0) return 'no templates\n';
  return viewTable(
    [
      { title: 'OUTPUT', cells: templates.map((template) => template.output) },
      { title: 'KIND', cells: templates.map((template) => template.kind), isOptional: true },
      { title: 'SIZE', cells: templates.map((template) => formatBytes(template.bytes)), isOptional: true },
      { title: 'WHEN', cells: templates.map((template) => template.when ?? (template.isConditional ? 'its path says' : '')) },
      { title: 'SOURCE', cells: templates.map((template) => template.source), isFlexible: true },
    ],
    terminal,
  );
}

function viewDependencies({ pack: { manifest } }: PackDetails, terminal: Terminal): string {
  const { dependencies } = manifest;
  if (dependencies.length === 0) return 'no dependencies\n';
  return viewTable(
    [
      { title: 'PACK', cells: dependencies.map(({ id }) => id), style: terminal.style.bold },
      { title: 'RANGE', cells: dependencies.map(({ version }) => version) },
      { title: '', cells: dependencies.map(({ optional }) => (optional ? 'optional' : '')) },
      { title: 'REASON', cells: dependencies.map(({ reason }) => reason ?? ''), isFlexible: true },
    ],
    terminal,
  );
}

function viewPackages({ pack: { manifest } }: PackDetails, terminal: Terminal): string {
  const { packages } = manifest;
  if (packages.length === 0) return 'no packages\n';
  return viewTable(
    [
      { title: 'PACKAGE', cells: packages.map(({ name }) => name), style: terminal.style.bold },
      { title: 'RANGE', cells: packages.map(({ version }) => version) },
      { title: 'FROM', cells: packages.map(({ ecosystem }) => ecosystem) },
      { title: 'FOR', cells: packages.map(({ dev }) => (dev ? 'development' : '')) },
      { title: 'WHEN', cells: packages.map(({ when }) => when ?? ''), isFlexible: true },
    ],
    terminal,
  );
}

/** Queries, the data that they ask, and what refuses it. */
function viewQueries(details: PackDetails, terminal: Terminal): string {
  const parts = [viewNamedQueries(details, terminal), viewData(details, terminal), viewRefusals(details, terminal)];
  return parts.filter((part) => part !== '').join('\n') || 'no queries\n';
}

function viewData({ pack: { manifest } }: PackDetails, terminal: Terminal): string {
  const { data } = manifest;
  if (data.length === 0) return '';
  return viewTable(
    [
      { title: 'DATA', cells: data.map(({ name }) => name), style: terminal.style.bold },
      { title: 'FROM', cells: data.map(({ from }) => from ?? '') },
      { title: 'DEFAULT', cells: data.map((entry) => entry.default ?? ''), isFlexible: true },
      { title: 'FORMAT', cells: data.map(({ format }) => format ?? 'by its ending') },
    ],
    terminal,
  );
}

function viewRefusals({ pack: { files } }: PackDetails, terminal: Terminal): string {
  const paths = sortedPaths(files).filter((path) => isGate(path) || isShapes(path));
  if (paths.length === 0) return '';
  const kinds = paths.map((path) => (isGate(path) ? 'any row refuses' : 'shapes of the data'));
  return viewTable(
    [
      { title: 'GATE OR SHAPES', cells: paths, style: terminal.style.bold },
      { title: 'WHAT IT DOES', cells: kinds },
    ],
    terminal,
  );
}

function viewNamedQueries({ pack: { manifest } }: PackDetails, terminal: Terminal): string {
  const { queries } = manifest;
  if (queries.length === 0) return '';
  return viewTable(
    [
      { title: 'QUERY', cells: queries.map(({ name }) => name), style: terminal.style.bold },
      { title: 'OVER', cells: queries.map(({ over }) => over ?? 'all its data') },
      { title: 'TEXT', cells: queries.map(({ content }) => (content.kind === 'file' ? content.file : content.text)), isFlexible: true },
    ],
    terminal,
  );
}

function viewExamples({ pack: { manifest } }: PackDetails, { style }: Terminal): string {
  if (manifest.examples.length === 0) return 'no examples\n';
  const views = manifest.examples.map(({ title, variables }) => {
    const flags = [...variables].flatMap(([name, value]) => ['--var', `${name}=${formatValue(value)}`]);
    return `${style.dim(`# ${stripControlLine(title)}`)}\npacks ${formatArguments(['generate', manifest.id, 'DIR', ...flags])}\n`;
  });
  return views.join('\n');
}

function viewFiles({ pack: { files } }: PackDetails, terminal: Terminal): string {
  const paths = sortedPaths(files);
  return viewTable(
    [
      { title: 'FILE', cells: paths, isFlexible: true },
      { title: 'SIZE', cells: paths.map((path) => formatBytes(files.get(path)?.content.length ?? 0)) },
    ],
    terminal,
  );
}
