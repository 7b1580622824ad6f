import type { RdfQuad, RdfTerm } from '../core/metadata/rdf.ts';

export interface ShapeRequest {
  /** What is checked; graphs are united. */
  readonly data: readonly RdfQuad[];
  /** Shapes in SHACL Core, and the hierarchy of classes that they go by. */
  readonly shapes: readonly RdfQuad[];
  readonly signal?: AbortSignal;
}

/** One result of a validation report. */
export interface ShapeResult {
  readonly severity: 'violation' | 'warning' | 'info';
  readonly focus: RdfTerm;
  /** The property where there is one, as a path of SHACL for people. */
  readonly path: string | undefined;
  /** The value that is at fault, where it is one. */
  readonly value: RdfTerm | undefined;
  /** The component, such as `MinCount`. */
  readonly constraint: string;
  /** The shape's own messages, or else one for its constraint. */
  readonly message: string;
}

export type ShapeOutcome =
  | { readonly kind: 'checked'; readonly results: readonly ShapeResult[] }
  /** The shapes cannot be used. */
  | { readonly kind: 'unusable'; readonly problem: string };

/** Validates graphs by SHACL Core. */
export interface ShapeValidator {
  /** @throws PacksmithError `SHAPES_TIMEOUT`, `INTERRUPTED`. */
  validate(request: ShapeRequest): Promise<ShapeOutcome>;
}
