import { inspectQuery, type QueryForm } from '../../metadata/sparql/inspect-query.ts';
import { PREFIXES } from '../../metadata/vocabulary.ts';
import type { ValueMap } from '../../pack/values.ts';
import { unsupported } from './ggen-finding.ts';
import type { PackWriter } from './pack-writer.ts';
import type { GgenManifest } from './read-manifest.ts';

/** A query of a template: what it is called in the pack, and what it gives. */
export interface TranslatedQuery {
  readonly id: string;
  readonly form: QueryForm | undefined;
  readonly variables: ReadonlySet<string>;
}

export interface QueryPlace {
  readonly stem: string;
  readonly file: string;
  readonly line: number;
  /** What declares prefixes for it. */
  readonly prolog: string;
}

/** What ggen puts before each query: the prefixes of the template and of the pack. */
export function prologOf(manifest: GgenManifest, head: ValueMap): string {
  const own = head.get('prefixes');
  const prefixes = new Map(manifest.prefixes);
  if (own instanceof Map) for (const [name, iri] of own) if (typeof iri === 'string') prefixes.set(name, iri);
  const base = typeof head.get('base') === 'string' ? String(head.get('base')) : manifest.base;
  const lines = [...prefixes].map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`);
  return (base === undefined ? '' : `BASE <${base}>\n`) + lines.join('');
}

/** Adds a query to the pack. */
export function translateQuery(text: string, { stem, file, line, prolog }: QueryPlace, writer: PackWriter): TranslatedQuery | undefined {
  if (/\{[{%]/.test(text)) {
    writer.diagnostics.push(
      unsupported(
        file,
        line,
        'a query with variables of the template in it is not translated',
        'bind them in the query, or filter the rows in the template',
      ),
    );
    return undefined;
  }
  const whole = withProlog(text, prolog);
  const { form, variables } = inspectQuery(whole, { name: file, prefixes: PREFIXES });
  const id = writer.addQuery(stem, whole, form === 'CONSTRUCT' || form === 'DESCRIBE');
  return { id, form, variables };
}

/** A prefix that the query declares itself is not declared twice. */
function withProlog(text: string, prolog: string): string {
  const declared = new Set([...text.matchAll(/\bPREFIX\s+([^\s:]*:)/gi)].map(([, name = '']) => name.toLowerCase()));
  const hasBase = /^[ \t]*BASE\b/im.test(text);
  const lines = prolog.split('\n').filter((line) => {
    const name = /^PREFIX ([^:]*:)/.exec(line)?.[1];
    return name === undefined ? line !== '' && !hasBase : !declared.has(name.toLowerCase());
  });
  return lines.map((line) => `${line}\n`).join('') + text;
}
