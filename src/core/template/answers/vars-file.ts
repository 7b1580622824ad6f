import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Value } from '../../pack/values.ts';
import { positionAt } from '../../text/position-at.ts';
import { stripControlLine } from '../../text/strip-control.ts';
import type { GivenAnswers, GivenValue } from './answer-types.ts';
import { parseJsonValue } from './json-value.ts';
import { findNestingProblem } from './nesting-guard.ts';
import { parseTomlValue } from './toml-value.ts';
import type { TreeOutcome } from './tree-outcome.ts';
import { parseYamlValue } from './yaml-value.ts';

/**
 * Reads a variables file: TOML, YAML (1.2, core schema, no tags, no aliases) or JSON, chosen by the ending of its name (`.toml`, `.yaml`,
 * `.yml`, `.json`). Its outermost value must be a map from names to values. Findings have code `VARS_FILE_INVALID` with line and column;
 * where there is one, the answers are empty.
 */
export function parseVarsFile(
  text: string,
  fileName: string,
): { readonly given: GivenAnswers; readonly diagnostics: readonly Diagnostic[] } {
  const read = readerFor(fileName);
  const source = text.replace(/^\ufeff/, '');
  const outcome = read === undefined ? unknownFormat() : guarded(source, read);
  if (outcome.kind === 'problem') return failed(source, fileName, outcome);
  if (!(outcome.value instanceof Map)) {
    return failed(source, fileName, { problem: 'the outermost value must be a table of names and values', offset: 0 });
  }
  return {
    given: { source: 'file', detail: fileName, values: withPositions(outcome.value, { source, fileName, offsets: outcome.offsets }) },
    diagnostics: [],
  };
}

type Reader = (text: string) => TreeOutcome;

const READERS: ReadonlyMap<string, Reader> = new Map([
  ['toml', parseTomlValue],
  ['yaml', parseYamlValue],
  ['yml', parseYamlValue],
  ['json', parseJsonValue],
]);

function readerFor(fileName: string): Reader | undefined {
  return READERS.get(/\.([a-z]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? '');
}

function unknownFormat(): TreeOutcome {
  return { kind: 'problem', problem: 'the name of a variables file ends in .toml, .yaml, .yml or .json', offset: 0 };
}

function guarded(text: string, read: Reader): TreeOutcome {
  const nesting = findNestingProblem(text);
  return nesting === undefined ? read(text) : { kind: 'problem', ...nesting };
}

function failed(text: string, file: string, { problem, offset }: { problem: string; offset: number }): ReturnType<typeof parseVarsFile> {
  const diagnostic: Diagnostic = {
    code: 'VARS_FILE_INVALID',
    severity: 'error',
    message: stripControlLine(`${file} cannot be read: ${problem}`),
    where: { file, ...positionAt(text, offset) },
  };
  return { given: { source: 'file', detail: file, values: new Map() }, diagnostics: [diagnostic] };
}

interface Positions {
  readonly source: string;
  readonly fileName: string;
  readonly offsets: ReadonlyMap<string, number>;
}

function withPositions(values: ReadonlyMap<string, Value>, { source, fileName, offsets }: Positions): ReadonlyMap<string, GivenValue> {
  return new Map(
    [...values].map(([key, value]): [string, GivenValue] => {
      const offset = offsets.get(key);
      const position = offset === undefined ? {} : positionAt(source, offset);
      return [key, { kind: 'value', value, where: { file: fileName, ...position } }];
    }),
  );
}
