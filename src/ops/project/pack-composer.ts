import type { Ports } from '../../ports/ports.ts';
import { type ApplyRequest, type ApplyResult, applyGeneration } from './apply-generation.ts';
import { type GenerateRequest, planGeneration } from './plan-generation.ts';
import type { GenerationPorts, GenerationPreview } from './plan-wanted.ts';

/** Makes projects from one or several packs: a plan first, which is data, and then exactly that plan. */
export interface PackComposer {
  /** @throws PacksmithError as `planGeneration` does. */
  plan(request: GenerateRequest): Promise<GenerationPreview>;
  /** @throws PacksmithError as `applyGeneration` does. */
  apply(request: ApplyRequest): Promise<ApplyResult>;
}

/** A composer over the given ports, for the project that they open. */
export function createPackComposer(ports: GenerationPorts & Pick<Ports, 'hooks'>): PackComposer {
  return {
    plan: (request) => planGeneration(request, ports),
    apply: (request) => applyGeneration(request, ports),
  };
}
