import { parsePackReference } from '../pack/pack-reference.ts';
import { withoutMarker } from './foreign-kind.ts';

/** A reference to a directory, or to the file of a template, within what another one leads to; `undefined` where there is no such form. */
export function referenceWithin(whole: string, directory: string): string | undefined {
  const [place = '', ...revision] = whole.split('#');
  const reference = [withoutMarker(place), ...revision].join('#');
  const parsed = parsePackReference(reference);
  if (parsed.kind === 'url') return `${reference}${reference.includes('#') ? '/' : '#'}${directory}`;
  if (parsed.kind === 'path' || parsed.kind === 'archive') return `${reference.replace(/\/+$/, '')}/${directory}`;
  if (parsed.kind !== 'git') return undefined;
  const [address = '', ...ref] = reference.split('#');
  // Of a work tree that has no ending, the repository is the folder `.git` in it.
  if (/^git\+file:/i.test(address) && !/\.git(?:\/|$)/i.test(address))
    return [`${address.replace(/\/+$/, '')}/.git/${directory}`, ...ref].join('#');
  const end = parsed.path === undefined && !reference.startsWith('gh:') && !/\.git$/i.test(address) ? '.git' : '';
  return [`${address.replace(/\/+$/, '')}${end}/${directory}`, ...ref].join('#');
}
