import { bindArguments, textArgument } from '../arguments.ts';
import { fail } from '../fault.ts';
import { JinjaObject, type JinjaValue } from '../values.ts';
import { type CalendarTime, daysInMonth, daysOf } from './instant.ts';
import { strftime } from './strftime.ts';

/** A `datetime` of Python without a zone: its fields, what formats it, and what it prints as. */
export function datetimeValue(time: CalendarTime): JinjaObject {
  const fields = new Map<string, JinjaValue>(FIELDS.map((name) => [name, time[name]]));
  const method = (name: string, parameters: readonly string[], run: (args: readonly (JinjaValue | undefined)[]) => JinjaValue) =>
    new JinjaObject('method', { call: (args) => run(bindArguments(`"${name}"`, args, parameters, parameters.length)) });
  const methods = new Map([
    ['strftime', method('strftime', ['format'], ([format]) => strftime(time, formOf(format)))],
    ['isoformat', method('isoformat', [], () => print(time, 'T'))],
    ['weekday', method('weekday', [], () => weekdayOf(time))],
    ['isoweekday', method('isoweekday', [], () => weekdayOf(time) + 1)],
    ['timestamp', method('timestamp', [], () => Number(strftime(time, '%s')))],
  ]);
  return new JinjaObject('datetime', {
    get: (name) => fields.get(name) ?? methods.get(name),
    names: () => [...fields.keys(), ...methods.keys()],
    print: () => print(time, ' '),
  });
}

function formOf(format: JinjaValue | undefined): string {
  const text = textArgument(format, 'format');
  return text.length > MAX_FORMAT ? fail(`the form of a time has more than ${MAX_FORMAT} characters`) : text;
}

const FIELDS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'] as const;

/** Monday is 0. */
function weekdayOf({ year, month, day }: CalendarTime): number {
  return (((daysOf(year, month, day) + 3) % 7) + 7) % 7;
}

function print(time: CalendarTime, between: string): string {
  return strftime(time, `%Y-%m-%d${between}%H:%M:%S${time.microsecond === 0 ? '' : '.%f'}`).padStart(19, '0');
}

const MAX_FORMAT = 1000;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** What each directive of `strptime` reads. */
const DIRECTIVES: Readonly<Record<string, readonly [pattern: string, field: keyof CalendarTime, value: (text: string) => number]>> = {
  Y: ['\\d{4}', 'year', Number],
  y: ['\\d{2}', 'year', (text) => Number(text) + (Number(text) < 69 ? 2000 : 1900)],
  m: ['1[0-2]|0?[1-9]', 'month', Number],
  b: ['[A-Za-z]{3}', 'month', (text) => MONTHS.indexOf(text.toLowerCase()) + 1],
  d: ['3[01]|[12]\\d|0?[1-9]| [1-9]', 'day', Number],
  H: ['2[0-3]|[01]\\d|\\d', 'hour', Number],
  M: ['[0-5]\\d|\\d', 'minute', Number],
  S: ['6[01]|[0-5]\\d|\\d', 'second', Number],
  f: ['\\d{1,6}', 'microsecond', (text) => Number(text.padEnd(6, '0'))],
};

/** Python's `datetime.strptime`, for numbers and short names of months. */
export function parseDatetime(text: string, format: string): CalendarTime {
  if (format.length > MAX_FORMAT) fail(`the form of a time has more than ${MAX_FORMAT} characters`);
  const fields: (readonly [keyof CalendarTime, (text: string) => number])[] = [];
  const seen = new Set<string>();
  const pattern = format.replaceAll('%T', '%H:%M:%S').replace(/%(.)|\s+|[\\^$.*+?()[\]{}|/-]/gs, (part, directive: string | undefined) => {
    if (directive === undefined) return /\s/.test(part) ? '\\s+' : `\\${part}`;
    if (directive === '%') return '%';
    const found = DIRECTIVES[directive];
    if (found === undefined) return fail(`%${directive} cannot be read`, `there are %${Object.keys(DIRECTIVES).join(', %')}`);
    // As in Python. Several would also be tried in all the ways in which they can share the digits.
    if (seen.has(directive)) fail(`%${directive} stands there more than once`);
    seen.add(directive);
    fields.push([found[1], found[2]]);
    return `(${found[0]})`;
  });
  const matched = new RegExp(`^${pattern}$`).exec(text) ?? fail(`${JSON.stringify(text.slice(0, 64))} is no time of the form ${format}`);
  const time = { year: 1900, month: 1, day: 1, hour: 0, minute: 0, second: 0, microsecond: 0, offset: 0, zone: '' };
  const read = Object.assign(time, ...fields.map(([field, value], at) => ({ [field]: value((matched[at + 1] ?? '').trim()) })));
  if (read.month < 1 || read.day > daysInMonth(read.year, read.month)) fail(`${JSON.stringify(text.slice(0, 64))} is no date`);
  return read;
}
