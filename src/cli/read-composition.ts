import { resolve } from 'node:path';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import { parseProjectManifest, parseProjectManifestValue } from '../core/manifest/parse-project-manifest.ts';
import type { ProjectManifest } from '../core/manifest/project-manifest.ts';
import type { Value } from '../core/pack/values.ts';
import type { NodePorts } from '../node-ports.ts';
import type { CommandContext } from './command.ts';

/**
 * Reads a composition file: TOML, or YAML or JSON by its name.
 * @throws PacksmithError `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `PROJECT_MANIFEST_INVALID` with all findings.
 */
export async function readComposition(
  name: string,
  { workingDirectory }: Pick<CommandContext, 'workingDirectory'>,
  { files }: Pick<NodePorts, 'files'>,
): Promise<ProjectManifest> {
  const text = files.read(resolve(workingDirectory, name));
  if (text === undefined) throw new PacksmithError('FILE_NOT_FOUND', `there is no file ${name}`, { where: { file: name } });
  const { manifest, diagnostics } = await parse(text, name);
  if (manifest === undefined) throw new PacksmithError('PROJECT_MANIFEST_INVALID', `${name} has errors`, { diagnostics });
  return manifest;
}

async function parse(text: string, name: string): Promise<ReturnType<typeof parseProjectManifest>> {
  if (!/\.(json|ya?ml)$/i.test(name)) return parseProjectManifest(text, name);
  // Loaded only here: the YAML parser is large.
  const { parseVarsFile } = await import('../core/template/answers/vars-file.ts');
  const { given, diagnostics } = parseVarsFile(text, name);
  if (diagnostics.length > 0) return { manifest: undefined, diagnostics };
  const entries = [...given.values].map(([key, entry]) => [key, toPlain(entry.kind === 'value' ? entry.value : entry.text)]);
  return parseProjectManifestValue(Object.fromEntries(entries), name);
}

/** A value as the reader of TOML gives it: objects for maps, numbers where they are exact. */
function toPlain(value: Value): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(toPlain);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, toPlain(item)]));
  return value;
}
