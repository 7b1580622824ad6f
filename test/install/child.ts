/** A process of its own that installs packs into a real store, and may end itself by SIGKILL at a given step. Prints one line of JSON. */
import { join } from 'node:path';
import { NodePackStore } from '../../src/adapters/store/node-pack-store.ts';
import { PacksmithError } from '../../src/core/diagnostics/packsmith-error.ts';
import { installPacks } from '../../src/ops/packs/install-packs.ts';
import { packsOf, worldOf } from '../support/install-world.ts';

export interface ChildRequest {
  readonly home: string;
  readonly world: Readonly<Record<string, string>>;
  readonly references: readonly string[];
  /** Counts from 1. */
  readonly killAtStep?: number;
}

export interface ChildAnswer {
  readonly steps: readonly string[];
  readonly error?: { readonly code: string; readonly message: string };
}

const request = JSON.parse(process.argv[2] ?? '{}') as ChildRequest;
const steps: string[] = [];
const directories = { data: join(request.home, 'data'), state: join(request.home, 'state'), cache: join(request.home, 'cache') };
const store = new NodePackStore(directories, { now: () => new Date().toISOString(), command: 'packs install', onStep });
process.stdout.write(`${JSON.stringify(await run())}\n`);

function onStep(step: string): void {
  steps.push(step);
  if (steps.length === request.killAtStep) process.kill(process.pid, 'SIGKILL');
}

async function run(): Promise<ChildAnswer> {
  try {
    const { references } = request;
    await installPacks({ references, workingDirectory: '/', offline: false, concurrency: 1 }, worldOf(store, packsOf(request.world)));
    return { steps };
  } catch (error) {
    if (error instanceof PacksmithError) return { steps, error: { code: error.code, message: error.message } };
    return { steps, error: { code: 'BUG', message: String(error) } };
  }
}
