import * as v from 'valibot';
import { DATA_FORMATS } from '../data/data-format.ts';
import { language } from './language-schema.ts';
import {
  described,
  FORMAT,
  flag,
  freeValue,
  HTTP_ADDRESS,
  listOf,
  namedTable,
  tableOf,
  text,
  textLike,
  wholeNumber,
} from './schema-parts.ts';

export const VARIABLE_TYPES = [
  'string',
  'text',
  'integer',
  'number',
  'boolean',
  'choice',
  'choices',
  'path',
  'url',
  'email',
  'secret',
  'list',
  'map',
] as const;

export const HOOK_STAGES = ['pre_generate', 'post_generate', 'pre_update', 'post_update'] as const;

const pack = described(
  v.strictObject({
    id: text('The id of the pack: "web-api-starter" or "@scope/name"'),
    version: text('The version of the pack, by SemVer 2.0.0'),
    title: v.optional(text('The name for people; the id when absent', 100)),
    description: text('What the project will be, in one to three sentences', 500),
    category: v.optional(
      textLike(/^[a-z0-9][a-z0-9-]{0,49}$/, 'lower-case words joined by "-"', 'What kind of project: web, cli, data, devops …'),
    ),
    license: v.optional(text('An SPDX licence expression such as "MIT" or "MIT OR Apache-2.0"; required to publish', 200)),
    authors: v.optional(listOf(text('A name, with an address in angle brackets if wanted', 200), 'Who wrote the pack')),
    repository: v.optional(textLike(HTTP_ADDRESS, 'an http or https address', 'Where the sources are')),
    homepage: v.optional(textLike(HTTP_ADDRESS, 'an http or https address', 'Where to read more')),
    keywords: v.optional(listOf(text('A word that people search for', 50), 'At most ten words for the search')),
    requires: v.optional(text('The versions of packsmith that can load the pack, as an npm range')),
  }),
  'What the pack is',
);

const dependency = v.union([
  text('A version range in the grammar of npm'),
  v.strictObject({
    version: text('A version range in the grammar of npm'),
    optional: flag('Whether the pack works without it', false),
    reason: v.optional(text('Why it is needed, for people', 500)),
  }),
]);

const ecosystemPackage = v.union([
  text('A version range in the grammar of the ecosystem'),
  v.strictObject({
    version: text('A version range in the grammar of the ecosystem'),
    dev: flag('Needed only to develop the project', false),
    when: v.optional(text('An expression over the variables; the package is added where it is true')),
  }),
]);

const choice = v.union([
  v.string(),
  v.number(),
  v.boolean(),
  v.strictObject({
    value: described(v.union([v.string(), v.number(), v.boolean()]), 'What the variable holds when this is chosen'),
    label: v.optional(text('What people see', 200)),
  }),
]);

const LENGTH = 1_000_000;

const variable = v.strictObject({
  type: described(v.picklist(VARIABLE_TYPES), 'What values it can have'),
  prompt: v.optional(text('The question put to people', 200)),
  description: v.optional(text('What it is for', 2_000)),
  default: v.optional(freeValue('The value when none is given; strings are templates over the variables declared before')),
  required: v.optional(described(v.boolean(), 'Whether a value must be given; true when there is no default')),
  when: v.optional(text('An expression; the variable is asked and valid only where it is true')),
  computed: v.optional(text('An expression that gives the value; the variable is never asked')),
  pattern: v.optional(text('A regular expression (linear-time syntax) that the value must match')),
  pattern_hint: v.optional(text('What the pattern asks for, in words', 200)),
  min: v.optional(described(v.number(), 'The least value')),
  max: v.optional(described(v.number(), 'The greatest value')),
  min_length: v.optional(wholeNumber('The least number of characters', 0, LENGTH)),
  max_length: v.optional(wholeNumber('The greatest number of characters', 0, LENGTH)),
  min_items: v.optional(wholeNumber('The least number of entries', 0, LENGTH)),
  max_items: v.optional(wholeNumber('The greatest number of entries', 0, LENGTH)),
  choices: v.optional(listOf(choice, 'What can be chosen', 1)),
  example: v.optional(freeValue('A value that is valid, shown to people')),
  group: v.optional(text('The heading it is asked under', 100)),
  shared: flag('Whether packs that declare the same name and type share one value', true),
});

const inject = described(
  v.strictObject({
    into: text('The path of the file that receives the text; a template', 4_000),
    before: v.optional(text('The text goes before the line that has this marker')),
    after: v.optional(text('The text goes after the line that has this marker')),
    at: v.optional(described(v.picklist(['start', 'end']), 'The text goes to the start or the end of the file')),
    once: flag('Skip when the file has the text already', false),
  }),
  'Puts the text into a file that another template generates, or that is there already',
);

const template = v.strictObject({
  source: v.optional(text('A file or glob below the pack', 4_000)),
  text: v.optional(described(v.string(), 'The template itself')),
  base64: v.optional(described(v.string(), 'The bytes of the file, as base64')),
  output: v.optional(
    text('The path in the project; a template. For a source it may end in "/": the directory that receives the files', 4_000),
  ),
  when: v.optional(text('An expression; the file exists only where it is true')),
  for_each: v.optional(text('An expression that gives rows: one file a row')),
  as: v.optional(text('The name a row has in the template; "item" when absent', 64)),
  mode: v.optional(described(v.string(), 'The permission bits, such as "0755"')),
  on_exists: v.optional(
    described(v.picklist(['merge', 'keep', 'overwrite', 'fail']), 'What happens to a file that is there and was not generated'),
  ),
  merge: v.optional(text('The merge driver for this file', 50)),
  inject: v.optional(inject),
});

const parameter = v.union([
  text('An expression over the variables of the pack; its value is bound as a literal'),
  v.strictObject({
    value: text('An expression over the variables of the pack'),
    type: v.optional(described(v.picklist(['literal', 'iri']), 'What the value is bound as'), 'literal'),
  }),
]);

const query = v.strictObject({
  file: v.optional(text('The file of the query, below the pack', 4_000)),
  text: v.optional(text('The query itself', 100_000)),
  over: v.optional(text('What is queried: "data.NAME"; the ontology of the pack and its data when absent', 200)),
  group_by: v.optional(text('A variable of the query, without its "?": templates see a map from its values to rows', 64)),
  parameters: v.optional(tableOf(parameter, 'Variables of the query that are bound before it runs, without their "?"')),
});

const dataSource = v.strictObject({
  from: v.optional(text('The path of the data in the project; a template', 4_000)),
  default: v.optional(text('The file below the pack that is read when there is no other', 4_000)),
  format: v.optional(described(v.picklist(DATA_FORMATS), 'What the file is written in; by its ending when absent')),
});

const hook = v.strictObject({
  name: v.optional(text('What it does, for people; the command when absent', 200)),
  run: listOf(v.string(), 'The command as an argument vector; never given to a shell', 1),
  when: v.optional(text('An expression; the hook runs only where it is true')),
  version: v.optional(text('Runs only in an update from below this version to it or above')),
  timeout: v.optional(described(v.number(), 'Seconds after which it is ended'), 300),
  continue_on_error: flag('Whether a failure is only reported', false),
});

const example = v.strictObject({
  title: text('What the example shows', 200),
  variables: v.optional(tableOf(freeValue('A value'), 'The values of the example')),
});

const health = v.strictObject({
  name: text('What is asked, for people', 200),
  url: text('An http or https address; a template', 2_000),
  status: v.optional(wholeNumber('The status that means healthy', 100, 599), 200),
});

const migration = v.strictObject({
  from: text('The versions of this pack that a project may have before the update, as an npm range'),
  to: text('The versions that the update leads to, as an npm range'),
  rename: v.optional(tableOf(text('The new path', 4_000), 'Files or directories (ending in "/") that moved: old path to new path')),
  rename_variables: v.optional(namedTable(text('The new name', 64), 'Variables that have a new name: old to new')),
  defaults: v.optional(namedTable(freeValue('A value'), 'Answers for variables that projects of those versions lack')),
  values: v.optional(
    namedTable(
      tableOf(freeValue('The new value'), 'Old value, as text, to new value'),
      'Answers whose values have new names or a new type',
    ),
  ),
  retype: v.optional(listOf(text('A variable', 64), 'Variables of another type now, whose answers are read anew: "8080" as 8080')),
  add_packs: v.optional(tableOf(text('A version range'), 'Packs that took over a part of this one and are added to the project')),
});

const lint = described(
  v.strictObject({
    severity: v.optional(
      tableOf(described(v.picklist(['off', 'info', 'warning', 'error']), 'How much it counts'), 'Rules that count more or less than usual'),
    ),
    allow: v.optional(
      listOf(
        v.strictObject({
          rule: text('The id of a rule', 64),
          in: v.optional(text('A file or glob below the pack, or a key such as "variables.port"; the whole pack when absent', 1_000)),
          reason: text('Why it is right here', 500),
        }),
        'Findings that are right here',
      ),
    ),
  }),
  'What `packs lint` thinks of the pack',
);

const each = <Item extends v.GenericSchema>(item: Item, description: string) => v.optional(listOf(item, description));

/** The structure of `pack.toml`, format 1: what the loader checks, and the source of the JSON Schema for editors. */
export const packSchema = v.pipe(
  v.strictObject({
    format: described(v.literal(FORMAT), 'The version of the manifest format'),
    pack,
    dependencies: v.optional(tableOf(dependency, 'Other packs that this one builds on')),
    packages: v.optional(
      described(
        v.strictObject({
          npm: v.optional(tableOf(ecosystemPackage, 'Packages for package.json')),
          pypi: v.optional(tableOf(ecosystemPackage, 'Packages for pyproject.toml')),
          cargo: v.optional(tableOf(ecosystemPackage, 'Packages for Cargo.toml')),
        }),
        'Packages of ecosystems that the project depends on',
      ),
    ),
    variables: v.optional(namedTable(variable, 'What people are asked; the order is the order of the questions')),
    templates: each(template, 'Files that need more than the directory convention'),
    queries: v.optional(namedTable(query, 'SPARQL queries whose rows templates use')),
    data: v.optional(namedTable(dataSource, 'Data that queries and templates read')),
    hooks: v.optional(
      described(
        v.strictObject({
          pre_generate: each(hook, 'Commands before a project is generated'),
          post_generate: each(hook, 'Commands after a project was generated'),
          pre_update: each(hook, 'Commands before a project is updated'),
          post_update: each(hook, 'Commands after a project was updated'),
        }),
        'Commands that run in the project, with the consent of its owner',
      ),
    ),
    merge: v.optional(
      tableOf(text('A merge driver', 50), 'How files of this pack combine with files of other packs: path or glob to driver'),
    ),
    examples: each(example, 'Sets of values that show what the pack can do'),
    health: each(health, 'What is asked of the running result'),
    migrations: each(migration, 'What changes in projects between versions of the pack'),
    lint: v.optional(lint),
    language: v.optional(language),
  }),
  v.title('packsmith pack manifest (pack.toml), format 1'),
  v.description('A pack: versioned templates from which packsmith generates projects'),
);
