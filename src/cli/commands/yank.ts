import type { RunCommand } from '../command.ts';
import { runMark } from '../mark-command.ts';
import type { yankSpec } from '../specs/publish.ts';

export const runYank: RunCommand<typeof yankSpec> = (input, context) => runMark('yanked', input, context);
