import { describe, expect, it } from 'vitest';
import { DATA_FORMATS, formatOfPath, isRdfFormat, knownEndings, suggestEnding } from './data-format.ts';

describe('the format of data', () => {
  it.each([
    ['a/m.ttl', 'turtle'],
    ['m.TURTLE', 'turtle'],
    ['m.trig', 'trig'],
    ['m.nt', 'ntriples'],
    ['m.nq', 'nquads'],
    ['m.jsonld', 'jsonld'],
    ['m.rdf', 'rdfxml'],
    ['m.owl', 'rdfxml'],
    ['m.json', 'json'],
    ['m.yaml', 'yaml'],
    ['m.yml', 'yaml'],
    ['m.toml', 'toml'],
    ['m.csv', 'csv'],
    ['m.a.tsv', 'tsv'],
    ['ttl', undefined],
    ['m.ttl.gz', undefined],
    ['m.', undefined],
    ['m.constructor', undefined],
  ])('of %s is %s', (path, format) => expect(formatOfPath(path)).toBe(format));

  it('is known of every ending that is named', () => {
    expect(new Set(knownEndings().map(formatOfPath))).toEqual(new Set(DATA_FORMATS));
  });

  it('is of a graph or of plain values', () => {
    expect(DATA_FORMATS.filter(isRdfFormat)).toEqual(['turtle', 'trig', 'ntriples', 'nquads', 'jsonld', 'rdfxml']);
  });

  it('that is not known is answered with the ending that is near, and with all', () => {
    const all = `known endings are ${knownEndings().join(', ')}; a pack can say the format of its data by \`format\``;
    expect(suggestEnding('a.b/m.TLT')).toBe(`did you mean .ttl? ${all}`);
    expect(suggestEnding('a.ttl/m')).toBe(all);
    expect(suggestEnding('m.qqqqqq')).toBe(all);
  });
});
