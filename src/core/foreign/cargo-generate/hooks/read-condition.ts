import { PacksmithError } from '../../../diagnostics/packsmith-error.ts';
import { unlessItFails } from '../../../diagnostics/unless-it-fails.ts';
import { walkNodes } from '../../../rhai/nodes.ts';
import { parseRhaiExpression } from '../../../rhai/parse-rhai.ts';
import type { RhaiHost } from '../../../rhai/rhai-run.ts';
import { runRhai } from '../../../rhai/run-rhai.ts';
import type { ForeignRun } from '../../foreign-template.ts';
import type { ReadCondition } from '../program-condition.ts';
import { CONFIG_FILE } from '../read-config.ts';
import { toRhaiValue } from './convert-value.ts';

/** Reads a condition that is more than comparisons; what is no expression, or fails, does not hold, as in cargo-generate. */
export const readCondition: ReadCondition = (source) => {
  try {
    const script = parseRhaiExpression(source, CONFIG_FILE);
    const names = [...walkNodes(script.body)].flatMap((node) => {
      if (node.kind === 'name') return [node.name];
      return node.kind === 'literal' && typeof node.value === 'string' ? [node.value] : [];
    });
    return {
      names: [...new Set(names)],
      holds: (run) =>
        unlessItFails(
          () => runRhai(script, hostOf(run), run.budget) === true,
          () => false,
        ),
    };
  } catch (error) {
    if (error instanceof PacksmithError) return undefined;
    throw error;
  }
};

function hostOf({ context, budget }: ForeignRun): RhaiHost {
  return {
    functions: new Map(),
    print: () => undefined,
    member: () => undefined,
    variable: (name) => {
      const value = context.get(name);
      return value === undefined ? undefined : toRhaiValue(value, budget);
    },
    call: (module, name, [asked]) => {
      if (module !== 'variable' || typeof asked !== 'string') return undefined;
      if (name === 'is_set') return context.has(asked);
      return name === 'get' ? toRhaiValue(context.get(asked) ?? '', budget) : undefined;
    },
  };
}
