import type { Pack } from '../../core/pack/pack.ts';
import { listTemplates, type TemplateSource } from '../../core/template/list-templates.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import type { CatalogueEntry } from '../../ports/pack-repository.ts';
import { inspectNamedPack, type LoadOptions } from './load-named-pack.ts';
import type { ResolvePorts } from './resolved-packs.ts';

/** One template as `show --templates` lists it. */
export interface TemplateSummary {
  readonly source: string;
  /** The template of the output path; for an injection, the file it goes into. */
  readonly output: string;
  readonly when: string | undefined;
  /** Whether it may be left out: by `when`, or by a path that can render to nothing. */
  readonly isConditional: boolean;
  /** Bytes of the template, not of what it renders to. */
  readonly bytes: number;
  readonly kind: 'rendered' | 'copied' | 'inline' | 'injection';
}

export interface PackDetails {
  readonly pack: Pack;
  readonly templates: readonly TemplateSummary[];
  readonly readme: string | undefined;
  /** Packs of the same id that this one hides. */
  readonly shadows: readonly CatalogueEntry[];
}

/** Everything about one pack, wherever it is. @throws PacksmithError as `inspectNamedPack` does. */
export async function showPack(
  { reference, ...options }: LoadOptions & { readonly reference: string },
  ports: ResolvePorts,
): Promise<PackDetails> {
  const { pack } = await inspectNamedPack(reference, options, ports);
  const shadows = (await ports.repository.list()).filter((entry) => entry.id === pack.manifest.id && entry.shadowedBy !== undefined);
  const readme = [...pack.files].find(([path]) => path === 'README.md')?.[1];
  return { pack, templates: listTemplates(pack).map(summarize), readme: readme && decodeUtf8(readme.content), shadows };
}

function summarize(source: TemplateSource): TemplateSummary {
  const { declaration, entry, name, isRendered } = source;
  const output = declaration?.inject?.into ?? source.outputTemplate ?? '';
  const kind = declaration?.inject !== undefined ? 'injection' : entry === undefined ? 'inline' : isRendered ? 'rendered' : 'copied';
  const inline = declaration?.content.kind === 'text' ? declaration.content.text.length : 0;
  return {
    source: name,
    output,
    when: declaration?.when,
    isConditional: declaration?.when !== undefined || output.includes('{%'),
    bytes: entry?.content.length ?? inline,
    kind,
  };
}
