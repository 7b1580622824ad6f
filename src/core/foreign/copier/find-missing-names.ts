import type { Diagnostic, SourcePosition } from '../../diagnostics/diagnostic.ts';
import { findReferencedNames } from '../../jinja/find-referenced-names.ts';
import { parseTemplate } from '../../jinja/parse-template.ts';
import type { JinjaSettings } from '../../jinja/settings.ts';
import type { TemplateSource } from '../../template/template-source.ts';
import { decodeText } from '../../text/utf8.ts';

/** What every template of Copier sees besides the answers, and what stands in for extensions. */
const OWN_NAMES =
  /^_(?:src_path|commit|folder_name|external_data|copier_\w+)$|^(?:pathjoin|make_secret|current_year|now|random_ascii_string|uuid4)$/;

/**
 * Finds the names that nothing in a template defines, each at its first place: an extension in Python that is not run may define them, and
 * without it they are nothing.
 */
export function findMissingNames(templates: readonly TemplateSource[], known: ReadonlySet<string>, settings: JinjaSettings): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const { name, where } of templates.flatMap((template) => usesIn(template, settings))) {
    if (known.has(name) || found.has(name) || OWN_NAMES.test(name)) continue;
    const message = `nothing in the template defines ${JSON.stringify(name)}; an extension in Python may, and is not run: it is empty`;
    const suggestion = 'if it matters, define it as a computed value (`when: false`) of copier.yml';
    found.set(name, { code: 'FOREIGN_APPROXIMATED', severity: 'warning', message, where, suggestion });
  }
  return [...found.values()];
}

/** The names that the path and the text of a template read. */
function usesIn({ name: file, isRendered, entry }: TemplateSource, settings: JinjaSettings): { name: string; where: SourcePosition }[] {
  const text = isRendered ? decodeText(entry?.content ?? new Uint8Array()) : undefined;
  return [
    ...namesIn(file, file, settings).map(({ name }) => ({ name, where: { file } })),
    ...(text === undefined ? [] : namesIn(text, file, settings)).map(({ name, line, column }) => ({ name, where: { file, line, column } })),
  ];
}

function namesIn(source: string, file: string, settings: JinjaSettings): ReturnType<typeof findReferencedNames> {
  if (!source.includes('{')) return [];
  try {
    return findReferencedNames(parseTemplate(source, file, settings));
  } catch {
    // What cannot be read is reported when it is rendered.
    return [];
  }
}
