import type { Pack } from '../pack/pack.ts';
import type { PackLanguage } from '../pack/pack-language.ts';
import type { ForeignTemplate } from './foreign-template.ts';

/** What reads the templates of a pack with a `[language]`, loaded only when one is met. */
export type LanguageReader = (pack: Pack, language: PackLanguage) => ForeignTemplate;

export function loadLanguage(dialect: PackLanguage['dialect']): Promise<LanguageReader> {
  return READERS[dialect]();
}

const READERS: Readonly<Record<PackLanguage['dialect'], () => Promise<LanguageReader>>> = {
  jinja2: async () => (await import('./jinja-language.ts')).readJinjaPack,
  liquid: async () => (await import('./liquid-language.ts')).readLiquidPack,
  copier: async () => (await import('./copier/read-copier-pack.ts')).readCopierPack,
};
