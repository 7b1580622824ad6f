import type { ParseTemplate } from '../../jinja/environment.ts';
import type { VariableDefinition } from '../../pack/pack-manifest.ts';
import type { TemplateSource } from '../../template/template-source.ts';
import type { ForeignSource, TranslatedPart } from '../foreign-template.ts';
import type { CargoVariables } from './define-variables.ts';
import type { CargoConfig } from './read-config.ts';

export interface TranslateRequest {
  readonly source: ForeignSource;
  readonly config: CargoConfig;
  readonly variables: readonly VariableDefinition[];
  readonly conditions: CargoVariables['conditions'];
  readonly templates: readonly TemplateSource[];
  /** Paths of files that are only copied, whatever the lists say. */
  readonly unreadable: ReadonlySet<string>;
  /** What becomes of its scripts. */
  readonly hooks: readonly TranslatedPart[];
  readonly parse: ParseTemplate;
}
