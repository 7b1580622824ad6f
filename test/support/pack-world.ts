import type { AvailableVersion, DependencyRange, FactProvider } from '../../src/core/resolver/facts.ts';
import type { Demand, ResolveRequest } from '../../src/core/resolver/resolve-request.ts';

/** Packs by `name version`, with what they depend on: `{ 'web 1.0.0': 'core ^1, logs? ^2' }`. `!` behind a version: yanked. `?` behind a name: optional. */
export type PackWorld = Readonly<Record<string, string>>;

/** Makes a provider that knows everything about a world; an unknown pack has no versions. */
export function factsOf(world: PackWorld): FactProvider {
  const versions = new Map<string, AvailableVersion[]>();
  const dependencies = new Map<string, DependencyRange[]>();
  for (const [id, text] of Object.entries(world)) {
    const [pack = '', label = ''] = id.split(' ');
    const version = label.replace('!', '');
    versions.set(pack, [...(versions.get(pack) ?? []), { version, yanked: label.endsWith('!') }]);
    dependencies.set(`${pack} ${version}`, parseDependencies(text));
  }
  return {
    versions: (pack) => versions.get(pack) ?? [],
    dependencies: (pack, version) => dependencies.get(`${pack} ${version}`) ?? [],
  };
}

/** Makes a request of the project from text such as `web ^1, core *`. */
export function requestOf(demands: string, more: Partial<ResolveRequest> = {}): ResolveRequest {
  return { demands: parseDependencies(demands).map((entry): Demand => ({ ...entry, requestedBy: 'project' })), ...more };
}

function parseDependencies(text: string): DependencyRange[] {
  const entries = text.split(', ').filter((entry) => entry !== '');
  return entries.map((entry) => {
    const [name = '', ...range] = entry.split(' ');
    return { pack: name.replace('?', ''), range: range.join(' ') || '*', ...(name.endsWith('?') ? { optional: true } : {}) };
  });
}
