import { type DataFormat, formatOfPath, isRdfFormat, type RdfDataFormat } from '../../core/data/data-format.ts';
import { isShapes } from '../../core/data/pack-data.ts';
import { parsePlainData } from '../../core/data/parse-plain-data.ts';
import { findBeyondCore } from '../../core/data/quads.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';
import { utf8At } from '../../core/tree/file-text.ts';
import { sortedPaths } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';
import type { SparqlEngine } from '../../ports/sparql-engine.ts';
import { beyondCore } from './check-shapes.ts';

export type PackDataPorts = Pick<Ports, 'openSparqlEngine' | 'dataFiles'>;

const ONTOLOGY = 'ontology.ttl';

/** Reads what data a pack has itself: its ontology, its shapes, and the defaults of `[data]`. What cannot be parsed is a finding with its line. */
export async function checkPackData(pack: Pack, ports: PackDataPorts): Promise<Diagnostic[]> {
  const files = listDataFiles(pack);
  const plain = await Promise.all(
    [...files].map(([path, format]) => (isRdfFormat(format) ? [] : checkPlain({ path, format, pack }, ports))),
  );
  const graphs = [...files].flatMap(([path, format]) => (isRdfFormat(format) ? [{ path, format, pack }] : []));
  if (graphs.length === 0) return plain.flat();
  const engine = await ports.openSparqlEngine();
  try {
    const found = await Promise.all(graphs.map((graph) => checkGraph(graph, engine)));
    return [...plain.flat(), ...found.flat()];
  } finally {
    await engine.close();
  }
}

/** Every file of data by its path, with its format. */
function listDataFiles({ manifest, files }: Pack): Map<ProjectPath, DataFormat> {
  const graphs = sortedPaths(files).filter((path) => path === ONTOLOGY || isShapes(path));
  const found = new Map<ProjectPath, DataFormat>(graphs.map((path) => [path, 'turtle']));
  for (const { default: path, format } of manifest.data) {
    const known = path === undefined ? undefined : (format ?? formatOfPath(path));
    if (known !== undefined && files.has(path as ProjectPath)) found.set(path as ProjectPath, known);
  }
  return found;
}

interface DataFile<Format extends DataFormat> {
  readonly path: ProjectPath;
  readonly format: Format;
  readonly pack: Pack;
}

async function checkPlain({ path, format, pack }: DataFile<Exclude<DataFormat, RdfDataFormat>>, { dataFiles }: PackDataPorts) {
  const text = utf8At(pack.files, path);
  if (text === undefined) return [noText(path)];
  const isTable = format === 'csv' || format === 'tsv';
  const outcome = isTable ? await dataFiles.readTable(text, format === 'csv' ? ',' : '\t') : parsePlainData(text, format);
  if (outcome.kind === 'value') return [];
  const { kind: _, problem, ...position } = outcome;
  return [invalid(`it is not valid ${format.toUpperCase()}: ${stripControlLine(problem)}`, { file: path, ...position })];
}

async function checkGraph({ path, format, pack }: DataFile<RdfDataFormat>, engine: SparqlEngine): Promise<readonly Diagnostic[]> {
  const text = utf8At(pack.files, path);
  if (text === undefined) return [noText(path)];
  const { quads, diagnostics } = await engine.parse({ text, format, name: path, base: `file:///${path}` });
  return isShapes(path) ? [...diagnostics, ...findBeyondCore(quads).map((iri) => beyondCore(iri, path))] : diagnostics;
}

function noText(path: ProjectPath): Diagnostic {
  return invalid('it is not valid UTF-8', { file: path });
}

function invalid(message: string, where: NonNullable<Diagnostic['where']>): Diagnostic {
  return { code: 'DATA_INVALID', severity: 'error', message, where };
}
