/** A registry as far as routing needs it. */
export interface RoutedRegistry {
  /** The scopes (`@acme`) that come from it; empty for everything that no other registry claims. */
  readonly scopes: readonly string[];
}

/**
 * The registries that may be asked for an id, in the configured order. A scope that any registry claims comes from those that claim it and
 * from nowhere else, so that nobody can publish into it on another one; an id without a claimed scope never reaches a registry with scopes.
 */
export function routeRegistries<Registry extends RoutedRegistry>(id: string, registries: readonly Registry[]): Registry[] {
  const scope = id.startsWith('@') ? id.slice(0, id.indexOf('/')) : undefined;
  const claiming = registries.filter(({ scopes }) => scope !== undefined && scopes.includes(scope));
  return claiming.length > 0 ? claiming : registries.filter(({ scopes }) => scopes.length === 0);
}
