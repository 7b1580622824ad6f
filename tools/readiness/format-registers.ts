// The parts of docs/security-audit.md and docs/failure-modes.md that are made from the registers.
import { formatTable } from '../../src/cli/reference.ts';
import type { Registers, TestReference } from './registers.ts';

export function formatThreats({ threats }: Registers): string {
  return formatTable(
    ['threat', 'from', 'what it tries', 'what it gets', 'tests'],
    threats.map(({ id, attacker, attempt, answer, tests }) => [id, attacker, attempt, answer, formatTests(tests)]),
  );
}

export function formatFailureModes({ failureModes }: Registers): string {
  return formatTable(
    ['mode', 'what happens', 'effect without the control', 'cause', 'control', 'tests'],
    failureModes.map(({ id, mode, effect, cause, control, tests }) => [id, mode, effect, cause, control, formatTests(tests)]),
  );
}

function formatTests(tests: readonly TestReference[]): string {
  return tests.map(({ file, name }) => (name === '' ? `\`${file}\`` : `\`${file}\`: ${name}`)).join('; ');
}
