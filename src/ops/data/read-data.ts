import type { DataBudget } from '../../core/data/data-budget.ts';
import { type DataFormat, formatOfPath, isRdfFormat, type RdfDataFormat, suggestEnding } from '../../core/data/data-format.ts';
import { parsePlainData } from '../../core/data/parse-plain-data.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { LockedData, LockedFile } from '../../core/lockfile/lockfile.ts';
import { findLimitProblem, type LimitName } from '../../core/manifest/limits.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { DataDeclaration } from '../../core/pack/pack-manifest.ts';
import type { Value, ValueMap } from '../../core/pack/values.ts';
import type { PlannedData } from '../../core/plan/generation-plan.ts';
import type { AnswerEntry } from '../../core/template/answers/answer-types.ts';
import type { Evaluator } from '../../core/template/answers/evaluator.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';
import { type LocatedData, locateData } from './locate-data.ts';

export interface ReadDataRequest {
  readonly pack: Pack;
  /** What `from` sees: the answers, secrets masked, and the names of the project. */
  readonly context: ValueMap;
  readonly evaluator: Evaluator;
  readonly entries: readonly AnswerEntry[];
  readonly workingDirectory: string;
  readonly generated: ReadonlyMap<ProjectPath, LockedFile>;
  readonly locked: readonly LockedData[];
  /** What the data of all packs may be together. */
  readonly budget: DataBudget;
}

/** A graph that was read as text; queries ask it. */
export interface RdfSource {
  /** Its name in `[data]`. */
  readonly name: string;
  readonly format: RdfDataFormat;
  readonly text: string;
  /** As findings call the file. */
  readonly file: string;
}

/** One `[data]` entry, read. */
export interface ReadData {
  readonly name: string;
  /** What templates see. */
  readonly value: Value;
  readonly rdf: RdfSource | undefined;
  /** Absent where there is no file. */
  readonly planned: PlannedData | undefined;
  readonly findings: readonly Diagnostic[];
}

type ReadPorts = Pick<Ports, 'project' | 'dataFiles' | 'hash'>;

/** Reads all `[data]` of a pack. What is wrong with the content of a file is a finding; a file that cannot be had is a failure. @throws PacksmithError as `locateData` does. */
export async function readData(request: ReadDataRequest, ports: ReadPorts): Promise<ReadData[]> {
  const results: ReadData[] = [];
  // One after the other, so that the first file that cannot be had is the one that is named.
  for (const declaration of request.pack.manifest.data) results.push(await readOne(declaration, request, ports));
  return results;
}

async function readOne(declaration: DataDeclaration, request: ReadDataRequest, ports: ReadPorts): Promise<ReadData> {
  const { name } = declaration;
  const { pack } = request;
  const at = `pack.toml [data.${name}] from`;
  const from = declaration.from === undefined ? '' : request.evaluator.template(declaration.from, request.context, at).trim();
  const located = await locate({ declaration, from, request }, ports);
  if (located === undefined) return { name, value: null, rdf: undefined, planned: undefined, findings: [] };
  const { place, path, bytes } = located;
  const file = place === 'pack' ? `${pack.manifest.id}: ${path}` : path;
  const format = declaration.format ?? formatOfPath(path);
  if (format === undefined)
    return failed(
      name,
      finding('DATA_FORMAT_UNKNOWN', `${file} has no ending that says its format`, { file, suggestion: suggestEnding(path) }),
    );
  const planned = { pack: pack.manifest.id, name, from, place, path, format, sha256: ports.hash(bytes), bytes: bytes.length };
  const read = await interpret({ name, format, bytes, file }, ports);
  request.budget.spend(read.value, file);
  return { ...read, planned };
}

interface Locating {
  readonly declaration: DataDeclaration;
  readonly from: string;
  readonly request: ReadDataRequest;
}

async function locate({ declaration, from, request }: Locating, ports: ReadPorts): Promise<LocatedData | undefined> {
  const { name } = declaration;
  const { pack, locked } = request;
  const own = locked.find((entry) => entry.pack === pack.manifest.id && entry.name === name);
  const found = from === '' ? undefined : await locateData({ ...request, name, from, locked: own }, ports);
  if (found !== undefined) return found;
  const standard = declaration.default;
  if (standard === undefined) {
    if (from === '') return undefined;
    throw new PacksmithError('DATA_NOT_FOUND', `data.${name} of ${pack.manifest.id}: the pack has no file ${from}`, {
      hint: 'a pack reads a file of yours only where you give its path as an answer; `packs show ID --variables` lists them',
    });
  }
  const content = pack.files.get(standard as ProjectPath)?.content;
  if (content !== undefined) return { place: 'pack', path: standard, bytes: content };
  throw new PacksmithError('DATA_NOT_FOUND', `data.${name} of ${pack.manifest.id}: its default ${standard} is no file of the pack`);
}

interface Content {
  readonly name: string;
  readonly format: DataFormat;
  readonly bytes: Uint8Array;
  readonly file: string;
}

const SIZES: { readonly [format: string]: LimitName } = {
  json: 'plainDataBytes',
  toml: 'plainDataBytes',
  csv: 'plainDataBytes',
  tsv: 'plainDataBytes',
  yaml: 'yamlDataBytes',
};

async function interpret({ name, format, bytes, file }: Content, { dataFiles }: Pick<Ports, 'dataFiles'>): Promise<ReadData> {
  const tooLarge = findLimitProblem(SIZES[format] ?? 'dataBytes', bytes.length);
  if (tooLarge !== undefined) throw new PacksmithError('LIMIT_EXCEEDED', `${file}: ${tooLarge}`, { where: { file } });
  const text = decodeUtf8(bytes);
  if (text === undefined) return failed(name, finding('DATA_INVALID', `${file} is not valid UTF-8`, { file }));
  if (isRdfFormat(format)) {
    const value = new Map<string, Value>([
      ['file', file.slice(file.lastIndexOf('/') + 1).replace(/^.*: /, '')],
      ['format', format],
      ['text', text],
    ]);
    return { name, value, rdf: { name, format, text, file }, planned: undefined, findings: [] };
  }
  const isTable = format === 'csv' || format === 'tsv';
  const outcome = isTable ? await dataFiles.readTable(text, format === 'csv' ? ',' : '\t') : parsePlainData(text, format);
  if (outcome.kind === 'value') return { name, value: outcome.value, rdf: undefined, planned: undefined, findings: [] };
  const { problem, ...position } = outcome;
  return failed(name, finding('DATA_INVALID', `${file} is not valid ${format.toUpperCase()}: ${problem}`, { file, ...omitKind(position) }));
}

function omitKind({ line, column }: { readonly line?: number; readonly column?: number }): { line?: number; column?: number } {
  return { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
}

interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly suggestion?: string;
}

function finding(code: Diagnostic['code'], message: string, { suggestion, ...where }: Place): Diagnostic {
  return { code, severity: 'error', message, where, ...(suggestion === undefined ? {} : { suggestion }) };
}

function failed(name: string, problem: Diagnostic): ReadData {
  return { name, value: null, rdf: undefined, planned: undefined, findings: [problem] };
}
