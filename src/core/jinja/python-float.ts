/** Python's `repr` of a float: the shortest digits that read back the same, with an exponent below 1e-4 and from 1e16 on. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e16) {
    const text = String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  return pythonExponent(value.toExponential());
}

/** Writes a JavaScript exponent as C does: at least two digits. */
export function pythonExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** Formats with a fixed number of decimals, ties to even as Python does. `digits` is 0 to 100. */
export function toFixedHalfEven(value: number, digits: number): string {
  const size = Math.abs(value);
  if (size >= 1e21) return value < 0 ? `-${largeFixed(size, digits)}` : largeFixed(size, digits);
  const text = value.toFixed(digits);
  const exact = size.toFixed(Math.min(100, digits + 40));
  const point = exact.indexOf('.');
  const rest = point === -1 ? '' : exact.slice(point + 1 + digits);
  if (!/^50*$/.test(rest)) return text;
  const floor = digits === 0 ? exact.slice(0, point) : exact.slice(0, point + 1 + digits);
  const isEven = Number(floor.at(-1)) % 2 === 0;
  if (isEven) return value < 0 ? `-${floor}` : floor;
  const away = size.toFixed(digits) === floor ? roundUp(floor) : size.toFixed(digits);
  return value < 0 ? `-${away}` : away;
}

function largeFixed(size: number, digits: number): string {
  return digits === 0 ? BigInt(size).toString() : `${BigInt(size)}.${'0'.repeat(digits)}`;
}

/** Adds one to the last digit of a decimal number. */
function roundUp(text: string): string {
  const digits = text.replace('.', '');
  const sum = (BigInt(digits) + 1n).toString().padStart(digits.length, '0');
  const point = text.indexOf('.');
  if (point === -1) return sum;
  const decimals = text.length - point - 1;
  return `${sum.slice(0, sum.length - decimals)}.${sum.slice(sum.length - decimals)}`;
}
