import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatPythonYaml } from '../../../src/core/jinja/ansible/python-yaml.ts';
import { createBudget, DEFAULT_LIMITS } from '../../../src/core/jinja/budget.ts';
import { makeFloat } from '../../../src/core/jinja/numbers.ts';
import type { JinjaValue } from '../../../src/core/jinja/values.ts';

/** What PyYAML's `dump` gave with `indent=4, default_flow_style=False`, and with `default_flow_style=None`. */
const { cases }: { cases: readonly Case[] } = JSON.parse(readFileSync(new URL('pyyaml.json', import.meta.url), 'utf8'));

interface Case {
  readonly value: unknown;
  readonly nice: string;
  readonly plain: string;
}

function toValue(value: unknown): JinjaValue {
  if (Array.isArray(value)) return value.map(toValue);
  if (typeof value === 'object' && value !== null) return new Map(Object.entries(value).map(([key, item]) => [key, toValue(item)]));
  return typeof value === 'number' && Math.abs(value) >= 1e16 ? makeFloat(value) : (value as JinjaValue);
}

describe('YAML is written as PyYAML writes it', () => {
  it.each(cases.map((entry: Case, index: number): [number, Case] => [index, entry]))(
    'case %i',
    (_index: number, { value, nice, plain }: Case) => {
      const style = { width: 80, sortKeys: true } as const;
      expect(formatPythonYaml(toValue(value), { ...style, indent: 4, flow: 'never' }, createBudget(DEFAULT_LIMITS))).toBe(nice);
      expect(formatPythonYaml(toValue(value), { ...style, indent: 2, flow: 'mixed' }, createBudget(DEFAULT_LIMITS))).toBe(plain);
    },
  );
});
