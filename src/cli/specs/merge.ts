import type { CommandSpec } from '../command-spec.ts';
import { CONFLICT_FLAG, PREVIEW_FLAGS } from './compose.ts';

export const mergeSpec = {
  verb: 'merge',
  aliases: [],
  group: 'Generate and keep up to date',
  summary: 'Merge what changed between two folders into a third one',
  description:
    'Takes what changed from BASE to SRC over into DST, which may have changed as well: each file is merged by its form, as updates do it. Any three folders will do. It is one change that is written whole or not at all, `packs undo` in DST takes it back, and git and its index are left alone.',
  arguments: [
    { name: 'SRC', summary: 'The folder whose changes are wanted', isRequired: true },
    { name: 'DST', summary: 'The folder that gets them', isRequired: true },
  ],
  flags: {
    base: { kind: 'text', placeholder: 'DIR', summary: 'The folder that both come from' },
    ...CONFLICT_FLAG,
    ...PREVIEW_FLAGS,
  },
  examples: [
    { line: 'merge next mine --base last --dry-run', does: 'what would change in mine' },
    { line: 'merge next mine --base last --conflict reject', does: 'what cannot be merged beside the files of mine' },
  ],
} as const satisfies CommandSpec;
