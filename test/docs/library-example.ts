import { join } from 'node:path';
import { createNodePorts, createPackComposer, type PlannedPath } from '../../src/index.ts';

/** What the program knows of itself, and the caller of the machine. */
export interface Place {
  /** The directory of the installed package `packsmith`. */
  readonly packageRoot: string;
  readonly version: string;
  /** Where everything that belongs to the user is kept. */
  readonly home: string;
  readonly workingDirectory: string;
}

/** Makes a project of two packs without asking anything, and says what was written. */
export async function makeService(directory: string, { packageRoot, version, home, workingDirectory }: Place): Promise<string[]> {
  const keep = join(home, 'packsmith');
  const ports = createNodePorts({
    version,
    packageRoot,
    workingDirectory,
    home,
    env: {},
    directories: { config: keep, data: keep, cache: join(keep, 'cache'), state: join(keep, 'state') },
    reporter: { report: () => {} },
    prompter: undefined,
  });
  const composer = createPackComposer({ ...ports, project: ports.openProject(join(workingDirectory, directory)) });
  const { plan } = await composer.plan({
    references: ['web-api-starter', 'devops-basics'],
    workingDirectory,
    given: [{ source: 'flag', values: new Map([['port', { kind: 'value', value: 8080 }]]) }],
    ifExists: 'refuse',
    backup: false,
    skipHooks: true,
    ask: 'never',
  });
  await composer.apply({ plan, consentedHooks: [] });
  return plan.paths.filter(isWritten).map(({ path }) => path);
}

function isWritten({ action }: PlannedPath): boolean {
  return action === 'create' || action === 'update';
}
