import { isShapes } from '../../core/data/pack-data.ts';
import { classHierarchy, findBeyondCore, labelBlanks } from '../../core/data/quads.ts';
import { showTerm } from '../../core/data/rdf-value.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { RdfQuad } from '../../core/metadata/rdf.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { compareText } from '../../core/text/compare-text.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';
import { utf8At } from '../../core/tree/file-text.ts';
import type { Ports } from '../../ports/ports.ts';
import type { ShapeResult } from '../../ports/shape-validator.ts';
import type { RdfDocument, SparqlEngine } from '../../ports/sparql-engine.ts';

export interface ShapesRequest {
  readonly pack: Pack;
  readonly documents: readonly RdfDocument[];
  readonly derived: readonly RdfQuad[];
  readonly signal?: AbortSignal;
}

export interface CheckedShapes {
  readonly findings: readonly Diagnostic[];
  /** What shapes of a lower severity say. */
  readonly warnings: readonly string[];
}

/** More results than this are counted, not shown. */
const MAX_SHOWN = 100;

interface ShapePorts {
  readonly sparql: SparqlEngine;
  readonly openShapeValidator: Ports['openShapeValidator'];
}

/** Checks the data by all shapes of the pack together. @throws PacksmithError `SHAPES_TIMEOUT`, `QUERY_OUT_OF_MEMORY`, `INTERRUPTED`. */
export async function checkShapes(request: ShapesRequest, { sparql, openShapeValidator }: ShapePorts): Promise<CheckedShapes> {
  const { pack, documents, derived, signal } = request;
  const paths = [...pack.files.keys()].filter(isShapes).sort(compareText);
  if (paths.length === 0) return { findings: [], warnings: [] };
  const files = paths.map((path): RdfDocument => {
    const text = utf8At(pack.files, path) ?? '';
    return { text, format: 'turtle', name: path, base: `file:///${path}` };
  });
  const read = await parseAll(files, sparql);
  const unsupported = findBeyondCore(read.quads);
  const invalid = [...read.findings, ...unsupported.map((iri) => beyondCore(iri))];
  if (invalid.length > 0) return { findings: invalid, warnings: [] };
  const data = [...(await parseAll(documents, sparql)).quads, ...labelBlanks(derived, 'derived-')];
  const validator = await openShapeValidator();
  const outcome = await validator.validate({ data, shapes: [...read.quads, ...classHierarchy(data)], ...(signal && { signal }) });
  if (outcome.kind === 'unusable') return { findings: [unusable(outcome.problem)], warnings: [] };
  return describeResults(outcome.results);
}

async function parseAll(
  documents: readonly RdfDocument[],
  sparql: SparqlEngine,
): Promise<{ quads: readonly RdfQuad[]; findings: readonly Diagnostic[] }> {
  const quads: RdfQuad[] = [];
  const findings: Diagnostic[] = [];
  for (const [index, document] of documents.entries()) {
    const parsed = await sparql.parse(document);
    // Not by spreading into a call: a graph may have more quads than a call may have arguments.
    for (const quad of labelBlanks(parsed.quads, `d${index}-`)) quads.push(quad);
    findings.push(...parsed.diagnostics);
  }
  return { quads, findings };
}

function describeResults(results: readonly ShapeResult[]): CheckedShapes {
  const lines = results.map((result) => ({ severity: result.severity, text: describe(result) }));
  const sorted = lines.sort((a, b) => compareText(a.text, b.text));
  const violations = sorted.filter(({ severity }) => severity === 'violation').map(({ text }) => text);
  const others = sorted.filter(({ severity }) => severity !== 'violation').map(({ text }) => text);
  return { findings: bounded(violations).map(violated), warnings: bounded(others) };
}

function bounded(texts: readonly string[]): string[] {
  return texts.length <= MAX_SHOWN ? [...texts] : [...texts.slice(0, MAX_SHOWN), `and ${texts.length - MAX_SHOWN} more`];
}

function describe({ focus, path, value, message }: ShapeResult): string {
  const at = path === undefined ? '' : `, ${path}`;
  const found = value === undefined || showTerm(value) === showTerm(focus) ? '' : `: found ${showTerm(value)}`;
  return stripControlLine(`${showTerm(focus)}${at}: ${message}${found}`);
}

function violated(message: string): Diagnostic {
  return { code: 'SHAPE_VIOLATED', severity: 'error', message };
}

function unusable(problem: string): Diagnostic {
  const message = stripControlLine(`the shapes of the pack cannot be used: ${problem}`);
  return { code: 'SHAPES_INVALID', severity: 'error', message, where: { file: 'shapes' } };
}

/** That shapes use what only SHACL-SPARQL has. */
export function beyondCore(iri: string, file = 'shapes'): Diagnostic {
  return {
    code: 'SHAPES_INVALID',
    severity: 'error',
    message: `the shapes use <${iri}>, which is not of SHACL Core`,
    where: { file },
    suggestion: 'write it as a gate: a query in gates/ whose rows refuse',
  };
}
