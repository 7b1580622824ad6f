import type { GenerationPreview } from '../ops/project/plan-wanted.ts';

/** Values of `--var` as they may be shown: a secret is left for the reader to fill in. */
export function hideSecrets(given: readonly string[], { answers }: Pick<GenerationPreview, 'answers'>): string[] {
  const secrets = new Set(answers.filter(({ isSecret }) => isSecret).map(({ name }) => name));
  return given.map((text) => {
    const [target = ''] = text.split('=', 1);
    return secrets.has(target.slice(target.lastIndexOf('.') + 1)) ? `${target}=…` : text;
  });
}
