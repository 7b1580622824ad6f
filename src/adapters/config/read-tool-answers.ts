import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ValueMap } from '../../core/pack/values.ts';
import { findNestingProblem } from '../../core/template/answers/nesting-guard.ts';
import { parseYamlValue } from '../../core/template/answers/yaml-value.ts';

export interface ToolAnswersSettings {
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * What a user's settings of cookiecutter answer: `default_context` of the file that `COOKIECUTTER_CONFIG` names, or of `.cookiecutterrc` in the
 * home directory. Nothing where there is no such file, or it cannot be read as YAML.
 */
export function readCookiecutterAnswers({ home, env }: ToolAnswersSettings): ValueMap | undefined {
  const file = env['COOKIECUTTER_CONFIG'] ?? join(home, '.cookiecutterrc');
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  const text = readFileSync(file, 'utf8');
  const outcome = findNestingProblem(text) === undefined ? parseYamlValue(text) : undefined;
  const settings = outcome?.kind === 'value' ? outcome.value : undefined;
  const context = settings instanceof Map ? settings.get('default_context') : undefined;
  return context instanceof Map ? context : undefined;
}
