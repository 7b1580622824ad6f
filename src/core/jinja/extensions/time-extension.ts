import { textArgument } from '../arguments.ts';
import { fail } from '../fault.ts';
import { JinjaObject, type JinjaValue } from '../values.ts';
import { type CalendarTime, dateOf, daysInMonth, daysOf, instantOf, toCalendar } from './instant.ts';
import { strftime } from './strftime.ts';

const DEFAULT_FORMAT = '%Y-%m-%d';

/**
 * The function behind `{% now 'utc', '%Y' %}` (jinja2-time): the recorded instant, in a zone, moved by an offset, formatted.
 * The zone `local` is UTC, since the same project must render alike everywhere.
 */
export function nowFunction(now: string): JinjaValue {
  const instant = instantOf(now);
  return new JinjaObject('function', {
    call: ({ positional: [zone, operator, offset, format] }) => {
      const at = inZone(instant, textArgument(zone, 'timezone'));
      const moved = operator === null ? at : shift(at, operator === '-' ? -1 : 1, textArgument(offset, 'offset'));
      return strftime(moved, format === null ? DEFAULT_FORMAT : textArgument(format, 'format'));
    },
  });
}

function inZone(instant: number, zone: string): CalendarTime {
  const name = zone.toLowerCase();
  if (name === '' || name === 'utc' || name === 'local') return toCalendar(instant, 0, 'UTC');
  const match = /^([+-])?(\d\d):?(\d\d)?$/.exec(zone);
  if (match !== null) {
    const size = Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60;
    return toCalendar(instant, match[1] === '-' ? -size : size, '');
  }
  return toCalendar(instant, zoneOffset(instant, zone), zone);
}

/** Seconds east of UTC of a zone of the IANA database. */
function zoneOffset(instant: number, zone: string): number {
  try {
    const options = { timeZone: zone, timeZoneName: 'longOffset' } as const;
    const shown = new Intl.DateTimeFormat('en-US', options).formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign = '', hours = '0', minutes = '0'] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(shown) ?? [];
    const size = Number(hours) * 3600 + Number(minutes) * 60;
    return sign === '-' ? -size : size;
  } catch (error) {
    if (error instanceof RangeError)
      return fail(`there is no time zone "${zone.slice(0, 64)}"`, "write 'utc', or a name such as 'Europe/Berlin'");
    throw error;
  }
}

const UNIT_MONTHS: Readonly<Record<string, number>> = { years: 12, months: 1 };

const UNIT_MILLISECONDS: Readonly<Record<string, number>> = {
  weeks: 604_800_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
  microseconds: 0.001,
};

/** `hours=2,minutes=30`: years and months first, the day cut to the month's last; then the rest. */
function shift(time: CalendarTime, sign: number, offset: string): CalendarTime {
  let months = 0;
  let milliseconds = 0;
  for (const part of offset.split(',')) {
    const [unit = '', amount = ''] = part.split('=').map((text) => text.trim());
    const value = amount === '' ? Number.NaN : Number(amount) * sign;
    const ofMonths = UNIT_MONTHS[unit];
    const ofMilliseconds = UNIT_MILLISECONDS[unit];
    if (!(Math.abs(value) <= 1e9) || (ofMonths ?? ofMilliseconds) === undefined) {
      fail(`"${part.trim().slice(0, 64)}" is no offset of a time`, "write for example 'days=1,hours=2'");
    }
    months += Math.trunc(value) * (ofMonths ?? 0);
    milliseconds += value * (ofMilliseconds ?? 0);
  }
  const total = time.year * 12 + (time.month - 1) + months;
  const year = Math.floor(total / 12);
  const month = total - year * 12 + 1;
  const day = Math.min(time.day, daysInMonth(year, month));
  const days = daysOf(year, month, day);
  const clock = ((time.hour * 60 + time.minute) * 60 + time.second) * 1000 + time.microsecond / 1000;
  const moved = toCalendar(days * 86_400_000 + clock + Math.round(milliseconds), 0, time.zone);
  if (dateOf(days).year < 1 || moved.year < 1 || moved.year > 9999) fail('the time is outside the years 1 to 9999');
  return { ...moved, offset: time.offset };
}
