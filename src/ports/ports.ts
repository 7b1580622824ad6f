import type { ValueMap } from '../core/pack/values.ts';
import type { Hash } from '../core/tree/digest.ts';
import type { Clock } from './clock.ts';
import type { Codec } from './codec.ts';
import type { DataFiles } from './data-files.ts';
import type { HookRunner } from './hook-runner.ts';
import type { PackPlaces } from './pack-places.ts';
import type { PackRepository } from './pack-repository.ts';
import type { PackStore } from './pack-store.ts';
import type { ProjectDir } from './project-dir.ts';
import type { Prompter } from './prompter.ts';
import type { Reporter } from './reporter.ts';
import type { ShapeValidator } from './shape-validator.ts';
import type { VerifySignature } from './signer.ts';
import type { SparqlEngine } from './sparql-engine.ts';

/** The world as the operations see it. Each operation takes only the ports it uses. */
export interface Ports {
  /** The version of packsmith; absent: what packs require of it is not looked at. */
  readonly toolVersion?: string;
  readonly repository: PackRepository;
  readonly places: PackPlaces;
  readonly store: PackStore;
  /** Absent: signatures are not looked at. */
  readonly verifySignature?: VerifySignature;
  /** The directory of the project that the operation is about. */
  readonly project: ProjectDir;
  readonly dataFiles: DataFiles;
  /** The validator of shapes, loaded here. */
  readonly openShapeValidator: () => Promise<ShapeValidator>;
  readonly hooks: HookRunner;
  readonly reporter: Reporter;
  readonly clock: Clock;
  readonly hash: Hash;
  readonly codec: Codec;
  /** The engine of RDF and SPARQL, loaded here; whoever opens it closes it. */
  readonly openSparqlEngine: () => Promise<SparqlEngine>;
  /** What a user's settings of another tool answer; absent where they are not looked at. */
  readonly readToolAnswers?: (tool: string) => Promise<ValueMap | undefined>;
  /** Absent where there is nobody to ask. */
  readonly prompter: Prompter | undefined;
}
