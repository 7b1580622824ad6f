import { type CallArguments, JinjaObject, type JinjaValue } from '../jinja/values.ts';

/** A function of a module. */
export function callable(call: (args: CallArguments) => JinjaValue): JinjaObject {
  return new JinjaObject('function', { call });
}
