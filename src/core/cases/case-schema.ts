import * as v from 'valibot';
import { described, flag, freeValue, listOf, tableOf, text, wholeNumber } from '../manifest/schema-parts.ts';

/** What an update leaves where an edit of the project and a change of the pack disagree. */
export const CASE_CONFLICTS = ['markers', 'reject', 'ours', 'theirs'] as const;

const path = (description: string) => text(description, 4_000);
const paths = (description: string) => v.optional(listOf(path('A path in the project, or a glob'), description));
const textsByPath = (item: string, description: string) =>
  v.optional(tableOf(listOf(described(v.string(), item), 'For one file, by its path', 1), description));

const edit = v.strictObject({
  path: path('The file that is edited'),
  write: v.optional(described(v.string(), 'Its new text, whole')),
  append: v.optional(described(v.string(), 'Text that is put behind what it has')),
  prepend: v.optional(described(v.string(), 'Text that is put before what it has')),
  replace: v.optional(text('Text that it has exactly once', 100_000)),
  with: v.optional(described(v.string(), 'What takes the place of `replace`')),
  delete: v.optional(described(v.literal(true), 'It is deleted')),
  move: v.optional(path('The path it is moved to')),
});

const refusal = described(
  v.strictObject({
    code: text('The code of the error, such as ANSWERS_INVALID', 100),
    variables: v.optional(listOf(text('The name of a variable', 200), 'The variables that the findings are about: these and no others')),
    contains: v.optional(listOf(text('A text'), 'Texts that the message or the findings have', 1)),
  }),
  'The case is refused: nothing is generated, and this is the error',
);

const expectation = described(
  v.strictObject({
    files: paths('Files that the project has'),
    complete: flag('Whether `files` are all files that the project has', false),
    absent: paths('Files that the project does not have'),
    executable: paths('Files that can be run'),
    contains: textsByPath('A text that the file has', 'Texts that files have'),
    lacks: textsByPath('A text that the file does not have', 'Texts that files do not have'),
    matches: textsByPath('A regular expression (RE2); ^ and $ are the ends of lines', 'Regular expressions that files match somewhere'),
    text: v.optional(tableOf(described(v.string(), 'The text of the file, whole'), 'Files whose whole text is known')),
    values: v.optional(
      tableOf(
        tableOf(freeValue('The value'), 'JSON Pointer (RFC 6901) to value'),
        'Values in JSON, YAML and TOML files, whatever their layout',
      ),
    ),
    no_values: textsByPath('A JSON Pointer (RFC 6901)', 'Places in JSON, YAML and TOML files where there is nothing'),
    snapshots: paths('Files that are as they were when `packs test --update` stored them beside the case'),
    hooks: v.optional(listOf(text('The name of a hook', 200), 'The hooks that would run: these and no others; they never run in tests')),
    refusal: v.optional(refusal),
    conflicts: v.optional(listOf(path('A path'), 'Files that the update leaves to be settled: these and no others; none unless given')),
    created: v.optional(listOf(path('A path'), 'Files that the update creates, or with `start` the generation: these and no others')),
    updated: v.optional(listOf(path('A path'), 'Files that the update changes, or with `start` the generation: these and no others')),
    deleted: v.optional(listOf(path('A path'), 'Files that the update deletes: these and no others')),
  }),
  'What must be true',
);

const update = described(
  v.strictObject({
    from: v.optional(
      text('The earlier pack: a version or range of it in its registry, "previous", or a reference such as ./tests/earlier/1.0.0', 2_048),
    ),
    earlier: v.optional(listOf(edit, 'Edits to the files of that pack that make it the earlier one; of this very pack without `from`', 1)),
    edits: v.optional(listOf(edit, 'What the owner of the project did to it after it was generated')),
    variables: v.optional(tableOf(freeValue('A value'), 'Answers that are given to the update')),
    conflict: v.optional(described(v.picklist(CASE_CONFLICTS), 'What is left where edits and the pack disagree'), 'markers'),
  }),
  'The project is generated with an earlier version of the pack, edited, and updated to this one; every edit must be kept',
);

const start = described(
  v.strictObject({
    directory: v.optional(path('A directory of the pack, such as tests/start/old-project, whose files the project has')),
    files: v.optional(tableOf(described(v.string(), 'The text of the file, whole'), 'Files that the project has, by path')),
    overwrite: flag('Whether files in the way are replaced, as with --overwrite', false),
  }),
  'What the directory of the project has before anything is generated, as with --into-existing',
);

const command = v.strictObject({
  name: v.optional(text('What it shows, for people; the command when absent', 200)),
  run: listOf(v.string(), 'A command that is run in the generated project, as an argument vector; never given to a shell', 1),
  timeout: v.optional(wholeNumber('Seconds after which it is ended', 1, 3_600), 60),
  exit: v.optional(wholeNumber('The exit code that is expected', 0, 255), 0),
  output: v.optional(listOf(text('A text'), 'Texts that its output has', 1)),
});

/** The structure of `tests/*.toml`: what `packs test` and `packs validate` check, and the source of the JSON Schema for editors. */
export const caseSchema = v.pipe(
  v.strictObject({
    name: text('What the case shows', 200),
    description: v.optional(text('More about it, for people', 2_000)),
    variables: v.optional(tableOf(freeValue('A value'), 'Answers, by variable or "pack.variable"; defaults stand for the others')),
    packs: v.optional(listOf(text('A reference', 2_048), 'Packs that the project has as well; directories are relative to the pack')),
    directory: v.optional(text('The name of the directory of the project; "project" when absent', 100)),
    start: v.optional(start),
    update: v.optional(update),
    expect: expectation,
    commands: v.optional(listOf(command, 'Commands that are run in the project, in this order, once all else is as expected')),
  }),
  v.title('packsmith test case (tests/*.toml)'),
  v.description('Answers for a pack, and what must then be true of the project'),
);
