interface ErrorExplanation {
  /** The process exit code; the meaning of each is in docs/reference. */
  readonly exit: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 130;
  readonly cause: string;
  readonly cure: string;
}

/** Every code a failure can carry, with its exit code, cause and cure; the reference is generated from this table. */
export const ERROR_CODES = {
  INVALID_ARGUMENTS: { exit: 2, cause: 'The command line has an unknown or malformed argument.', cure: 'See `packs COMMAND --help`.' },
  MANIFEST_INVALID: {
    exit: 2,
    cause: 'The pack manifest has errors; all of them are listed.',
    cure: 'Mend them, then check with `packs validate DIR`.',
  },
  PATH_ESCAPES_PROJECT: {
    exit: 2,
    cause: 'A path is absolute, climbs out with `..`, or is not portable.',
    cure: 'Use a relative path below the project.',
  },
  PACK_NOT_FOUND: { exit: 7, cause: 'No repository has a pack of that id.', cure: 'Look for similar names with `packs search`.' },
  ANSWERS_INVALID: {
    exit: 2,
    cause: 'One or more variables have no value or an invalid one; all of them are listed.',
    cure: 'Correct them; `packs show ID --variables` lists all variables.',
  },
  TEMPLATE_FAILED: {
    exit: 4,
    cause: 'A template could not be rendered.',
    cure: 'Mend the template at the named line, or report it to the author of the pack.',
  },
  LIMIT_EXCEEDED: {
    exit: 4,
    cause: 'A pack, a template or a run went over a documented limit.',
    cure: 'Reduce what is measured below the limit that is named.',
  },
} as const satisfies Record<string, ErrorExplanation>;

export type ErrorCode = keyof typeof ERROR_CODES;
