import { isLess } from '../jinja/compare.ts';
import { type JinjaValue, truth } from '../jinja/values.ts';

import type { Machine } from './machine.ts';
import { callMember, PythonInstance } from './values.ts';

type Sign = '==' | '!=' | '<' | '<=' | '>' | '>=';

const METHODS: Readonly<Record<Sign, string>> = {
  '==': '__eq__',
  '!=': '__ne__',
  '<': '__lt__',
  '<=': '__le__',
  '>': '__gt__',
  '>=': '__ge__',
};

/** What classes say of how their instances compare; `undefined` where they say nothing. An order is made from less than it would be in Python. */
export function compareOwn(sign: Sign, left: JinjaValue, right: JinjaValue): boolean | undefined {
  if (!(left instanceof PythonInstance) && !(right instanceof PythonInstance)) return undefined;
  const found = called(left, METHODS[sign], right);
  if (found !== undefined) return found;
  const isEqual = (): boolean => called(left, '__eq__', right) ?? called(right, '__eq__', left) ?? left === right;
  switch (sign) {
    case '==':
    case '!=':
      return isEqual() === (sign === '==');
    case '<':
      return called(right, '__gt__', left);
    case '>':
      return called(right, '__lt__', left);
    default: {
      const isStrict = compareOwn(sign === '<=' ? '<' : '>', left, right);
      return isStrict === undefined ? undefined : isStrict || isEqual();
    }
  }
}

function called(left: JinjaValue, method: string, right: JinjaValue): boolean | undefined {
  const found = left instanceof PythonInstance ? callMember(left, method, [right]) : undefined;
  return found === undefined ? undefined : truth(found);
}

/** Whether a value comes before another one in an order. */
export function isBefore(left: JinjaValue, right: JinjaValue, { runtime }: Machine): boolean {
  return compareOwn('<', left, right) ?? isLess(left, right, runtime.budget);
}
