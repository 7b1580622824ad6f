/** The checks of `packs validate`, by name. Those of `deep` render the pack; `composition` needs other packs, `health` a running service. */
export const VALIDATION_CHECKS = {
  manifest: { kind: 'static', summary: 'pack.toml: structure, values, patterns, and the version of packsmith that is asked for' },
  variables: { kind: 'static', summary: 'conditions, defaults and expressions of variables' },
  templates: { kind: 'static', summary: 'syntax, names, filters and fixed paths of templates' },
  data: {
    kind: 'static',
    summary:
      'the ontology, shapes and files of data are there and can be parsed; queries and gates can be read, and have the variables that are named',
  },
  tests: { kind: 'static', summary: 'test cases can be read' },
  files: { kind: 'static', summary: 'the files that publishing needs' },
  choices: { kind: 'deep', summary: 'every pair of choices gives a project' },
  examples: { kind: 'deep', summary: 'every [[examples]] gives a project' },
  outputs: { kind: 'deep', summary: 'generated JSON, YAML and TOML can be read, for every one of these projects' },
  queries: { kind: 'deep', summary: 'queries and gates compile' },
  composition: { kind: 'with', summary: 'the packs of --with can be generated beside this one' },
  health: { kind: 'deployed', summary: 'the running service answers [[health]] as the pack says' },
} as const satisfies Record<string, { readonly kind: 'static' | 'deep' | 'with' | 'deployed'; readonly summary: string }>;

export type CheckName = keyof typeof VALIDATION_CHECKS;

export const CHECK_NAMES = Object.keys(VALIDATION_CHECKS) as CheckName[];
