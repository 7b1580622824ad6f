import type { PackManifest } from '../pack/pack-manifest.ts';
import type { Value } from '../pack/values.ts';
import { toPlainValue } from '../plan/generation-plan.ts';
import type { NamedNode } from './rdf.ts';
import { partName } from './resource-names.ts';
import type { Statements } from './statements.ts';

export function variableName(pack: NamedNode, name: string): NamedNode {
  return partName(pack, 'variable', name);
}

export function describeVariables(out: Statements, pack: NamedNode, { variables }: PackManifest): void {
  for (const variable of variables) {
    const { name, type, prompt, description, group, pattern, min, max, required, shared, when, choices } = variable;
    const resource = out.add(variableName(pack, name), 'Variable', {
      name,
      type,
      prompt,
      'dcterms:description': description,
      group,
      default: variable.default === undefined ? undefined : toText(variable.default),
      pattern,
      minimum: min,
      maximum: max,
      choice: choices.map(({ value }) => String(value)),
      isRequired: required,
      isShared: shared,
      when,
    });
    out.say(pack, 'variable', resource);
  }
}

/** Text as it is, anything else as JSON. */
export function toText(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(toPlainValue(value));
}
