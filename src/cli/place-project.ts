import { basename, resolve } from 'node:path';
import { parsePackReference } from '../core/pack/pack-reference.ts';
import type { NodePorts } from '../node-ports.ts';
import type { ProjectOptions } from '../ops/project/plan-wanted.ts';
import type { CommandContext } from './command.ts';

export interface PlacedProject<Options> {
  /** As the user would write it. */
  readonly directory: string;
  /** With what was answered to find the directory. */
  readonly options: Options;
}

/** Where a project goes whose directory was not given: after the name that a template of another tool makes, else after the first pack. */
export async function placeProject<Options extends ProjectOptions>(
  references: readonly string[],
  options: Options,
  context: Pick<CommandContext, 'workingDirectory'>,
  ports: NodePorts,
): Promise<PlacedProject<Options>> {
  const [first = ''] = references;
  if (references.length === 1 && mayNameItself(first, context.workingDirectory, ports)) {
    // Loaded only here: most packs are named by whoever generates them.
    const { nameProject } = await import('../ops/project/name-project.ts');
    const named = await nameProject(first, options, ports);
    if (named !== undefined)
      return { directory: named.directory, options: { ...options, ask: 'never', given: [...named.answered, ...options.given] } };
  }
  const known = (await ports.repository.list()).find((entry) => first === entry.id || first.startsWith(`${entry.id}@`));
  const directory = (known?.id ?? basename(resolve(context.workingDirectory, first))).replace(/^@[^/]*\//, '');
  return { directory, options };
}

/** Packs of registries and of the catalogue are no templates of other tools. */
function mayNameItself(reference: string, workingDirectory: string, { files }: Pick<NodePorts, 'files'>): boolean {
  const parsed = parsePackReference(reference);
  if (parsed.kind !== 'path') return parsed.kind !== 'id' && parsed.kind !== 'npm' && parsed.kind !== 'oci';
  const has = (name: string): boolean => files.read(resolve(workingDirectory, parsed.path, name)) !== undefined;
  return !has('pack.toml') && has('cookiecutter.json');
}
