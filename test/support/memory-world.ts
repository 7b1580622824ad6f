import { join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { nativeHash } from '../../src/adapters/hash.ts';
import { WorkerShapeValidator } from '../../src/adapters/shacl/worker-shape-validator.ts';
import { OxigraphEngine } from '../../src/adapters/sparql/oxigraph-engine.ts';
import { deflateCodec } from '../../src/adapters/system/deflate-codec.ts';
import type { Pack } from '../../src/core/pack/pack.ts';
import { answersFromFlags } from '../../src/core/template/answers/given-sources.ts';
import { applyGeneration } from '../../src/ops/project/apply-generation.ts';
import type { GenerateRequest } from '../../src/ops/project/plan-generation.ts';
import type { GenerationPreview, ProjectOptions } from '../../src/ops/project/plan-wanted.ts';
import { MemoryDataFiles } from '../../src/testing/memory-data-files.ts';
import { MemoryPackRepository } from '../../src/testing/memory-pack-repository.ts';
import { MemoryPackStore } from '../../src/testing/memory-pack-store.ts';
import { MemoryProjectDir } from '../../src/testing/memory-project-dir.ts';
import { RecordingReporter } from '../../src/testing/recording-reporter.ts';

const hooks = {
  findMissing: () => [],
  run: () => {
    throw new Error('no hook runs in these tests');
  },
};

/** The engines are real, and of the built program. */
export function builtWorker(name: string): string {
  return join(inject('programRoot'), 'dist', name, 'worker.mjs');
}

/** One engine for all worlds of a file: that each plan starts its own, and ends it, is for the tests of the engine and of the program. */
class LastingEngine extends OxigraphEngine {
  override async close(): Promise<void> {}

  end(): Promise<void> {
    return super.close();
  }
}

let lasting: LastingEngine | undefined;
afterAll(() => lasting?.end());

/** A project in memory, and the packs that it can be made from. */
export function world(packs: readonly Pack[], files?: Record<string, string>) {
  const project = new MemoryProjectDir(files);
  const clock = { now: () => '2026-01-02T03:04:05.678Z' };
  const repository = MemoryPackRepository.of(...packs);
  const places = { sources: [], registries: [] };
  return {
    project,
    places,
    store: new MemoryPackStore(),
    repository,
    clock,
    dataFiles: new MemoryDataFiles(),
    openSparqlEngine: async (): Promise<OxigraphEngine> => (lasting ??= new LastingEngine({ workerFile: builtWorker('sparql') })),
    openShapeValidator: async () => new WorkerShapeValidator({ workerFile: builtWorker('shacl') }),
    hooks,
    prompter: undefined,
    reporter: new RecordingReporter(),
    hash: nativeHash,
    codec: deflateCodec,
  };
}

export const OPTIONS: ProjectOptions = {
  workingDirectory: '/',
  given: [],
  ifExists: 'refuse',
  backup: false,
  skipHooks: false,
  ask: 'never',
};

export const request = (references: readonly string[], more: Partial<GenerateRequest> = {}): GenerateRequest => ({
  ...OPTIONS,
  references,
  ...more,
});

export const flags = (...texts: string[]) => [answersFromFlags(texts)];

export async function apply(preview: GenerationPreview, ports: ReturnType<typeof world>): Promise<void> {
  await applyGeneration({ plan: preview.plan, consentedHooks: [] }, ports);
}

/** What the project has, packsmith's own records left out. */
export function ownFiles({ project }: ReturnType<typeof world>): Record<string, string> {
  const entries = Object.entries(project.toTexts()).filter(([path]) => !path.startsWith('.packsmith/') && !path.startsWith('packsmith.'));
  return Object.fromEntries(entries);
}

export const actions = ({ plan }: GenerationPreview) =>
  Object.fromEntries(plan.paths.filter((path) => path.class !== 'record').map(({ path, action }) => [path, action]));
