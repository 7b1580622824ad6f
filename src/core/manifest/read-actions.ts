import type { HealthCheck, HookDeclaration, HookStage, MergeRule, PackExample, VariableDefinition } from '../pack/pack-manifest.ts';
import { isVersion } from '../pack/versions.ts';
import { checkGlob } from './check-paths.ts';
import { findValueProblem } from './find-value-problem.ts';
import { formatKeyPath, type KeyPath, quote } from './key-path.ts';
import { LIMITS } from './limits.ts';
import { checkDriver } from './merge-drivers.ts';
import { HOOK_STAGES } from './pack-schema.ts';
import type { Problems } from './problems.ts';
import { hasTemplate } from './read-variables.ts';
import { HTTP_ADDRESS } from './schema-parts.ts';
import { readBoolean, readEntries, readNumber, readString, readStrings, readTable, readTables, type Table } from './table.ts';
import { isTemplate, maskTemplate } from './text-templates.ts';
import { toValue } from './to-value.ts';

const DEFAULT_HOOK_SECONDS = 300;

/** Reads `[[hooks.<stage>]]`: an argument vector whose command is plain, and a time limit. */
export function readHooks(document: Table, problems: Problems): HookDeclaration[] {
  const stages = readTable(document, 'hooks');
  return HOOK_STAGES.flatMap((stage) =>
    readTables(stages, stage).flatMap(({ index, entry }) => {
      const path = ['hooks', stage, index];
      const run = readStrings(entry, 'run');
      checkRun([...path, 'run'], run, problems);
      const name = readString(entry, 'name') ?? run.join(' ');
      const timeout = readTimeout(entry, path, problems);
      const continueOnError = readBoolean(entry, 'continue_on_error') ?? false;
      const version = readHookVersion(entry, stage, path, problems);
      return [{ stage, name, run, when: readString(entry, 'when'), ...(version !== undefined && { version }), timeout, continueOnError }];
    }),
  );
}

/** Only an update goes from one version to another. */
function readHookVersion(entry: Table, stage: HookStage, path: KeyPath, problems: Problems): string | undefined {
  const version = readString(entry, 'version');
  if (version === undefined) return undefined;
  if (!isVersion(version)) problems.invalid([...path, 'version'], `${quote(version)} is not a version`, 'write it as 1.2.0');
  if (!stage.endsWith('_update'))
    problems.conflict([...path, 'version'], 'only hooks of an update go with a version', 'move it to pre_update or post_update');
  return version;
}

function checkRun(path: KeyPath, run: readonly string[], problems: Problems): void {
  const [command] = run;
  if (command === undefined) return;
  if (command.trim() === '') problems.invalid([...path, 0], 'the command is empty');
  else if (run.length === 1 && !isTemplate(command) && /\s/.test(command.trim())) {
    const words = command.trim().split(/\s+/).slice(0, 20).map(quote).join(', ');
    problems.warn([...path, 0], 'this is one word to the system; there is no shell that would split it', `write [${words}]`);
  }
  for (const [index, word] of run.entries()) {
    if (word.includes('\0')) problems.invalid([...path, index], 'it has a NUL character');
  }
}

function readTimeout(entry: Table, path: KeyPath, problems: Problems): number {
  const timeout = readNumber(entry, 'timeout') ?? DEFAULT_HOOK_SECONDS;
  if (!(timeout > 0)) problems.invalid([...path, 'timeout'], 'it must be more than 0 seconds');
  if (timeout > LIMITS.hookSeconds.maximum) problems.exceeds('hookSeconds', [...path, 'timeout'], timeout);
  return timeout;
}

/** Reads `[merge]`: path or glob to merge driver, or to what a saved composition says: `merge`, `prefer ID`, `merge prefer ID`. */
export function readMergeRules(document: Table, problems: Problems): MergeRule[] {
  return readEntries(document, 'merge').flatMap(([pattern, driver]) => {
    const path = ['merge', pattern];
    checkGlob(path, pattern, problems);
    if (typeof driver !== 'string') return [];
    if (!/^(?:merge|(?:merge )?prefer \S+)$/.test(driver)) checkDriver(path, driver, problems);
    return [{ path: pattern, driver }];
  });
}

/** Reads `[[examples]]`: their variables exist and their values are valid. Variables that a dependency may declare are only a warning. */
export function readExamples(document: Table, variables: readonly VariableDefinition[], problems: Problems): PackExample[] {
  const declared = readEntries(document, 'variables').map(([name]) => name);
  const byName = new Map(variables.map((variable) => [variable.name, variable]));
  const severity = readEntries(document, 'dependencies').length > 0 ? 'warning' : 'error';
  return readTables(document, 'examples').map(({ index, entry }) => {
    const values = readEntries(entry, 'variables').flatMap(([name, raw]) => {
      const path = ['examples', index, 'variables', name];
      const value = toValue(raw, path, problems);
      const variable = byName.get(name);
      if (!declared.includes(name)) {
        problems.unknownName(path, {
          message: `no variable is called ${quote(name)}`,
          known: declared,
          name,
          severity,
          at: 'key',
        });
      } else if (variable?.computed !== undefined) problems.conflict(path, 'the variable is computed and cannot be given', 'remove it');
      else if (variable !== undefined && value !== undefined && !hasTemplate(value))
        reportValue(path, findValueProblem(value, variable), problems);
      return value === undefined ? [] : [[name, value] as const];
    });
    return { title: readString(entry, 'title') ?? formatKeyPath(['examples', index]), variables: new Map(values) };
  });
}

function reportValue(path: KeyPath, problem: string | undefined, problems: Problems): void {
  if (problem !== undefined) problems.invalid(path, problem);
}

/** Reads `[[health]]`: http or https addresses, which may have templates in them. */
export function readHealth(document: Table, problems: Problems): HealthCheck[] {
  return readTables(document, 'health').map(({ index, entry }) => {
    const url = readString(entry, 'url') ?? '';
    if (url !== '' && !url.startsWith('{{') && !HTTP_ADDRESS.test(maskTemplate(url))) {
      problems.invalid(
        ['health', index, 'url'],
        `${quote(url)} is not an http or https address`,
        'write "http://127.0.0.1:{{ port }}/health"',
      );
    }
    return { name: readString(entry, 'name') ?? '', url, status: readNumber(entry, 'status') ?? 200 };
  });
}
