import { nearest } from '../text/nearest.ts';

/** The formats of graphs. */
export const RDF_FORMATS = ['turtle', 'trig', 'ntriples', 'nquads', 'jsonld', 'rdfxml'] as const;
/** The formats of plain values. */
export const PLAIN_FORMATS = ['json', 'yaml', 'toml', 'csv', 'tsv'] as const;
export const DATA_FORMATS = [...RDF_FORMATS, ...PLAIN_FORMATS] as const;

export type RdfDataFormat = (typeof RDF_FORMATS)[number];
export type PlainDataFormat = (typeof PLAIN_FORMATS)[number];
export type DataFormat = (typeof DATA_FORMATS)[number];

const ENDINGS: ReadonlyMap<string, DataFormat> = new Map([
  ['ttl', 'turtle'],
  ['turtle', 'turtle'],
  ['trig', 'trig'],
  ['nt', 'ntriples'],
  ['nq', 'nquads'],
  ['jsonld', 'jsonld'],
  ['rdf', 'rdfxml'],
  ['owl', 'rdfxml'],
  ['json', 'json'],
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
  ['toml', 'toml'],
  ['csv', 'csv'],
  ['tsv', 'tsv'],
]);

/** The format that the ending of a path says, letters in upper and lower case being the same; `undefined` where none is known. */
export function formatOfPath(path: string): DataFormat | undefined {
  return ENDINGS.get(/\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '');
}

/** All endings that say a format, for messages and the reference. */
export function knownEndings(): readonly string[] {
  return [...ENDINGS.keys()].map((ending) => `.${ending}`);
}

/** A hint for an ending that is not known. */
export function suggestEnding(path: string): string {
  const ending = /\.[^./\\]*$/.exec(path)?.[0] ?? '';
  const close = nearest(ending.slice(1).toLowerCase(), ENDINGS.keys());
  const first = close[0] === undefined ? '' : `did you mean .${close[0]}? `;
  return `${first}known endings are ${knownEndings().join(', ')}; a pack can say the format of its data by \`format\``;
}

export function isRdfFormat(format: DataFormat): format is RdfDataFormat {
  return (RDF_FORMATS as readonly string[]).includes(format);
}
