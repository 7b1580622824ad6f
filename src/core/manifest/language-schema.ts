import * as v from 'valibot';
import { described, flag, freeValue, listOf, MAX_MARK, NAME, NAME_EXPECTED, namedTable, tableOf, text, textLike } from './schema-parts.ts';

/** What goes with the dialect `copier` only. */
const copierLanguage = {
  strict: flag('Copier: whether a name that is not defined is an error; else it is nothing', false),
  suffix: v.optional(described(v.string(), 'Copier: the ending of files that are rendered, where it is not ".jinja"; empty for all files')),
  subdirectory: v.optional(text('Copier: the folder below `templates/` that is generated; a template', 4_000)),
  exclude: v.optional(listOf(v.string(), 'Copier: patterns as in a .gitignore for what is not generated; templates')),
  keep: v.optional(listOf(v.string(), "Copier: patterns for files that stay the user's once they are there; templates")),
  answers_file: v.optional(text('Copier: the file that records the answers, where it is not ".copier-answers.yml"; a template', 4_000)),
  external_data: v.optional(tableOf(text('A YAML file of the project; a template', 4_000), 'Copier: data of the project, by name')),
  messages: v.optional(
    described(
      v.strictObject({
        before_copy: v.optional(text('Shown when a project is made; a template')),
        after_copy: v.optional(text('Shown when a project is made; a template')),
        before_update: v.optional(text('Shown when a project is updated; a template')),
        after_update: v.optional(text('Shown when a project is updated; a template')),
      }),
      'Copier: what is said to people',
    ),
  ),
  answers: v.optional(
    namedTable(
      v.strictObject({
        name: v.optional(text('The name that templates see, where a variable cannot have it', 200)),
        type: v.optional(text('What templates see the answer as: str, int, float, bool, json, yaml or path; a template')),
        default: v.optional(freeValue('The default, where the type of the variable cannot have it; texts are templates')),
        choices: v.optional(
          freeValue('The choices, where they depend on answers: as Copier has them, or a template that gives them as YAML'),
        ),
        multiselect: v.optional(described(v.boolean(), 'Whether several of these choices can be chosen')),
        help: v.optional(text('The question, where it is too long for a prompt; a template')),
        multiline: v.optional(
          described(v.union([v.boolean(), v.string()]), 'Whether the answer can have several lines; true, false or a template'),
        ),
        secret: v.optional(described(v.boolean(), 'Whether the answer is never recorded')),
        validator: v.optional(text('A template; what it gives is why the answer is not valid')),
      }),
      'Copier: rules of variables that are templates, or that a variable cannot have',
    ),
  ),
};

/** Templates may see values by any name, also by one of blanks. */
function seenName(description: string) {
  return v.pipe(
    v.string(),
    v.minLength(1, 'it is empty'),
    v.maxLength(200, 'it is longer than 200 characters'),
    v.description(description),
  );
}

/** `[language]`: how templates are read that were written for another tool. */
export const language = described(
  v.strictObject({
    dialect: described(
      v.picklist(['jinja2', 'copier', 'liquid']),
      'jinja2: as Jinja2 has it, with values that behave as in Python; copier: the same, with what Copier adds to it; liquid: Liquid as cargo-generate has it',
    ),
    namespace: v.optional(
      textLike(
        NAME,
        NAME_EXPECTED,
        'The name below which templates see the answers, whose texts may then have line breaks and any character; without it they see them by their own names',
      ),
    ),
    extensions: v.optional(
      listOf(text('The name of an extension that is pure', 200), 'Extensions of Jinja2 whose filters and functions are there'),
    ),
    trim_blocks: flag('Whether the newline after a statement is removed', false),
    lstrip_blocks: flag('Whether the blanks before a statement that begins a line are removed', false),
    keep_trailing_newline: flag('Whether the newline at the end of a template is kept', true),
    new_lines: v.optional(
      textLike(/^\r?\n$/, 'a newline, with or without a carriage return', 'What every newline of a generated file becomes'),
    ),
    delimiters: v.optional(
      described(
        v.strictObject({
          block_start: v.optional(text('What begins a statement', MAX_MARK)),
          block_end: v.optional(text('What ends a statement', MAX_MARK)),
          variable_start: v.optional(text('What begins an expression', MAX_MARK)),
          variable_end: v.optional(text('What ends an expression', MAX_MARK)),
          comment_start: v.optional(text('What begins a comment', MAX_MARK)),
          comment_end: v.optional(text('What ends a comment', MAX_MARK)),
        }),
        'What stands around statements, expressions and comments, where it is not what Jinja2 has',
      ),
    ),
    line_statement_prefix: v.optional(text('What begins a line that is a statement', MAX_MARK)),
    line_comment_prefix: v.optional(text('What begins a comment that ends with its line', MAX_MARK)),
    newline_sequence: v.optional(textLike(/^(?:\r\n|\r|\n)$/, 'a line end', 'What every newline of a template becomes')),
    autoescape: flag('Whether what expressions give is escaped for HTML', false),
    constants: v.optional(tableOf(freeValue('A value'), 'Values that templates see beside the answers')),
    rendered: v.optional(
      tableOf(freeValue('A value whose texts are templates'), 'Values that are rendered, in this order, over the answers'),
    ),
    names: v.optional(
      tableOf(
        seenName('The name that templates see'),
        'jinja2: names of answers that no variable can have, each by the variable that is asked',
      ),
    ),
    nulls: v.optional(
      listOf(
        seenName('A name that templates see'),
        'jinja2: what is null: always, or where the answer to the variable of this name is empty',
      ),
    ),
    changes: v.optional(
      listOf(
        v.string(),
        'jinja2: templates that are rendered before all others, for what they change of the values: `{{ settings.update({…}) }}`',
      ),
    ),
    ...copierLanguage,
  }),
  'How templates are read that were written for another tool; a pack of its own has no need of it',
);
