import * as v from 'valibot';
import { described, FORMAT, freeValue, listOf, tableOf, text } from './schema-parts.ts';

export const MERGE_MODES = ['merge', 'layer', 'overwrite', 'keep', 'ask', 'fail'] as const;

const projectPack = v.union([
  text('A version range in the grammar of npm', 256),
  v.strictObject({
    version: v.optional(text('A version range in the grammar of npm', 256)),
    source: v.optional(
      text('Where the pack is: ./directory, pack.tgz, gh:owner/repo/dir#ref, git+https://…, npm:name, oci://…, https://…', 2_048),
    ),
    variables: v.optional(tableOf(freeValue('A value'), 'Answers for this pack alone')),
  }),
]);

const mergeMode = (description: string) => described(v.picklist(MERGE_MODES), description);

/** The structure of `packsmith.toml` and of composition files, format 1. */
export const projectSchema = v.pipe(
  v.strictObject({
    format: described(v.literal(FORMAT), 'The version of the file format'),
    project: v.optional(described(v.strictObject({ name: v.optional(text('The name of the project', 200)) }), 'The project')),
    packs: v.optional(tableOf(projectPack, 'The packs the project is made of: id to version range or table')),
    variables: v.optional(tableOf(freeValue('A value'), 'The answers, by variable or "pack.variable"; secrets are never here')),
    merge: v.optional(
      described(
        v.strictObject({
          mode: v.optional(mergeMode('What happens to paths that several packs write'), 'merge'),
          rules: v.optional(
            listOf(
              v.strictObject({
                path: text('A path or glob', 1_024),
                action: v.optional(mergeMode('What happens to these paths'), 'merge'),
                prefer: v.optional(text('The pack that decides', 100)),
              }),
              'Paths that are treated otherwise; the most specific glob decides',
            ),
          ),
        }),
        'How the files of several packs come together',
      ),
    ),
    update: v.optional(
      described(
        v.strictObject({
          preserve: v.optional(listOf(text('A glob', 1_024), 'Paths that update and regenerate never touch')),
          format: v.optional(
            listOf(
              v.strictObject({
                files: listOf(text('A glob', 1_024), 'The files it formats'),
                run: listOf(
                  text('A word', 4_000),
                  'The program and its arguments; it reads a text and prints it formatted; "{path}" is the file',
                ),
              }),
              'Formatters of the project, which --format runs before merging; the first that matches a file counts',
            ),
          ),
        }),
        'How the project is kept up to date',
      ),
    ),
    overrides: v.optional(
      tableOf(text('A version range; an exact version pins', 256), 'Versions that take the place of what packs ask of one another'),
    ),
  }),
  v.title('packsmith project manifest (packsmith.toml), format 1'),
  v.description('What a project asks for: packs, answers and rules; also the format of composition files'),
);
