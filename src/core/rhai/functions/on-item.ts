import type { Place } from '../place.ts';
import type { RhaiCall } from '../rhai-run.ts';
import { copyValue, RhaiArray, type RhaiFunction, type RhaiValue } from '../values.ts';

/** Calls a function for an item: that is `this` of one without a parameter for it; its position is given to one that has one more. */
export function onItem(call: RhaiCall, callee: RhaiFunction, at: number, before: readonly RhaiValue[] = []): RhaiValue {
  const { run } = call;
  const place = itemPlace(call, at);
  const missing = run.missing(callee, before.length);
  if (missing === 0) return run.invoke(callee, before, place);
  const given = [...before, copyValue(place.value, run.budget)];
  return run.invoke(callee, missing === 2 ? [...given, BigInt(at)] : given);
}

/** Where an item of the list stands that a function is called on. */
export function itemPlace({ self }: RhaiCall, at: number): Place {
  const items = self instanceof RhaiArray ? self.items : [];
  return {
    value: items[at] ?? null,
    // The function itself may have taken the item out.
    set: (value) => {
      if (at < items.length) items[at] = value;
    },
  };
}
