interface DiagnosticExplanation {
  readonly cause: string;
  readonly cure: string;
}

/** Every code a finding can carry, with its cause and cure; the reference is generated from this table. Grouped by what is found fault with. */
export const DIAGNOSTIC_CODES = {
  MANIFEST_SYNTAX: { cause: 'The manifest is not valid TOML.', cure: 'Mend the syntax at the named line and column.' },
  MANIFEST_UNKNOWN_KEY: {
    cause: 'The manifest has a key that format 1 does not know.',
    cure: 'Use the nearest known key that is named, or remove it.',
  },
  MANIFEST_MISSING_KEY: { cause: 'A required key is absent.', cure: 'Add the key that is named.' },
  MANIFEST_INVALID_VALUE: { cause: 'A value has the wrong type or form.', cure: 'Write the value in the form that is named.' },
} as const satisfies Record<string, DiagnosticExplanation>;

export type DiagnosticCode = keyof typeof DIAGNOSTIC_CODES;
