import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { Pack } from '../pack/pack.ts';
import { listTemplates, type TemplateSource } from '../template/list-templates.ts';
import { findReadNames, templateTexts } from '../template/template-texts.ts';
import { variableName } from './describe-variables.ts';
import type { NamedNode } from './rdf.ts';
import { partName } from './resource-names.ts';
import type { Statements } from './statements.ts';

export function templateName(pack: NamedNode, source: string): NamedNode {
  return partName(pack, 'template', source);
}

export function describeTemplates(out: Statements, pack: NamedNode, content: Pack): void {
  const variables = new Set(content.manifest.variables.map(({ name }) => name));
  for (const source of listTemplates(content)) {
    const { name, outputTemplate, declaration } = source;
    const reads = [...readNames(source)].filter((read) => variables.has(read)).sort();
    const template = out.add(templateName(pack, name), 'Template', {
      path: name,
      output: outputTemplate,
      into: declaration?.inject?.into,
      when: declaration?.when,
      forEach: declaration?.forEach,
      reads: reads.map((read) => variableName(pack, read)),
    });
    out.say(pack, 'template', template);
  }
}

/** Nothing for a template that is malformed: `packs validate` says so. */
function readNames(source: TemplateSource): ReadonlySet<string> {
  try {
    return findReadNames(templateTexts(source), source.name);
  } catch (error) {
    if (error instanceof PacksmithError) return new Set();
    throw error;
  }
}
