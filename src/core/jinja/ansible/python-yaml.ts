import type { Budget } from '../budget.ts';
import { fail } from '../fault.ts';
import { itemsOf } from '../iterate.ts';
import { floatOf, integerOf, integerText } from '../numbers.ts';
import { floatText } from '../python-float.ts';
import { compareByCodePoint } from '../text.ts';
import { isDict, JinjaUndefined, type JinjaValue, textOf, typeName } from '../values.ts';
import { analyseScalar, resolvesToText } from './scalar-analysis.ts';
import { writeDoubleQuoted, writePlain, writeSingleQuoted, type YamlOutput } from './write-scalar.ts';

export interface PythonYamlStyle {
  /** Spaces of each level, 2 to 9. */
  readonly indent: number;
  /** `mixed`: what holds only plain values stands on one line. */
  readonly flow: 'never' | 'mixed';
  readonly width: number;
  readonly sortKeys: boolean;
}

/** Writes data as PyYAML's `dump` does, with its choice of quotes and its line breaks. */
export function formatPythonYaml(value: JinjaValue, style: PythonYamlStyle, budget: Budget): string {
  const emitter = new Emitter(style, budget);
  emitter.write(value, { indent: -1, isRoot: true });
  const isOpen = !isComposite(value) && emitter.endsPlain;
  return `${emitter.text}\n${isOpen ? '...\n' : ''}`;
}

function isNumeric(key: JinjaValue): boolean {
  return typeof key === 'number' || typeof key === 'bigint' || typeof key === 'boolean';
}

function isComposite(value: JinjaValue): boolean {
  return isDict(value) || (typeof value === 'object' && value !== null && textOf(value) === undefined && floatOf(value) === undefined);
}

interface Place {
  /** Of the collection around it; -1 where there is none. */
  readonly indent: number;
  readonly isRoot?: boolean;
  /** Directly behind a key. */
  readonly isValue?: boolean;
  readonly isKey?: boolean;
  readonly inFlow?: boolean;
}

class Emitter implements YamlOutput {
  text = '';
  column = 0;
  endsPlain = false;
  readonly width: number;
  readonly #style: PythonYamlStyle;
  readonly #budget: Budget;

  constructor(style: PythonYamlStyle, budget: Budget) {
    this.#style = style;
    this.#budget = budget;
    this.width = style.width;
  }

  put(text: string): void {
    this.#budget.step();
    this.#budget.allocate(text.length);
    this.text += text;
    this.column += text.length;
  }

  newLine(indent: number): void {
    this.#budget.step();
    this.#budget.allocate(Math.max(0, indent) + 1);
    this.text += `\n${' '.repeat(Math.max(0, indent))}`;
    this.column = Math.max(0, indent);
  }

  breakLine(): void {
    this.text += '\n';
    this.column = 0;
  }

  write(value: JinjaValue, place: Place): void {
    this.#budget.step();
    if (value instanceof JinjaUndefined) value.fail();
    if (isComposite(value)) this.#collection(value, place);
    else this.#scalar(value, place);
  }

  #collection(value: JinjaValue, place: Place): void {
    this.#budget.enter();
    const isFlow = place.inFlow === true || this.#isFlow(value);
    if (isDict(value)) {
      const entries = this.#entries(value);
      if (isFlow) this.#flow(entries, ['{', '}'], place);
      else this.#mapping(entries, place);
    } else {
      const items = itemsOf(value, this.#budget) ?? fail(`a ${typeName(value)} cannot be written as YAML`);
      if (isFlow)
        this.#flow(
          items.map((item) => [undefined, item] as const),
          ['[', ']'],
          place,
        );
      else this.#sequence(items, place);
    }
    this.#budget.leave();
  }

  /** Whether it stands on one line: it is empty, or holds only plain values where that is wanted. */
  #isFlow(value: JinjaValue): boolean {
    const items = isDict(value) ? [...value.values()] : (itemsOf(value, this.#budget) ?? []);
    return items.length === 0 || (this.#style.flow === 'mixed' && items.every((item) => !isComposite(item)));
  }

  #entries(value: ReadonlyMap<JinjaValue, JinjaValue>): (readonly [JinjaValue, JinjaValue])[] {
    const entries = [...value];
    if (!this.#style.sortKeys) return entries;
    if (entries.every(([key]) => typeof key === 'string')) return entries.sort(([a], [b]) => compareByCodePoint(String(a), String(b)));
    // Keys that Python cannot compare stay in their order.
    return entries.every(([key]) => isNumeric(key)) ? entries.sort(([a], [b]) => Number(a) - Number(b)) : entries;
  }

  #mapping(entries: readonly (readonly [JinjaValue, JinjaValue])[], place: Place): void {
    const indent = place.indent < 0 ? 0 : place.indent + this.#style.indent;
    entries.forEach(([key, value], index) => {
      if (index > 0 || place.isValue === true) this.newLine(indent);
      this.write(key, { indent, isKey: true });
      this.put(':');
      this.write(value, { indent, isValue: true });
    });
  }

  /** Below a key a list stands no deeper than the key. */
  #sequence(items: readonly JinjaValue[], place: Place): void {
    const isFlat = place.isValue === true;
    const indent = isFlat ? place.indent : place.indent < 0 ? 0 : place.indent + this.#style.indent;
    items.forEach((item, index) => {
      if (index > 0 || isFlat) this.newLine(indent);
      this.put('-');
      const isBlock = isComposite(item) && !this.#isFlow(item);
      if (isBlock) this.put(' '.repeat(Math.max(1, this.#style.indent - 1)));
      this.write(item, { indent });
    });
  }

  #flow(entries: readonly (readonly [JinjaValue | undefined, JinjaValue])[], [open, close]: readonly [string, string], place: Place): void {
    if (place.isRoot !== true && place.inFlow !== true) this.put(' ');
    const indent = Math.max(0, place.indent) + this.#style.indent;
    this.put(open);
    entries.forEach(([key, value], index) => {
      if (index > 0) this.put(',');
      if (this.column > this.width) this.newLine(indent);
      else if (index > 0) this.put(' ');
      if (key !== undefined) {
        this.write(key, { indent, isKey: true, inFlow: true });
        this.put(': ');
      }
      this.write(value, { indent, inFlow: true });
    });
    this.put(close);
  }

  #scalar(value: JinjaValue, { indent, isRoot, isKey, inFlow }: Place): void {
    if (isRoot !== true && isKey !== true && inFlow !== true) this.put(' ');
    const text = textOf(value);
    const plain = text === undefined ? plainText(value) : undefined;
    this.endsPlain = plain !== undefined;
    if (plain !== undefined) this.put(plain);
    else this.#text(text ?? '', { indent, ...(isKey && { isKey }), ...(inFlow && { inFlow }) });
  }

  #text(content: string, { indent, isKey, inFlow }: Place): void {
    const { allowsPlain, allowsFlowPlain, allowsSingle, isMultiline } = analyseScalar(content);
    const mayBePlain = inFlow === true ? allowsFlowPlain : allowsPlain;
    const within = { indent: Math.max(0, indent) + this.#style.indent, mayBreak: isKey !== true };
    this.endsPlain = mayBePlain && resolvesToText(content) && !(isKey === true && (content === '' || isMultiline));
    if (this.endsPlain) writePlain(content, within, this);
    else if (allowsSingle && !(isKey === true && isMultiline)) writeSingleQuoted(content, within, this);
    else writeDoubleQuoted(content, within, this);
  }
}

function plainText(value: JinjaValue): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  const integer = integerOf(value);
  if (integer !== undefined) return integerText(integer);
  const number = floatOf(value) ?? fail(`a ${typeName(value)} cannot be written as YAML`);
  if (Number.isNaN(number)) return '.nan';
  if (!Number.isFinite(number)) return number > 0 ? '.inf' : '-.inf';
  const text = floatText(number);
  return text.includes('.') ? text : text.replace('e', '.0e');
}
