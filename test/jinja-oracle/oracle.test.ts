import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../../src/core/diagnostics/packsmith-error.ts';
import { createEnvironment } from '../../src/core/jinja/environment.ts';
import { renderTemplate } from '../../src/core/jinja/render-template.ts';
import type { Value, ValueMap } from '../../src/core/pack/values.ts';
import { askJinja, type RecordedCase, readRecorded } from './ask-oracle.ts';

/** Deliberate differences: `ours` instead of what Jinja2 does (null: it fails here), with the reason. */
interface Difference {
  readonly template: string;
  readonly ours: string | null;
  /** Whether Python's behaviour, which templates of other tools get, has the difference too. */
  readonly python?: boolean;
  readonly reason: string;
}

const live = askJinja();
const { recorded } = live ?? readRecorded();
const differences = new Map(read<Difference[]>('differences.json').map((difference) => [difference.template, difference]));
const shared = toValue(read('context.json')) as ValueMap;

process.stderr.write(
  `\n${recorded.cases.length} templates compared with Jinja2 ${recorded.jinja2}, ${live === undefined ? 'as it was recorded' : 'which is installed'}\n\n`,
);

describe('the engine prints what Jinja2 prints', () => {
  it('which is what is recorded of the same version', () => {
    const before = readRecorded().recorded;
    if (before.jinja2 === recorded.jinja2) expect(recorded.cases.map(withoutAddresses)).toEqual(before.cases.map(withoutAddresses));
    else
      expect(recorded.cases.map(({ name, template }) => [name, template])).toEqual(
        before.cases.map(({ name, template }) => [name, template]),
      );
  });

  it('on enough cases', () => expect(recorded.cases.length).toBeGreaterThanOrEqual(300));

  it.each(recorded.cases.map((entry) => [`${entry.name} ${entry.template.slice(0, 80)}`, entry] as const))('%s', (_name, entry) => {
    const difference = differences.get(entry.template);
    expect(run(entry)).toBe(difference === undefined ? (entry.output ?? null) : difference.ours);
  });

  it.each(recorded.cases.filter(({ settings }) => settings?.python !== true).map((entry) => [entry.name, entry] as const))(
    "in Python's behaviour: %s",
    (_name, entry) => {
      const difference = differences.get(entry.template);
      const found = run({ ...entry, settings: { ...entry.settings, python: true } });
      expect(found).toBe(difference?.python === true ? difference.ours : (entry.output ?? null));
    },
  );

  it('lists no difference that is none', () => {
    for (const { template, ours } of differences.values()) {
      const entry = recorded.cases.find((candidate) => candidate.template === template);
      expect(entry, template).toBeDefined();
      expect(entry?.output ?? null, template).not.toBe(ours);
    }
  });
});

/** Where something lies in memory is never the same. */
function withoutAddresses(entry: RecordedCase): RecordedCase {
  return entry.output === undefined ? entry : { ...entry, output: entry.output.replace(/ at 0x[\da-f]+/g, '') };
}

/** The output, or null when it fails; anything but a PacksmithError fails the test. */
function run(entry: RecordedCase): string | null {
  const { templates = {} } = entry;
  const environment = createEnvironment({
    settings: entry.settings ?? {},
    loadTemplate: (name) => (Object.hasOwn(templates, name) ? templates[name] : undefined),
  });
  const context = new Map([...shared, ...(entry.context === undefined ? [] : (toValue(entry.context) as ValueMap))]);
  try {
    return renderTemplate(entry.template, { name: 'main', context, environment });
  } catch (error) {
    expect(error).toBeInstanceOf(PacksmithError);
    expect((error as PacksmithError).where?.line).toBeGreaterThan(0);
    if (entry.error === undefined && !differences.has(entry.template)) throw error;
    return null;
  }
}

function toValue(data: unknown): Value {
  if (Array.isArray(data)) return data.map(toValue);
  if (typeof data === 'object' && data !== null) return new Map(Object.entries(data).map(([key, value]) => [key, toValue(value)]));
  return data as Value;
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as T;
}
