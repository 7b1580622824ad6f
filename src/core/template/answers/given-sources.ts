import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import type { Value } from '../../pack/values.ts';
import { compareText } from '../../text/compare-text.ts';
import { stripControlLine } from '../../text/strip-control.ts';
import type { GivenAnswers, GivenValue } from './answer-types.ts';

/** The start of the environment's names for variables: `PACKSMITH_VAR_PORT` gives `port`. */
export const ENVIRONMENT_PREFIX = 'PACKSMITH_VAR_';

const FLAG_NAME = /^(?:(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*\.)?[^\s.=@\p{C}](?:[^.=\p{C}]*[^\s.=\p{C}])?$/u;

/**
 * Parses `name=value` or `pack.name=value`; the value may be empty and may have more `=`.
 * @throws PacksmithError `VAR_FLAG_INVALID` when there is no `=` or no name before it. The message does not show the value.
 */
export function parseVarFlag(text: string): { readonly key: string; readonly text: string } {
  const at = text.indexOf('=');
  const key = at === -1 ? text : text.slice(0, at).trim();
  if (at === -1) throw flagError(`--var ${clip(text)} has no "="`);
  if (!FLAG_NAME.test(key)) throw flagError(`--var ${clip(key)}=… does not begin with the name of a variable`);
  return { key, text: text.slice(at + 1) };
}

/** The values of all `--var` flags; of a repeated name the last one counts. @throws PacksmithError `VAR_FLAG_INVALID` as `parseVarFlag`. */
export function answersFromFlags(flags: readonly string[]): GivenAnswers {
  const values = new Map<string, GivenValue>();
  for (const flag of flags) {
    const { key, text } = parseVarFlag(flag);
    values.delete(key);
    values.set(key, { kind: 'text', text });
  }
  return { source: 'flag', values };
}

/** The values of all `PACKSMITH_VAR_*` names, sorted by name. An empty one counts as not set. */
export function answersFromEnvironment(environment: Readonly<Record<string, string | undefined>>): GivenAnswers {
  const values = new Map<string, GivenValue>();
  for (const name of Object.keys(environment).sort(compareText)) {
    const text = environment[name];
    const key = name.slice(ENVIRONMENT_PREFIX.length);
    if (!name.startsWith(ENVIRONMENT_PREFIX) || key === '' || text === undefined || text === '') continue;
    values.set(key, { kind: 'text', text, detail: name });
  }
  return { source: 'environment', values };
}

/** Typed values, for example those of the project file's `[variables]`. */
export function answersFromValues(source: GivenAnswers['source'], values: ReadonlyMap<string, Value>, detail?: string): GivenAnswers {
  const given = new Map([...values].map(([key, value]): [string, GivenValue] => [key, { kind: 'value', value }]));
  return detail === undefined ? { source, values: given } : { source, detail, values: given };
}

/** All sources of a command in the order that `resolveAnswers` wants: later variables files are stronger than earlier ones. */
export function collectGiven(sources: {
  readonly flags?: readonly string[];
  /** In the order of the command line. */
  readonly files?: readonly GivenAnswers[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly project?: ReadonlyMap<string, Value>;
  /** What the user's settings say for all projects. */
  readonly settings?: ReadonlyMap<string, Value>;
}): GivenAnswers[] {
  return [
    answersFromFlags(sources.flags ?? []),
    ...[...(sources.files ?? [])].reverse(),
    answersFromEnvironment(sources.environment ?? {}),
    answersFromValues('project', sources.project ?? new Map()),
    answersFromValues('settings', sources.settings ?? new Map()),
  ].filter(({ values }) => values.size > 0);
}

function flagError(message: string): PacksmithError {
  return new PacksmithError('VAR_FLAG_INVALID', stripControlLine(message), {
    hint: 'write `--var name=value`, for example --var port=8080',
  });
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
