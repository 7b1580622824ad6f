import { textArgument } from '../jinja/arguments.ts';
import { datetimeValue, parseDatetime } from '../jinja/extensions/datetime-value.ts';
import { type CalendarTime, daysInMonth, daysOf, instantOf, toCalendar } from '../jinja/extensions/instant.ts';
import { strftime } from '../jinja/extensions/strftime.ts';
import { integerOf, makeFloat, numberOf } from '../jinja/numbers.ts';
import { type CallArguments, JinjaObject, type JinjaValue } from '../jinja/values.ts';
import { callable } from './callable.ts';
import type { Machine, ModuleFacts } from './machine.ts';
import { raise } from './python-fault.ts';
import { PythonClass } from './values.ts';

type Members = ReadonlyMap<string, JinjaValue>;

const FIELDS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'] as const;

/** The time of a value of this module, and the milliseconds of a span. */
const times = new WeakMap<JinjaObject, CalendarTime>();
const spans = new WeakMap<JinjaObject, number>();

/** `datetime`: now is the recorded instant, and every zone is UTC. */
export function datetimeModule(_run: Machine, { now }: ModuleFacts): Members {
  const present = (): CalendarTime => toCalendar(instantOf(now), 0, 'UTC');
  const type = (name: 'date' | 'datetime', makers: readonly string[]): readonly [string, JinjaValue] => {
    const isDate = name === 'date';
    const made = makers.map((maker) => [maker, callable(() => moment(present(), isDate))] as const);
    const read = callable(({ positional: [text] }) => moment(fromIso(textArgument(text, 'date_string')), isDate));
    const parsed = callable(({ positional: [text, format] }) =>
      moment(parseDatetime(textArgument(text, 'date_string'), textArgument(format, 'format')), isDate),
    );
    const members = new Map<string, JinjaValue>([...made, ['fromisoformat', read], ['strptime', parsed]]);
    return [name, new PythonClass(name, [], members, (args) => moment(fromFields(args, isDate), isDate))];
  };
  const zone = new JinjaObject('timezone', { print: () => 'UTC' });
  return new Map<string, JinjaValue>([
    type('datetime', ['now', 'today', 'utcnow']),
    type('date', ['today']),
    ['timedelta', new PythonClass('timedelta', [], new Map(), ({ positional, named }) => span(milliseconds(positional, named)))],
    ['timezone', new JinjaObject('type', { get: (name) => (name === 'utc' ? zone : undefined) })],
    ['UTC', zone],
  ]);
}

/** `time`. */
export function timeModule(_run: Machine, { now }: ModuleFacts): Members {
  const formatted = callable(({ positional: [format] }) =>
    strftime(toCalendar(instantOf(now), 0, 'UTC'), textArgument(format, 'format').slice(0, 1000)),
  );
  return new Map<string, JinjaValue>([
    ['time', callable(() => makeFloat(instantOf(now) / 1000))],
    ['strftime', formatted],
  ]);
}

/** A date, or a time of one. */
function moment(time: CalendarTime, isDate: boolean): JinjaObject {
  const plain = isDate ? { ...time, hour: 0, minute: 0, second: 0, microsecond: 0 } : time;
  const made = new JinjaObject(isDate ? 'date' : 'datetime', {
    get: (name) => momentMethod(name, plain, isDate) ?? datetimeValue(plain).parts.get?.(name),
    print: () => (isDate ? strftime(plain, '%Y-%m-%d') : (datetimeValue(plain).parts.print?.() ?? '')),
  });
  times.set(made, plain);
  return made;
}

function momentMethod(name: string, time: CalendarTime, isDate: boolean): JinjaObject | undefined {
  switch (name) {
    case 'date':
      return callable(() => moment(time, true));
    case 'replace':
      return callable(({ named }) => moment(checked({ ...time, ...numbersIn(named) }), isDate));
    case 'astimezone':
      return callable(() => moment(time, isDate));
    case '__add__':
      return callable(({ positional: [delta] }) => later(time, spanOf(delta), isDate));
    case '__sub__':
      return callable(({ positional: [other] }) => minus(time, other, isDate));
    case 'isoformat':
      return isDate ? callable(() => strftime(time, '%Y-%m-%d')) : undefined;
    default:
      return undefined;
  }
}

function minus(time: CalendarTime, other: JinjaValue | undefined, isDate: boolean): JinjaValue {
  const before = other instanceof JinjaObject ? times.get(other) : undefined;
  return before === undefined ? later(time, -spanOf(other), isDate) : span(instantIn(time) - instantIn(before));
}

function later(time: CalendarTime, by: number, isDate: boolean): JinjaValue {
  const after = toCalendar(instantIn(time) + by, 0, 'UTC');
  return after.year >= 1 && after.year <= 9999 ? moment(after, isDate) : raise('OverflowError', 'date value out of range');
}

function instantIn({ year, month, day, hour, minute, second, microsecond }: CalendarTime): number {
  return (((daysOf(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000 + Math.floor(microsecond / 1000);
}

function spanOf(value: JinjaValue | undefined): number {
  const found = value instanceof JinjaObject ? spans.get(value) : undefined;
  return found ?? raise('TypeError', 'only a timedelta can be added to a time');
}

const DAY = 86_400_000;
const MAX_DAYS = 1_000_000_000;

const UNITS: readonly (readonly [string, number])[] = [
  ['days', DAY],
  ['seconds', 1000],
  ['microseconds', 0.001],
  ['milliseconds', 1],
  ['minutes', 60_000],
  ['hours', 3_600_000],
  ['weeks', 7 * DAY],
];

function milliseconds(positional: readonly JinjaValue[], named: ReadonlyMap<string, JinjaValue>): number {
  return UNITS.reduce((sum, [name, size], at) => {
    const given = positional[at] ?? named.get(name) ?? 0;
    return sum + Number(numberOf(given) ?? raise('TypeError', `unsupported type for timedelta ${name} component`)) * size;
  }, 0);
}

function span(length: number): JinjaObject {
  if (!(Math.abs(length) < MAX_DAYS * DAY)) raise('OverflowError', 'date value out of range');
  const days = Math.floor(length / DAY);
  const get = (name: string): JinjaValue | undefined => {
    if (name === 'days') return days;
    if (name === 'seconds') return Math.floor((length - days * DAY) / 1000);
    return name === 'total_seconds' ? callable(() => makeFloat(length / 1000)) : undefined;
  };
  const made = new JinjaObject('timedelta', { get });
  spans.set(made, length);
  return made;
}

function fromIso(text: string): CalendarTime {
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = '0'] =
    /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,6})\d*)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.exec(text) ??
    raise('ValueError', `Invalid isoformat string: '${text.slice(0, 64)}'`);
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [number, number, number, number, number, number];
  return checked({ ...ZERO, year: y, month: mo, day: d, hour: h, minute: mi, second: s, microsecond: Number(fraction.padEnd(6, '0')) });
}

const ZERO: CalendarTime = { year: 1, month: 1, day: 1, hour: 0, minute: 0, second: 0, microsecond: 0, offset: 0, zone: '' };

function fromFields({ positional, named }: CallArguments, isDate: boolean): CalendarTime {
  const given = new Map([
    ...FIELDS.flatMap((field, at) => (positional[at] === undefined ? [] : [[field, positional[at]] as const])),
    ...named,
  ]);
  const missing = FIELDS.slice(0, 3).find((field) => !given.has(field));
  if (missing !== undefined) raise('TypeError', `${isDate ? 'date' : 'datetime'}() misses the argument '${missing}'`);
  return checked({ ...ZERO, ...numbersIn(given) });
}

function numbersIn(given: ReadonlyMap<string, JinjaValue>): Partial<CalendarTime> {
  return Object.fromEntries(
    FIELDS.flatMap((field) =>
      given.has(field) ? [[field, Number(integerOf(given.get(field) ?? null) ?? raise('TypeError', `${field} must be an int`))]] : [],
    ),
  );
}

const LAST: Readonly<Record<string, number>> = { hour: 23, minute: 59, second: 59, microsecond: 999_999 };

function checked(time: CalendarTime): CalendarTime {
  if (time.year < 1 || time.year > 9999) raise('ValueError', `year ${time.year} is out of range`);
  if (time.month < 1 || time.month > 12) raise('ValueError', 'month must be in 1..12');
  if (time.day < 1 || time.day > daysInMonth(time.year, time.month)) raise('ValueError', 'day is out of range for month');
  const wrong = FIELDS.slice(3).find((field) => time[field] < 0 || time[field] > (LAST[field] ?? 0));
  return wrong === undefined ? time : raise('ValueError', `${wrong} must be in 0..${LAST[wrong]}`);
}
