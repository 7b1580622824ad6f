import { relative, resolve } from 'node:path';
import { explainPath } from '../../ops/project/explain-path.ts';
import type { RunCommand } from '../command.ts';
import type { explainSpec } from '../specs/project.ts';
import { viewExplanation } from '../views/explanation.ts';

export const runExplain: RunCommand<typeof explainSpec> = async ({ positionals }, context) => {
  const { ports, project } = await context.openProject();
  const path = relative(project.root, resolve(context.workingDirectory, positionals[0] ?? '')).replaceAll('\\', '/');
  const explanation = await explainPath({ path }, { ...ports, project });
  return { data: explanation, view: (terminal) => viewExplanation(explanation, terminal) };
};
