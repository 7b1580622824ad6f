import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { RenderedInjection } from './rendered-pack.ts';

/**
 * Orders injections so that texts at one place of a file stand in the order of the list once all are done: what goes behind one marker or
 * to the start is put in from the last to the first. Otherwise the order stays, since a text may bring the marker of a later one.
 */
export function inOrderOfResult(injections: readonly RenderedInjection[]): RenderedInjection[] {
  const groups = new Map<string, RenderedInjection[]>();
  for (const injection of injections) {
    const { into, position } = injection;
    const place = JSON.stringify([into, position.kind, 'marker' in position ? position.marker : '']);
    const group = groups.get(place) ?? [];
    groups.set(place, [...group, injection]);
  }
  return [...groups.values()].flatMap((group) => {
    const kind = group[0]?.position.kind;
    return kind === 'after' || kind === 'start' ? group.reverse() : group;
  });
}

/**
 * Puts an injection's text into a file's text, on lines of its own.
 * The text is unchanged when the injection is `once` and the file has it already.
 * @throws PacksmithError `INJECTION_FAILED` when the marker is not in the file.
 */
export function injectText(text: string, injection: RenderedInjection): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const block = injection.text.replace(/\r?\n$/, '').replaceAll(/\r?\n/g, newline) + newline;
  if (injection.once && text.includes(block.trimEnd())) return text;
  const { position } = injection;
  if (!('marker' in position)) return position.kind === 'start' ? block + text : endedBy(text, newline) + block;
  const found = text.indexOf(position.marker);
  if (found < 0) {
    throw new PacksmithError(
      'INJECTION_FAILED',
      `${injection.into} has no text ${JSON.stringify(position.marker)} to inject ${position.kind}`,
      {
        where: { file: injection.template },
        hint: 'the marker may have been edited away; put it back, or leave the template out',
      },
    );
  }
  if (position.kind === 'before') {
    const at = text.lastIndexOf('\n', found) + 1;
    return text.slice(0, at) + block + text.slice(at);
  }
  const lineEnd = text.indexOf('\n', found + position.marker.length);
  if (lineEnd < 0) return text + newline + block;
  return text.slice(0, lineEnd + 1) + block + text.slice(lineEnd + 1);
}

function endedBy(text: string, newline: string): string {
  return text === '' || text.endsWith('\n') ? text : text + newline;
}
