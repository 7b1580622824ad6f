// The register of threats and the register of failure modes: data in `docs/registers`, each entry with the tests that prove its control.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RegisterFact, TestFact } from './evidence.ts';

/** `name` is a part of the test's full name; `%s` stands for anything, as in the tables of the tests. */
export interface TestReference {
  readonly file: string;
  readonly name: string;
}

export interface Threat {
  readonly id: string;
  /** Who attacks, and by what. */
  readonly attacker: string;
  readonly attempt: string;
  readonly answer: string;
  readonly tests: readonly TestReference[];
}

export interface FailureMode {
  readonly id: string;
  readonly mode: string;
  readonly effect: string;
  readonly cause: string;
  readonly control: string;
  readonly tests: readonly TestReference[];
}

export interface Registers {
  readonly threats: readonly Threat[];
  readonly failureModes: readonly FailureMode[];
}

export function loadRegisters(repository: string): Registers {
  const load = (name: string) => JSON.parse(readFileSync(join(repository, 'docs', 'registers', name), 'utf8')) as unknown;
  return { threats: load('threats.json') as Threat[], failureModes: load('failure-modes.json') as FailureMode[] };
}

/** Each entry with what became of its tests in this run. */
export function proveRegisters({ threats, failureModes }: Registers, tests: readonly TestFact[]): RegisterFact[] {
  const prove = (register: RegisterFact['register']) => (entry: Threat | FailureMode) => ({
    id: entry.id,
    register,
    tests: entry.tests.map((reference) => ({ ...reference, found: findTests(reference, tests) })),
  });
  return [...threats.map(prove('threats')), ...failureModes.map(prove('failure modes'))];
}

/** The tests that a reference means: all of its file whose full name has the named part. */
export function findTests({ file, name }: TestReference, tests: readonly TestFact[]): TestFact[] {
  const pattern = new RegExp(
    name
      .split(/%[sdijoO]|\$\w+/)
      .map(literal)
      .join('.*'),
    's',
  );
  return tests.filter((test) => test.file === file && pattern.test(test.name));
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
