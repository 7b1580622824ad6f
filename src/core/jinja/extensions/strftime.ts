import { type CalendarTime, daysOf } from './instant.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** Formats a time as C's `strftime` does in the C locale, glibc's flags `-`, `_`, `0` and `^` included. Unknown directives stay as they are. */
export function strftime(time: CalendarTime, format: string): string {
  return format.replace(/%([-_0^]?)([a-zA-Z%])/g, (whole, flag: string, directive: string) => {
    const text = formatDirective(time, directive);
    if (text === undefined) return whole;
    if (flag === '-') return /^[\d ]+$/.test(text) ? text.replace(/^[0 ]+(?=\d)/, '') : text;
    if (flag === '_') return text.replace(/^0+(?=\d)/, (zeros) => ' '.repeat(zeros.length));
    if (flag === '0') return text.replace(/^ +/, (blanks) => '0'.repeat(blanks.length));
    return flag === '^' ? text.toUpperCase() : text;
  });
}

function formatDirective(time: CalendarTime, directive: string): string | undefined {
  const { year, month, day, hour, minute, second, microsecond } = time;
  switch (directive) {
    case 'Y':
      return String(year);
    case 'C':
      return two(Math.floor(year / 100));
    case 'y':
      return two(year % 100);
    case 'm':
      return two(month);
    case 'd':
      return two(day);
    case 'e':
      return String(day).padStart(2, ' ');
    case 'H':
      return two(hour);
    case 'k':
      return String(hour).padStart(2, ' ');
    case 'I':
      return two(hour % 12 || 12);
    case 'l':
      return String(hour % 12 || 12).padStart(2, ' ');
    case 'M':
      return two(minute);
    case 'S':
      return two(second);
    case 'f':
      return String(microsecond).padStart(6, '0');
    case 'p':
      return hour < 12 ? 'AM' : 'PM';
    case 'P':
      return hour < 12 ? 'am' : 'pm';
    default:
      return formatNamed(time, directive) ?? formatWeek(time, directive);
  }
}

function formatNamed(time: CalendarTime, directive: string): string | undefined {
  const named = COMPOSED[directive];
  if (named !== undefined) return strftime(time, named);
  switch (directive) {
    case 'A':
      return DAYS[weekday(time)];
    case 'a':
      return DAYS[weekday(time)]?.slice(0, 3);
    case 'B':
      return MONTHS[time.month - 1];
    case 'b':
    case 'h':
      return MONTHS[time.month - 1]?.slice(0, 3);
    case 'Z':
      return time.zone;
    case 'z': {
      const size = Math.abs(time.offset);
      return `${time.offset < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}${two(Math.floor(size / 60) % 60)}`;
    }
    case 's':
      return String(daysOf(time.year, time.month, time.day) * 86_400 + time.hour * 3600 + time.minute * 60 + time.second - time.offset);
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case '%':
      return '%';
    default:
      return undefined;
  }
}

const COMPOSED: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  r: '%I:%M:%S %p',
  R: '%H:%M',
  T: '%H:%M:%S',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
};

function formatWeek(time: CalendarTime, directive: string): string | undefined {
  const day = dayOfYear(time);
  const week = weekday(time);
  switch (directive) {
    case 'j':
      return String(day + 1).padStart(3, '0');
    case 'w':
      return String(week);
    case 'u':
      return String(week === 0 ? 7 : week);
    case 'U':
      return two(Math.floor((day + 7 - week) / 7));
    case 'W':
      return two(Math.floor((day + 7 - ((week + 6) % 7)) / 7));
    case 'V':
      return two(isoWeek(time).week);
    case 'G':
      return String(isoWeek(time).year);
    case 'g':
      return two(isoWeek(time).year % 100);
    default:
      return undefined;
  }
}

function isoWeek(time: CalendarTime): { readonly year: number; readonly week: number } {
  const days = daysOf(time.year, time.month, time.day);
  const thursday = days - ((weekday(time) + 6) % 7) + 3;
  const year = [time.year + 1, time.year, time.year - 1].find((candidate) => daysOf(candidate, 1, 1) <= thursday) ?? time.year;
  return { year, week: Math.floor((thursday - daysOf(year, 1, 1)) / 7) + 1 };
}

function dayOfYear({ year, month, day }: CalendarTime): number {
  return daysOf(year, month, day) - daysOf(year, 1, 1);
}

/** 0 is Sunday. */
function weekday({ year, month, day }: CalendarTime): number {
  return (((daysOf(year, month, day) + 4) % 7) + 7) % 7;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
