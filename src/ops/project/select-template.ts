import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { listTemplates, TEMPLATE_ROOT, type TemplateSource } from '../../core/template/list-templates.ts';
import { nearest } from '../../core/text/nearest.ts';
import type { LoadedPack } from './loaded-pack.ts';

/** Accepts the template that a name means: its path below the pack, below `templates/`, or its output. @throws PacksmithError `TEMPLATE_NOT_FOUND`. */
export function selectTemplate(name: string, packs: readonly LoadedPack[]): (source: TemplateSource) => boolean {
  const templates = packs.flatMap(({ pack }) => listTemplates(pack));
  const isNamed = (source: TemplateSource): boolean =>
    [source.name, source.outputTemplate, source.name.slice(TEMPLATE_ROOT.length)].includes(name);
  if (templates.some(isNamed)) return isNamed;
  const suggestions = nearest(
    name,
    templates.map((template) => template.outputTemplate ?? template.name.slice(TEMPLATE_ROOT.length)),
  );
  const hint = suggestions.length > 0 ? `did you mean ${suggestions.join(' or ')}?` : '`packs show ID --templates` lists them';
  throw new PacksmithError('TEMPLATE_NOT_FOUND', `there is no template ${JSON.stringify(name)}`, { hint, suggestions });
}
