import { findReferencedNames } from '../jinja/find-referenced-names.ts';
import { parseTemplate } from '../jinja/parse-template.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import type { TemplateSource } from './list-templates.ts';

/** Everything of one template that can read a variable, as texts of templates. */
export function templateTexts({ outputTemplate, isRendered, entry, declaration }: TemplateSource): string[] {
  const inline = declaration?.content.kind === 'text' ? declaration.content.text : '';
  const file = isRendered && entry !== undefined ? (decodeUtf8(entry.content) ?? '') : '';
  const expressions = [declaration?.when, declaration?.forEach].filter((expression) => expression !== undefined);
  return [outputTemplate ?? '', inline, file, ...expressions.map((expression) => `{{ ${expression} }}`)];
}

/** The free names of the texts of one template. @throws PacksmithError `TEMPLATE_SYNTAX`. */
export function findReadNames(texts: readonly string[], source: string): ReadonlySet<string> {
  // Most texts have nothing of the language in them.
  const templates = texts.filter((text) => text.includes('{{') || text.includes('{%'));
  return new Set(templates.flatMap((text) => findReferencedNames(parseTemplate(text, source)).map(({ name }) => name)));
}
