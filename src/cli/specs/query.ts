import type { CommandSpec } from '../command-spec.ts';

export const querySpec = {
  verb: 'query',
  aliases: [{ name: 'sparql' }],
  group: 'Discover',
  summary: 'Ask the catalogue, a pack or a project in SPARQL',
  description:
    'Asks what is known of all packs: a query of packsmith by its name, a query of a pack by its id and name, or SPARQL of your own (SELECT, ASK, CONSTRUCT, DESCRIBE). The usual prefixes need no declaration. Update, LOAD and SERVICE are refused; a query ends at its limits of time, rows and memory.',
  arguments: [
    { name: 'ID', summary: 'A pack; the name of a query of packsmith where it stands alone', isRequired: false },
    { name: 'NAME', summary: 'A query of that pack', isRequired: false },
  ],
  flags: {
    query: { kind: 'text', placeholder: 'TEXT', summary: 'SPARQL of your own' },
    file: { kind: 'text', placeholder: 'FILE', summary: 'SPARQL of your own, from a file' },
    param: {
      kind: 'texts',
      placeholder: 'NAME=VALUE',
      summary: 'Bind a variable of the query: <IRI>, a number, true, false, text, or "text"@en, "text"^^xsd:date; repeatable',
    },
    list: { kind: 'switch', summary: 'The queries that have names: those of packsmith, or of the pack' },
    project: { kind: 'switch', summary: 'Ask the project, and where its files came from, beside the catalogue' },
    format: {
      kind: 'choice',
      choices: ['table', 'json', 'csv', 'tsv', 'xml', 'turtle', 'ntriples', 'jsonld'],
      summary: 'The form of the result; a table, or Turtle for graphs, unless given',
    },
    limit: { kind: 'count', placeholder: 'N', summary: 'No more than N results' },
    offset: { kind: 'count', placeholder: 'N', summary: 'Leave out the first N results' },
    timeout: { kind: 'count', placeholder: 'SECONDS', summary: 'How long the query may take; 10 unless given' },
    endpoint: { kind: 'text', placeholder: 'URL', summary: 'Ask a SPARQL 1.1 endpoint instead of what is here' },
  },
  examples: [
    { line: 'query --list', does: 'the questions that have names' },
    { line: 'query related --param pack=web-api-starter', does: 'one of them' },
    { line: 'query --file question.rq --format csv', does: 'a question of your own' },
    { line: 'query my-pack --file question.rq', does: 'about one pack, its ontology and its data' },
    { line: 'query outdated --project', does: 'what the project uses that has a newer version' },
  ],
} as const satisfies CommandSpec;
