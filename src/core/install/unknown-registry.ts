import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { nearest } from '../text/nearest.ts';

/** That no registry of the settings has a name; `otherwise` is the hint where none has a similar one. */
export function unknownRegistry(name: string, names: readonly string[], otherwise: string): PacksmithError {
  const suggestions = nearest(name, names);
  const hint = suggestions.length > 0 ? `did you mean ${suggestions.join(' or ')}?` : otherwise;
  return new PacksmithError('REGISTRY_UNKNOWN', `no registry is called ${JSON.stringify(name)} in the settings`, { hint, suggestions });
}
