import type { RdfQuad } from '../../core/metadata/rdf.ts';
import type { ShapeOutcome } from '../../ports/shape-validator.ts';

/** What the worker is started with; it answers once, with a `ShapeOutcome`, and ends. */
export interface ShapeWork {
  readonly data: readonly RdfQuad[];
  readonly shapes: readonly RdfQuad[];
}

export type ShapeAnswer = ShapeOutcome;
