import { isRecord } from '../../text/is-record.ts';
import { jsonFormat } from './json.ts';
import type { MergeInput } from './merge-driver.ts';
import { createIntern } from './tree/tree-node.ts';

/**
 * Two `package.json` of which one needs a package at run time and the other for development only, as two that both need it at run time, so
 * that it stands in one table. A side is written anew only where it has such a package; what cannot be read stays as it is.
 */
export function joinDevelopment(input: MergeInput): MergeInput {
  const ours = readManifest(input.ours);
  const theirs = readManifest(input.theirs);
  if (ours === undefined || theirs === undefined) return input;
  return { ...input, ours: promote(input.ours, ours, theirs), theirs: promote(input.theirs, theirs, ours) };
}

type Manifest = Readonly<Record<string, unknown>>;

function promote(text: string, manifest: Manifest, other: Manifest): string {
  const runtime = tableOf(manifest, 'dependencies');
  const development = tableOf(manifest, 'devDependencies');
  const needed = tableOf(other, 'dependencies');
  const moved = Object.keys(development).filter((name) => Object.hasOwn(needed, name) && !Object.hasOwn(runtime, name));
  if (moved.length === 0) return text;
  const rest = Object.entries(development).filter(([name]) => !moved.includes(name));
  const dependencies = Object.fromEntries([...Object.entries(runtime), ...moved.map((name) => [name, development[name]] as const)]);
  const entries = Object.entries({ ...manifest, dependencies }).flatMap(([key, value]): [string, unknown][] => {
    if (key !== 'devDependencies') return [[key, value]];
    return rest.length === 0 ? [] : [[key, Object.fromEntries(rest)]];
  });
  const indent = /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  ';
  return `${JSON.stringify(Object.fromEntries(entries), null, indent)}\n`;
}

/** A manifest that the driver itself can read and that has no comments to lose. */
function readManifest(text: string): Manifest | undefined {
  if (typeof jsonFormat.parse(text, createIntern()) === 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function tableOf(manifest: Manifest, name: string): Manifest {
  const value = Object.hasOwn(manifest, name) ? manifest[name] : undefined;
  return isRecord(value) ? value : {};
}
