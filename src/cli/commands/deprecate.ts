import type { RunCommand } from '../command.ts';
import { runMark } from '../mark-command.ts';
import type { deprecateSpec } from '../specs/publish.ts';

export const runDeprecate: RunCommand<typeof deprecateSpec> = (input, context) => runMark('deprecated', input, context);
