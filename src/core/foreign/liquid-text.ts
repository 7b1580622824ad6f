import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { findReferencedNames } from '../jinja/find-referenced-names.ts';
import type { TemplateNode } from '../jinja/nodes.ts';
import { type RenderOptions, renderTemplate } from '../jinja/render-template.ts';
import type { ValueMap } from '../pack/values.ts';

/**
 * Renders a Liquid template as cargo-generate does: a name that is not known becomes empty text, for the whole of the template; where anything
 * else fails, the template stays as it is. @throws PacksmithError TEMPLATE_SYNTAX, LIMIT_EXCEEDED
 */
export function renderLiquid(source: string, options: RenderOptions): string {
  if (!/\{[{%]/.test(source)) return source;
  const tree = options.environment.parse?.(source, options.name);
  if (tree === undefined) return renderTemplate(source, options);
  let { context } = options;
  for (;;) {
    try {
      return renderTemplate(tree, { ...options, context });
    } catch (error) {
      if (!(error instanceof PacksmithError) || error.code === 'LIMIT_EXCEEDED') throw error;
      const missing = error.code === 'TEMPLATE_UNDEFINED' ? missingName(error, tree, context) : undefined;
      if (missing === undefined) return source;
      context = new Map([...context, [missing, '']]);
    }
  }
}

function missingName({ message }: PacksmithError, tree: TemplateNode, context: ValueMap): string | undefined {
  const named = findReferencedNames(tree).find(({ name }) => message === `"${name}" is not defined`)?.name;
  return named === undefined || context.has(named) ? undefined : named;
}

/**
 * Renders a path part by part, and makes of each what can be a name: characters that file systems refuse become `_`, as cargo-generate has it.
 * A final `.liquid` goes. @throws PacksmithError TEMPLATE_FAILED where a part renders to nothing.
 */
export function renderLiquidPath(template: string, options: RenderOptions): string {
  const parts = template.split('/').map((part) => {
    const name = sanitize(renderLiquid(part, options));
    if (name === '') throw new PacksmithError('TEMPLATE_FAILED', `the name ${JSON.stringify(part)} renders to nothing`);
    return name;
  });
  const path = parts.join('/');
  return path.endsWith('.liquid') && !path.endsWith('/.liquid') && path !== '.liquid' ? path.slice(0, -'.liquid'.length) : path;
}

function sanitize(name: string): string {
  return (
    name
      // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what they are replaced by
      .replace(/[/?<>\\:*|"]|[\u0000-\u001f\u0080-\u009f]/g, '_')
      .replace(/^\.+$/, '_')
  );
}
