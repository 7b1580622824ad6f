import { textArgument } from '../jinja/arguments.ts';
import { datetimeValue, dateValue, parseDatetime } from '../jinja/extensions/datetime-value.ts';
import { instantOf, toCalendar } from '../jinja/extensions/instant.ts';
import { JinjaObject, type JinjaValue } from '../jinja/values.ts';
import type { ModuleFacts } from './machine.ts';
import { PythonClass } from './values.ts';

/** `datetime`: now is the recorded instant. */
export function datetimeModule({ now }: ModuleFacts): ReadonlyMap<string, JinjaValue> {
  const current = () => toCalendar(instantOf(now), 0, 'UTC');
  const time = () => datetimeValue(current());
  const zone = new JinjaObject('timezone', { print: () => 'UTC' });
  return new Map<string, JinjaValue>([
    ['datetime', type('datetime', { now: time, today: time, utcnow: time, fromisoformat: fromIso, strptime })],
    ['date', type('date', { today: () => dateValue(current()) })],
    ['timezone', new JinjaObject('type', { get: (name) => (name === 'utc' ? zone : undefined) })],
    ['UTC', zone],
  ]);
}

type Maker = (text?: JinjaValue, format?: JinjaValue) => JinjaValue;

function type(name: string, makers: Readonly<Record<string, Maker>>): PythonClass {
  const members = Object.entries(makers).map(
    ([maker, make]) => [maker, new JinjaObject('function', { call: ({ positional }) => make(...positional) })] as const,
  );
  return new PythonClass(name, [], new Map(members));
}

function strptime(text?: JinjaValue, format?: JinjaValue): JinjaValue {
  return datetimeValue(parseDatetime(textArgument(text, 'text'), textArgument(format, 'format')));
}

/** A day, with a time or without. */
function fromIso(given?: JinjaValue): JinjaValue {
  const text = textArgument(given, 'text');
  const [, between, seconds, part] = /^\d{4}-\d\d-\d\d(?:([T ])\d\d:\d\d(:\d\d(\.\d{1,6})?)?)?$/.exec(text) ?? [];
  const time = between === undefined ? '' : `${between}%H:%M${seconds === undefined ? '' : ':%S'}${part === undefined ? '' : '.%f'}`;
  return datetimeValue(parseDatetime(text, `%Y-%m-%d${time}`));
}
