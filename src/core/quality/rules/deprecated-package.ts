import { DEPRECATED_PACKAGES } from '../deprecated-packages.ts';
import type { Rule } from '../rule.ts';

export const deprecatedPackage: Rule = {
  id: 'deprecated-package',
  severity: 'warning',
  summary: 'A package of an ecosystem is deprecated or abandoned, by the list that this release of packsmith has',
  reason: 'Every project that is generated begins with a package that gets no more fixes.',
  cure: 'Use the package that is named instead.',
  check: ({ pack: { manifest }, locate }) =>
    manifest.packages.flatMap(({ ecosystem, name }) => {
      const known = DEPRECATED_PACKAGES[ecosystem];
      if (!Object.hasOwn(known, name)) return [];
      const where = locate(['packages', ecosystem, name]);
      return [{ message: `${name} is deprecated`, where, subject: `packages.${ecosystem}.${name}`, suggestion: `use ${known[name]}` }];
    }),
};
