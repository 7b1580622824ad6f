import { describe, expect, it } from 'vitest';
import { literal, namedNode, type RdfTerm } from '../../core/metadata/rdf.ts';
import type { QueryResult } from '../../ports/sparql-engine.ts';
import { explainGate } from './explain-gate.ts';

const rows = (...of: (readonly (RdfTerm | undefined)[])[]): QueryResult => ({ kind: 'rows', variables: ['who', 'what'], rows: of });
const messages = (result: QueryResult, text = '# Nobody may.\nSELECT') =>
  explainGate('gates/nobody.rq', text, result).map(({ message }) => message);

describe('a gate', () => {
  it('lets pass what gives no row, false, or a graph', () => {
    const results: QueryResult[] = [rows(), { kind: 'boolean', value: false }, { kind: 'graph', quads: [] }];
    for (const result of results) expect(messages(result)).toEqual([]);
  });

  it('refuses by each row, in a stable order, with what is bound', () => {
    const found = rows([namedNode('urn:b'), literal('x')], [namedNode('urn:a'), undefined], [undefined, undefined]);
    expect(messages(found)).toEqual([
      'Nobody may',
      'Nobody may: who = <urn:a>',
      expect.stringMatching(/^Nobody may: who = <urn:b>, what = .*x/),
    ]);
    expect(explainGate('gates/nobody.rq', '', found)[0]).toMatchObject({ code: 'GATE_REFUSED', where: { file: 'gates/nobody.rq' } });
  });

  it('refuses by true, and says its name where its text says no reason', () => {
    expect(messages({ kind: 'boolean', value: true })).toEqual(['Nobody may']);
    expect(messages({ kind: 'boolean', value: true }, 'ASK {}')).toEqual(['the gate nobody refuses']);
  });

  it('counts rows beyond those that are shown', () => {
    const many = rows(...Array.from({ length: 23 }, (_, index) => [namedNode(`urn:${index}`), undefined]));
    expect(messages(many)).toHaveLength(21);
    expect(messages(many).at(-1)).toBe('Nobody may: and 3 more');
  });

  it('shows no control sequence of the data', () => {
    expect(messages(rows([namedNode('urn:\u001b[2Jx'), undefined])).join()).not.toContain('\u001b');
  });
});
