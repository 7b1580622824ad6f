import type { RdfQuad } from './rdf.ts';

/** The same statements, those about one thing together; things and what is said of each keep their order. */
export function groupBySubject(quads: readonly RdfQuad[]): readonly RdfQuad[] {
  const groups = new Map<string, RdfQuad[]>();
  for (const quad of quads) {
    const group = groups.get(quad.subject.value);
    if (group === undefined) groups.set(quad.subject.value, [quad]);
    else group.push(quad);
  }
  return [...groups.values()].flat();
}
