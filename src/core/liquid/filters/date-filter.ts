import { daysOf, instantOf, toCalendar } from '../../jinja/extensions/instant.ts';
import { strftime } from '../../jinja/extensions/strftime.ts';
import { toText } from '../values.ts';
import { liquidFilter, textArg } from './define-filter.ts';

/** The filter `date`; `now` and `today` are the recorded instant. What is no date stays as it is. */
export function dateFilter(now: string): ReturnType<typeof liquidFilter> {
  return liquidFilter('date', 'format |', (value, [format], runtime) => {
    const text = toText(value, runtime.budget);
    const pattern = textArg(format, runtime);
    const found = text === 'now' || text === 'today' ? { instant: instantOf(now), offset: 0 } : parseDate(text.trim());
    if (found === undefined || pattern === '') return value;
    const result = strftime(toCalendar(found.instant, found.offset, ''), pattern);
    runtime.budget.allocate(result.length);
    return result;
  });
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const TIME = '(?:[ T](\\d{1,2}):(\\d\\d)(?::(\\d\\d)(?:\\.\\d+)?)?)?(?: ?(Z|UTC|[+-]\\d\\d:?\\d\\d))?';
const YEAR_FIRST = new RegExp(`^(\\d{4})-(\\d\\d)-(\\d\\d)${TIME}$`);
const DAY_FIRST = new RegExp(`^(\\d{1,2}) ([A-Za-z]{3,9}) (\\d{4})${TIME}$`);

/** An instant with its offset in seconds, of `2026-03-05 07:08:09 +0100` and `5 March 2026 07:08:09 +0100`. */
function parseDate(text: string): { readonly instant: number; readonly offset: number } | undefined {
  const first = YEAR_FIRST.exec(text);
  const second = first === null ? DAY_FIRST.exec(text) : null;
  const found = first ?? second;
  if (found === null) return undefined;
  const [, a = '', b = '', c = '', hour = '0', minute = '0', rest = '0', zone = ''] = found;
  const month = first === null ? MONTHS.indexOf(b.slice(0, 3).toLowerCase()) + 1 : Number(b);
  const [year, day] = first === null ? [Number(c), Number(a)] : [Number(a), Number(c)];
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * 60 * (sign === '-' ? -1 : 1);
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(rest);
  return { instant: daysOf(year, month, day) * 86_400_000 + (seconds - offset) * 1000, offset };
}
