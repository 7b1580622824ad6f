import type { Pack } from '../pack/pack.ts';
import type { PackLanguage } from '../pack/pack-language.ts';
import type { ForeignTemplate } from './foreign-template.ts';

/** What reads the templates of a pack with a `[language]`, loaded only when one is met. */
export type LanguageReader = (pack: Pack, language: PackLanguage) => ForeignTemplate;

export function loadLanguage({ dialect, extensions }: Pick<PackLanguage, 'dialect' | 'extensions'>): Promise<LanguageReader> {
  return READERS[dialect](extensions);
}

const READERS: Readonly<Record<PackLanguage['dialect'], (extensions: readonly string[]) => Promise<LanguageReader>>> = {
  jinja2: async (extensions) => {
    const [{ readJinjaPack }, { isKnownExtension }] = await Promise.all([
      import('./jinja-language.ts'),
      import('../jinja/extensions/extension-set.ts'),
    ]);
    const code = extensions.every(isKnownExtension) ? undefined : await import('./extensions/extension-code.ts');
    return (pack, language) => readJinjaPack(pack, language, code);
  },
  liquid: async () => (await import('./liquid-language.ts')).readLiquidPack,
  copier: async () => (await import('./copier/read-copier-pack.ts')).readCopierPack,
};
