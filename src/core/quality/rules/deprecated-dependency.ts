import type { Rule } from '../rule.ts';

export const deprecatedDependency: Rule = {
  id: 'deprecated-dependency',
  severity: 'warning',
  summary: 'The version of a pack that this one would get is deprecated, as far as this machine knows',
  reason: 'Its publisher says that it should not be used.',
  cure: 'Depend on a version that is not deprecated, or on what replaces it.',
  check: ({ pack: { manifest }, dependencies, locate }) =>
    manifest.dependencies.flatMap(({ id }) => {
      const deprecated = dependencies.get(id)?.deprecated;
      if (deprecated === undefined) return [];
      return [{ message: `${id} is deprecated: ${deprecated}`, where: locate(['dependencies', id]), subject: `dependencies.${id}` }];
    }),
};
