import { type Literal, type RdfQuad, type RdfTerm, XSD_STRING } from '../../core/metadata/rdf.ts';
import { shortenTerm } from '../../core/metadata/shorten-term.ts';
import { stripControl } from '../../core/text/strip-control.ts';
import type { ListedQuery } from '../../ops/data/choose-query.ts';
import type { QueryAnswer } from '../../ops/data/query-metadata.ts';
import type { Terminal } from '../terminal.ts';
import { formatCount } from './format-value.ts';
import { viewTable } from './table.ts';

/** A result for people, or the text of a format, which only a terminal gets without control characters. */
export function viewQueryAnswer(answer: QueryAnswer, terminal: Terminal): string {
  switch (answer.kind) {
    case 'text':
      return withNewline(terminal.columns === undefined ? answer.text : stripControl(answer.text));
    case 'boolean':
      return `${answer.value ? 'yes' : 'no'}\n`;
    case 'rows': {
      if (answer.rows.length === 0) return 'no results\n';
      const columns = answer.variables.map((title, column) => ({
        title: toTitle(title),
        cells: answer.rows.map((row) => shortenTerm(row[column])),
      }));
      return `${viewTable(columns, terminal)}\n${formatCount(answer.rows.length, 'result')}\n`;
    }
    case 'graph':
      return answer.quads.map((quad) => `${[quad.subject, quad.predicate, quad.object].map(shortenTerm).join(' ')}\n`).join('');
  }
}

/** `inFirst` as `IN FIRST`. */
function toTitle(variable: string): string {
  return variable.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toUpperCase();
}

function withNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** The result as data of the envelope: terms as in the JSON results of W3C. */
export function toQueryData(answer: QueryAnswer): unknown {
  switch (answer.kind) {
    case 'text':
      return { kind: 'text', text: answer.text };
    case 'boolean':
      return { kind: 'boolean', boolean: answer.value };
    case 'rows':
      return {
        kind: 'rows',
        variables: answer.variables,
        bindings: answer.rows.map((row) =>
          Object.fromEntries(answer.variables.flatMap((name, index) => (row[index] === undefined ? [] : [[name, toJsonTerm(row[index])]]))),
        ),
      };
    case 'graph':
      return { kind: 'graph', statements: answer.quads.map(toJsonStatement) };
  }
}

function toJsonStatement({ subject, predicate, object }: Pick<RdfQuad, 'subject' | 'predicate' | 'object'>): Record<string, unknown> {
  return { subject: toJsonTerm(subject), predicate: toJsonTerm(predicate), object: toJsonTerm(object) };
}

function toJsonTerm(term: RdfTerm): Record<string, unknown> {
  switch (term.kind) {
    case 'iri':
      return { type: 'uri', value: term.value };
    case 'blank':
      return { type: 'bnode', value: term.value };
    case 'literal':
      return { type: 'literal', value: term.value, ...kindOf(term) };
    case 'triple':
      return { type: 'triple', value: toJsonStatement(term) };
  }
}

function kindOf({ datatype, language }: Literal): Record<string, string> {
  if (language !== undefined) return { 'xml:lang': language };
  return datatype === XSD_STRING ? {} : { datatype };
}

/** The queries that have names. */
export function viewQueryList(queries: readonly ListedQuery[], terminal: Terminal): string {
  if (queries.length === 0) return 'the pack has no queries\n';
  const { style } = terminal;
  return viewTable(
    [
      { title: 'NAME', cells: queries.map(({ name }) => name), style: style.bold },
      { title: 'PARAMETERS', cells: queries.map(({ parameters }) => Object.keys(parameters).join(', ')) },
      { title: 'ASKS', cells: queries.map(({ summary }) => summary), isFlexible: true },
    ],
    terminal,
  );
}
