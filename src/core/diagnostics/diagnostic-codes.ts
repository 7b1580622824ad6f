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
  TEMPLATE_COLLISION: {
    cause: 'Two templates of one pack write the same path.',
    cure: 'Give them different outputs, or exclude one with when.',
  },
  TEMPLATE_UNSAFE_PATH: {
    cause: 'A template renders to a path that leaves the project or is not portable.',
    cure: 'Correct the path, or the value it is made from.',
  },
  TEMPLATE_ERROR: { cause: 'A template could not be rendered.', cure: 'Mend the template at the named line.' },
  PATH_IN_THE_WAY: { cause: 'A file of yours stands where a pack wants to write.', cure: 'Move it away, or choose --overwrite.' },
  PATH_NOT_AS_PLANNED: {
    cause: 'A path of the project is not as the plan expects it.',
    cure: 'Run the command again: it plans anew from what is there.',
  },
  PATH_NOT_PLAIN: {
    cause: 'A path of the project goes through a link, or something that is not a plain file or directory stands there.',
    cure: 'Move what is named out of the way, or replace the link by what it points to.',
  },
  COMPOSE_PATH_CONFLICT: {
    cause: 'Two packs write one path differently.',
    cure: 'Rule for the path in [merge] of packsmith.toml or of a composition file, or leave one pack out.',
  },
  DEPENDENCY_DEPTH: {
    cause: 'The longest chain of packs that depend on each other has more than five packs.',
    cure: 'Depend on the packs at its end directly, or merge packs that are always used together.',
  },
  FOREIGN_INVALID: {
    cause: 'A template of another tool is not as that tool has it.',
    cure: 'Mend the named place, or name the directory that has the template.',
  },
  FOREIGN_UNSUPPORTED: {
    cause: 'A template of another tool uses something that packsmith cannot do, such as code of that tool.',
    cure: 'Write what is suggested in its place, or make a pack of the template with `packs import`.',
  },
  FOREIGN_APPROXIMATED: {
    cause: 'Something of another tool works nearly, but not quite, as there.',
    cure: 'Read what differs, and see whether it matters.',
  },
  PACK_FILES_INVALID: {
    cause: 'A file of the pack is a link, has an unsafe name, or cannot be read.',
    cure: 'Remove or rename the file that is named.',
  },
  MANIFEST_UNSUPPORTED_FORMAT: {
    cause: 'The file is of a format that this version does not read.',
    cure: 'Use the version of packsmith that is named.',
  },
  MANIFEST_KEY_CONFLICT: {
    cause: 'Keys exclude or need one another, or say the same thing twice.',
    cure: 'Keep one of the keys that are named, or add the one that is missing.',
  },
  MANIFEST_UNSAFE_PATH: {
    cause: 'A path could leave the project, or is not portable.',
    cure: 'Write a relative path with "/" between its parts.',
  },
  MANIFEST_UNKNOWN_NAME: { cause: 'A name refers to nothing that is declared.', cure: 'Use the nearest declared name, or declare it.' },
  MANIFEST_RESERVED_NAME: { cause: 'A name means something in the template language already.', cure: 'Choose another name.' },
  MANIFEST_DOUBTFUL_VALUE: { cause: 'A value is allowed but is probably a mistake.', cure: 'Compare it with the suggestion.' },
  MANIFEST_LIMIT: { cause: 'The file is over a documented limit.', cure: 'Reduce what is measured below the limit that is named.' },
  MANIFEST_INVALID_PATTERN: {
    cause: 'A regular expression is not valid in the linear-time syntax.',
    cure: 'Mend it; look-around and back-references do not exist there.',
  },
  ANSWER_INVALID: { cause: 'The value of a variable is not what the variable accepts.', cure: 'Give a value as the message describes it.' },
  ANSWER_MISSING: { cause: 'A required variable has no value.', cure: 'Give one by `--var`, in a variables file, or in the environment.' },
  ANSWER_UNKNOWN: { cause: 'A value is given for a variable that no pack has.', cure: 'Use the nearest name that is named, or remove it.' },
  ANSWER_NOT_ALLOWED: {
    cause: 'A value is given for a variable that is computed, or whose condition does not hold.',
    cure: 'Remove the value, or change the answer that the condition depends on.',
  },
  VARIABLE_TYPE_CONFLICT: {
    cause: 'Two packs declare a shared variable with different types.',
    cure: 'Give each pack its own value as `pack.name`, or set `shared = false` in one of them.',
  },
  VARIABLE_DEFINITION_FAILED: {
    cause: "A variable's default, condition or expression fails, or gives a value that the variable itself refuses.",
    cure: 'Give the variable a value, or report it to the author of the pack.',
  },
  VARS_FILE_INVALID: {
    cause: 'A variables file is not valid TOML, YAML or JSON, or holds something that no variable can be.',
    cure: 'Mend it at the named line and column.',
  },
  HOOK_OUTPUT: { cause: 'A hook failed; this is the end of what it printed.', cure: 'Run its command by hand in the project.' },
  TEMPLATE_SOURCE_MISSING: {
    cause: 'A [[templates]] entry names a file that the pack does not have.',
    cure: 'Correct the source, or add the file.',
  },
  TEMPLATE_UNDECLARED_NAME: {
    cause: 'A template uses a name that is no variable of the pack.',
    cure: 'Declare the variable, correct the name, or guard it with is defined.',
  },
  PACK_FILE_MISSING: { cause: 'A file that publishing needs is absent.', cure: 'Add it to the pack.' },
  CASE_FAILED: {
    cause: 'A test case of the pack fails.',
    cure: 'Mend the pack, or what the case expects; `packs test` shows the difference.',
  },
  CHANGELOG_VERSION_MISSING: {
    cause: 'The changelog says nothing of the version that is published.',
    cure: 'Add a section with the version as its heading.',
  },
  LICENSE_MISSING: { cause: 'The manifest names no license.', cure: 'Add `license` to [pack], as an SPDX expression.' },
  SECRET_FOUND: {
    cause: 'A file holds what looks like a private key, a token or a password.',
    cure: 'Take it out and revoke it. Where it is no secret, write `packsmith: not a secret` on its line or the line before.',
  },
  VERSION_NOT_NEW: {
    cause: 'The version is published already, or is older than what is published.',
    cure: 'Raise the version; give an older one its own --tag.',
  },
  BREAKING_CHANGE: {
    cause: 'Something that works with the newest published version can stop working, and the version does not say so.',
    cure: 'Raise the major version (before 1.0.0: the minor version), or take the change back.',
  },
  CONFLICT_OPEN: {
    cause: 'A file is in conflict between your edit and the pack.',
    cure: 'Edit the file to what it should be, and remove markers and .theirs files.',
  },
  BASELINE_RENDERED: {
    cause: 'The stored baseline is missing or damaged; the last generation was rendered again from the locked packs.',
    cure: 'Keep .packsmith/baseline.bin in version control, beside packsmith.lock. The command writes a new one.',
  },
  BASELINE_ABSENT: {
    cause: 'The stored baseline is missing or damaged, and the locked packs cannot be had: there is no base to merge from.',
    cure: 'Restore .packsmith/baseline.bin from version control, or compare what is in conflict by hand.',
  },
  PACKSMITH_UNSUITABLE: {
    cause: 'The pack is made for other versions of packsmith than this one.',
    cure: 'Use a version of packsmith in the range that is named, or another version of the pack.',
  },
  DATA_INVALID: { cause: 'A file of data is not valid in its format.', cure: 'Mend it at the named line and column.' },
  DATA_FORMAT_UNKNOWN: {
    cause: 'The ending of a file of data says no format that is read.',
    cure: 'Use one of the endings that are named, or say the format in [data] of the pack.',
  },
  RDF_INVALID: { cause: 'A document is not valid RDF in its format.', cure: 'Mend it at the named line and column.' },
  QUERY_INVALID: { cause: 'A query is not valid SPARQL 1.1.', cure: 'Mend it at the named line and column.' },
  QUERY_REFUSED: { cause: 'A query asks for an update, LOAD or SERVICE.', cure: 'Leave it out: queries only read, and only what is here.' },
  GATE_REFUSED: { cause: 'A query in the gates of a pack refuses the data.', cure: 'Correct what the message names in the data.' },
  SHAPE_VIOLATED: { cause: 'The data does not have the shape that a pack asks for.', cure: 'Correct the node that is named in the data.' },
  SHAPES_INVALID: {
    cause: 'The shapes of a pack cannot be used: they are malformed, or use what is not of SHACL Core.',
    cure: 'Mend them, or report it to the author of the pack.',
  },
  CHOICES_FAILED: {
    cause: 'With some choice of the variables the pack cannot be generated.',
    cure: 'Mend what the message names, or exclude the choice by the conditions of the variables.',
  },
  EXAMPLE_FAILED: { cause: 'An entry of [[examples]] gives no project.', cure: 'Correct its values, or mend what the message names.' },
  COMPOSITION_FAILED: {
    cause: 'The pack cannot be generated beside another one.',
    cure: 'Rule for the paths that are named in [merge], or share the variables.',
  },
  OUTPUT_INVALID: {
    cause: 'A generated JSON, YAML or TOML file cannot be read.',
    cure: 'Mend its template; `to_json`, `to_yaml` and `to_toml` write values safely.',
  },
  HEALTH_FAILED: {
    cause: 'A running service does not answer as [[health]] of its pack says.',
    cure: 'Start it, and give the answers that it was generated with by `--var`.',
  },
  DATA_FILE_MISSING: {
    cause: 'The manifest or a test case names a query, a file of data or a directory that the pack does not have.',
    cure: 'Add the file, or correct the path.',
  },
  QUERY_UNSUITABLE: {
    cause: 'A gate gives neither rows nor a boolean, or the manifest names a variable that a query does not have.',
    cure: 'Use SELECT or ASK in gates, and the names of variables as the query has them.',
  },
} as const satisfies Record<string, DiagnosticExplanation>;

export type DiagnosticCode = keyof typeof DIAGNOSTIC_CODES;
