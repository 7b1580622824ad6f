import { bindArguments } from '../arguments.ts';
import { lengthOf } from '../iterate.ts';
import { isContained } from '../operators.ts';
import { toRepr, toText } from '../python-repr.ts';
import { type CallArguments, type JinjaValue, orElse, type Runtime } from '../values.ts';

type Method = (args: CallArguments) => JinjaValue;

/** The methods behind `repr`, `str`, `len` and `in`, in Python's behaviour; those that lead to classes and modules are not there. */
export function dunderMethod(value: JinjaValue, name: string, { budget, isPython }: Runtime): Method | undefined {
  if (!isPython) return undefined;
  const bound = (parameters: readonly string[], run: (given: JinjaValue) => JinjaValue): Method => {
    return (args) => {
      const [given] = bindArguments(`the method "${name}"`, args, parameters, parameters.length);
      return run(orElse(given, () => null));
    };
  };
  switch (name) {
    case '__repr__':
      return bound([], () => toRepr(value, budget));
    case '__str__':
      return bound([], () => toText(value, budget));
    case '__len__':
      return bound([], () => lengthOf(value, budget));
    case '__contains__':
      return bound(['key'], (key) => isContained(key, value, budget));
    default:
      return undefined;
  }
}
