import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ValueMap } from '../../core/pack/values.ts';
import { findNestingProblem } from '../../core/template/answers/nesting-guard.ts';
import { parseYamlValue } from '../../core/template/answers/yaml-value.ts';
import { decodeMarkedText } from '../../core/text/utf8.ts';

export interface ToolAnswersSettings {
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
}

/** What a user's settings of a tool answer; only cookiecutter and Copier have answers in them. */
export function readToolAnswers(tool: string, settings: ToolAnswersSettings): ValueMap | undefined {
  if (tool === 'cookiecutter') return readCookiecutterAnswers(settings);
  return tool === 'copier' ? readCopierAnswers(settings) : undefined;
}

/**
 * What a user's settings of cookiecutter answer: `default_context` of the file that `COOKIECUTTER_CONFIG` names, or of `.cookiecutterrc` in the
 * home directory. Nothing where there is no such file, or it cannot be read as YAML.
 */
function readCookiecutterAnswers({ home, env }: ToolAnswersSettings): ValueMap | undefined {
  return readTable(env['COOKIECUTTER_CONFIG'] ?? join(home, '.cookiecutterrc'), 'default_context');
}

/**
 * What a user's settings of Copier answer: `defaults` of the file that `COPIER_SETTINGS_PATH` names, or of `settings.yml` where programs of the
 * platform keep settings.
 */
function readCopierAnswers({ home, env, platform }: ToolAnswersSettings): ValueMap | undefined {
  const named = env['COPIER_SETTINGS_PATH'];
  const files = named
    ? [named]
    : settingsDirectories({ home, env, platform }).map((directory) => join(directory, 'copier', 'settings.yml'));
  const file = files.find(isFile);
  return file === undefined ? undefined : readTable(file, 'defaults');
}

/** As Python's platformdirs finds them; on Windows an older Copier has a directory of its own below the other. */
function settingsDirectories({ home, env, platform }: ToolAnswersSettings): string[] {
  if (platform === 'darwin') return [join(home, 'Library', 'Application Support')];
  if (platform !== 'win32') return [env['XDG_CONFIG_HOME'] || join(home, '.config')];
  const local = env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local');
  return [join(local, 'copier'), local];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** A table of a file of settings in YAML. */
function readTable(file: string, name: string): ValueMap | undefined {
  if (!isFile(file)) return undefined;
  const text = decodeMarkedText(readFileSync(file)) ?? '';
  const outcome = findNestingProblem(text) === undefined ? parseYamlValue(text) : undefined;
  const settings = outcome?.kind === 'value' ? outcome.value : undefined;
  const context = settings instanceof Map ? settings.get(name) : undefined;
  return context instanceof Map ? context : undefined;
}
