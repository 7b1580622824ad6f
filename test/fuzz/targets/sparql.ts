import { isEndOfEngine } from '../../../src/adapters/sparql/worker/end-of-engine.ts';
import { compileOxigraph, type Engine, startOxigraph } from '../../../src/adapters/sparql/worker/load-oxigraph.ts';
import { checkQuery } from '../../../src/adapters/sparql/worker/queries.ts';
import { Stores, withStore } from '../../../src/adapters/sparql/worker/stores.ts';
import { presentDiagnostic } from '../../../src/cli/present-error.ts';
import { PLAIN_STYLE } from '../../../src/cli/style.ts';
import { RDF_FORMATS } from '../../../src/core/data/data-format.ts';
import { inspectQuery } from '../../../src/core/metadata/sparql/inspect-query.ts';
import { parseParameter } from '../../../src/core/metadata/sparql/parse-parameter.ts';
import { prepareQuery } from '../../../src/core/metadata/sparql/prepare-query.ts';
import { isWord, scanTokens } from '../../../src/core/metadata/sparql/scan-tokens.ts';
import { attempt, checkFindings, checkShown, type FuzzTarget, hold, partsOf, textOf } from '../fuzz-target.ts';

const MEMORY = 256 * 1024 * 1024;
let engine: Engine | undefined;

function start(): Engine {
  engine ??= startOxigraph(compileOxigraph(MEMORY));
  return engine;
}

/** Where the engine ends, the program starts another. */
function orEnd(act: () => string): string {
  try {
    return act();
  } catch (error) {
    if (!isEndOfEngine(error)) throw error;
    engine = undefined;
    return 'the engine ended';
  }
}

const PREFIXES = new Map([
  ['ps', 'https://packsmith.dev/ns#'],
  ['rdfs', 'http://www.w3.org/2000/01/rdf-schema#'],
]);
const TERMS = new Map([
  ['a', '"x\\" } SERVICE <http://x> {"'],
  ['b', '<http://example.com/b>'],
]);

export const sparql: FuzzTarget = {
  name: 'sparql',
  subject: 'queries: what is refused, how parameters are bound and solutions bounded',
  laws: [
    'a query that is not refused neither changes data nor asks another service',
    'a query that the engine takes, it takes with parameters bound and solutions bounded too',
    'findings have places in the query',
  ],
  words: [
    ...'SELECT ASK CONSTRUCT DESCRIBE WHERE FILTER OPTIONAL UNION MINUS GRAPH BIND VALUES SERVICE SILENT LOAD INSERT DELETE DATA DROP CLEAR'.split(
      ' ',
    ),
    ...'PREFIX BASE FROM NAMED DISTINCT GROUP BY HAVING ORDER LIMIT OFFSET COUNT(*) EXISTS NOT IN ps: rdfs:label ?a ?b $a ?x * { } ( ) [ ] . ; , a'.split(
      ' ',
    ),
    ...[
      '<http://x>',
      '"s"',
      "'s'",
      '"""',
      "'''",
      '\\u0053ERVICE',
      '# c\n',
      '\n',
      '^^',
      '@en',
      '_:b',
      '1.5',
      '<< >>',
      'AS ?c',
      '\\',
      '%%\n',
      'ps:a\\.b',
      'ps:%41',
    ],
  ],
  maxBytes: 3000,
  run: (input) =>
    orEnd(() => {
      const [text = '', parameter = ''] = partsOf(input);
      const { oxigraph } = start();
      const query = inspectQuery(text, { name: 'q.rq', prefixes: PREFIXES });
      checkFindings(query.diagnostics, text);
      const term = attempt(['QUERY_PARAMETER_INVALID'], () => parseParameter('p', parameter.slice(0, 200), PREFIXES));
      if (query.diagnostics.length > 0) return `refused ${query.diagnostics[0]?.message.slice(0, 12)} ${'value' in term}`;
      hold(!/\b(?:SERVICE|LOAD)\s*(?:SILENT\s*)?<h/i.test(stripTexts(text)), 'no other service is asked', () => text);
      const known = checkQuery(oxigraph, { text, name: 'q.rq', prefixes: PREFIXES, base: undefined });
      if (known.length > 0) return `invalid ${known[0]?.message.slice(0, 12)}`;
      const prefixes = new Map([...PREFIXES].map(([name, iri]) => [name, `<${iri}>`]));
      const prepared = prepareQuery(query, { terms: TERMS, prefixes, offset: 1, limit: 3 });
      const count = (tokens: ReturnType<typeof scanTokens>): number => tokens.filter((token) => isWord(token, 'SERVICE')).length;
      hold(count(scanTokens(prepared.text)) === count(query.tokens), 'parameters are terms', () => prepared.text);
      withStore(oxigraph, (store) => {
        try {
          store.query(prepared.text);
        } catch (error) {
          if (isEndOfEngine(error)) throw error;
          hold(
            !/error at \d+:\d+: expected/.test(String(error)),
            'what the engine takes, it takes prepared',
            () => `${prepared.text}\n${error}`,
          );
        }
      });
      return `${query.form} ${query.supplied.length > 0}`;
    }),
};

/** Without strings, comments and addresses. */
function stripTexts(text: string): string {
  return scanTokens(text)
    .map((token) => (token.kind === 'string' || token.kind === 'other' ? '""' : token.text))
    .join(' ');
}

/** The format in the first line, then the document. */
export const rdf: FuzzTarget = {
  name: 'rdf',
  subject: 'documents of RDF: Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML',
  laws: ['read, or a finding that is fit to be shown', 'nothing is fetched'],
  words: [
    ...RDF_FORMATS.map((format) => `${format}\n`),
    ...[
      '@prefix a: <http://a/> .',
      '@base <http://b/> .',
      '<http://s>',
      'a:b',
      '"x"',
      '"""',
      '@en',
      '^^',
      '_:b',
      '[ ]',
      '( )',
      ' . ',
      ' ; ',
      ', ',
      '<< >>',
      '{',
      '}',
      '\n',
      '\\u0041',
    ],
    ...[
      '"@context": ',
      '"http://x/c.jsonld"',
      '"@id": ',
      '"@type": ',
      '"@graph": ',
      '"@list": ',
      '"@reverse": ',
      '"@vocab": ',
      '"@import": ',
      '"@container": ',
      '[',
      ']',
      ': ',
    ],
    ...[
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
      '<rdf:Description rdf:about="x">',
      '</rdf:RDF>',
      '<!DOCTYPE x [<!ENTITY a "b">]>',
      '<!ENTITY b SYSTEM "file:///etc/passwd">',
      '&a;',
      '<![CDATA[',
      '<?x?>',
      'xml:base="x"',
      'rdf:parseType="Literal"',
    ],
  ],
  maxBytes: 4000,
  run: (input) =>
    orEnd(() => {
      const text = textOf(input);
      const end = text.indexOf('\n');
      const format = RDF_FORMATS.find((known) => known === text.slice(0, Math.max(0, end))) ?? 'turtle';
      const body = text.slice(end + 1);
      const parsed = new Stores(start()).parse({ text: body, format, name: 'x', base: 'http://example.com/' });
      for (const diagnostic of parsed.diagnostics) checkShown(presentDiagnostic(diagnostic, PLAIN_STYLE).join('\n'));
      return `${format} ${parsed.diagnostics.length} ${Math.min(3, parsed.quads.length)}`;
    }),
};
