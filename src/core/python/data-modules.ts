import { formatPythonYaml } from '../jinja/ansible/python-yaml.ts';
import { integerOf } from '../jinja/numbers.ts';
import { formatJson, indentArgument } from '../jinja/pack-filters/format-json.ts';
import { copyValue } from '../jinja/plain-values.ts';
import { readJsonValue } from '../jinja/python-data/read-json.ts';
import { readYamlValue } from '../jinja/python-data/read-yaml.ts';
import { type JinjaValue, truth } from '../jinja/values.ts';
import type { Value } from '../pack/values.ts';
import { wholeText } from './access.ts';
import { callable } from './callable.ts';
import { EXCEPTIONS } from './exceptions.ts';
import type { Machine } from './machine.ts';
import { raise } from './python-fault.ts';
import { callMember, PythonInstance } from './values.ts';

type Members = ReadonlyMap<string, JinjaValue>;

/** What a file has, or a text itself. */
function streamText(value: JinjaValue | undefined, name: string, run: Machine): string {
  return wholeText(value instanceof PythonInstance ? callMember(value, 'read', []) : value, name, run);
}

/** A text that is read as data: its nodes take more than its characters. */
function parsedText(value: JinjaValue | undefined, name: string, run: Machine): string {
  const text = streamText(value, name, run);
  run.runtime.budget.spendSteps(text.length * 4);
  run.runtime.budget.allocate(text.length * 16);
  return text;
}

/** `json`. */
export function jsonModule(run: Machine): Members {
  const read = callable(({ positional: [text] }) => {
    const found = readJsonValue(parsedText(text, 's', run));
    return (found === undefined ? raise('JSONDecodeError', 'it is not JSON') : found) as JinjaValue;
  });
  return new Map<string, JinjaValue>([
    ['loads', read],
    ['load', read],
    ['JSONDecodeError', EXCEPTIONS.get('JSONDecodeError') ?? null],
    [
      'dumps',
      callable(({ positional: [value = null], named }) => {
        const isOn = (name: string, fallback: boolean): boolean => truth(named.get(name) ?? fallback);
        const indent = named.get('indent');
        return formatJson(
          value,
          {
            indent: indentArgument(indent, true, undefined),
            sortKeys: isOn('sort_keys', false),
            asciiOnly: isOn('ensure_ascii', true),
            pythonSpacing: true,
          },
          run.runtime.budget,
        );
      }),
    ],
  ]);
}

const MAX_WIDTH = 1000;

function shortNumber(value: JinjaValue | undefined, fallback: number): number {
  return Math.min(Math.max(Number(integerOf(value) ?? fallback), 1), MAX_WIDTH);
}

/** `yaml`. */
export function yamlModule(run: Machine): Members {
  let known: { readonly text: string; readonly value: Value } | undefined;
  const load = callable(({ positional: [stream] }) => {
    const text = streamText(stream, 'stream', run);
    // A hook reads its file each time that it runs.
    if (known?.text !== text) {
      const value = readYamlValue(parsedText(text, 'stream', run));
      known = { text, value: value === undefined ? raise('YAMLError', 'it is not YAML') : value };
    }
    return copyValue(known.value, run.runtime.budget);
  });
  const dump = callable(({ positional: [value = null], named }) => {
    const style = {
      indent: shortNumber(named.get('indent'), 2),
      flow: named.get('default_flow_style') === null ? 'mixed' : 'never',
      width: shortNumber(named.get('width'), 80),
    } as const;
    return formatPythonYaml(value, { ...style, sortKeys: truth(named.get('sort_keys') ?? true) }, run.runtime.budget);
  });
  return new Map<string, JinjaValue>([
    ['safe_load', load],
    ['safe_dump', dump],
    ['dump', dump],
    ['YAMLError', EXCEPTIONS.get('YAMLError') ?? null],
  ]);
}
