import { fail } from './fault.ts';
import { pythonExponent, toFixedHalfEven } from './python-float.ts';

/** More decimals than this are refused. */
const MAX_PRECISION = 100;

/**
 * Formats a number that is not negative as C does for `e`, `f`, `g` and their capitals. `alternate` keeps the trailing zeros of `g`, and the point of all.
 * @throws TemplateFault for a precision above 100
 */
export function formatNumber(value: number, conversion: string, precision: number, alternate = false): string {
  if (precision > MAX_PRECISION) fail(`a number is formatted with at most ${MAX_PRECISION} decimals`);
  const lower = conversion.toLowerCase();
  const text = formatLower(value, lower, precision, alternate);
  return lower === conversion ? text : text.toUpperCase();
}

function formatLower(value: number, conversion: string, precision: number, alternate: boolean): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return 'inf';
  const pointed = (text: string): string => (alternate && !text.includes('.') ? text.replace(/^\d+/, '$&.') : text);
  if (conversion === 'f') return pointed(toFixedHalfEven(value, precision));
  if (conversion === 'e') return pointed(exponential(value, precision));
  const digits = precision === 0 ? 1 : precision;
  const exponent = value === 0 ? 0 : Number(exponential(value, digits - 1).split('e')[1]);
  const isShort = exponent >= -4 && exponent < digits;
  const text = isShort ? toFixedHalfEven(value, Math.min(MAX_PRECISION, digits - 1 - exponent)) : exponential(value, digits - 1);
  return alternate ? pointed(text) : stripZeros(text);
}

/** `toExponential` rounds half up on exact ties; Python rounds half to even. */
function exponential(value: number, digits: number): string {
  const text = value.toExponential(digits);
  const longer = value.toExponential(Math.min(100, digits + 30));
  const [mantissa = '', exponent = ''] = longer.split('e');
  const cut = digits === 0 ? 1 : digits + 2;
  const rest = mantissa.slice(cut).replace('.', '');
  const kept = mantissa.slice(0, cut);
  const isTie = digits + 30 <= 100 && /^50*$/.test(rest) && Number(kept.at(-1)) % 2 === 0;
  return pythonExponent(isTie ? `${kept}e${exponent}` : text);
}

function stripZeros(text: string): string {
  const [mantissa = '', exponent] = text.split('e');
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return exponent === undefined ? short : `${short}e${exponent}`;
}

/** Writes commas or underscores between groups of digits of a whole part. */
export function groupDigits(text: string, separator: string, size = 3): string {
  let result = '';
  for (let end = text.length; end > 0; end -= size) {
    const group = text.slice(Math.max(0, end - size), end);
    result = result === '' ? group : `${group}${separator}${result}`;
  }
  return result;
}
