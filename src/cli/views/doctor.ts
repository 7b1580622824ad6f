import { stripControlLine } from '../../core/text/strip-control.ts';
import type { HealthCheck } from '../../ops/doctor/health-check.ts';
import type { DoctorReport } from '../../ops/doctor/run-doctor.ts';
import { presentDiagnostic } from '../present-error.ts';
import type { Style } from '../style.ts';
import type { Terminal } from '../terminal.ts';
import { foldText } from '../text-width.ts';
import { formatCount } from './format-value.ts';

/** Every check with its verdict, and what to do where something is wrong. */
export function viewDoctor({ checks, errors, warnings }: DoctorReport, { style, columns }: Terminal): string {
  const verdict =
    errors + warnings === 0 ? style.green('all is well') : `${formatCount(errors, 'error')}, ${formatCount(warnings, 'warning')}`;
  return foldText(`${[...checks.flatMap((check) => viewCheck(check, style)), verdict].join('\n')}\n`, columns);
}

function viewCheck({ status, message, cure, fixed, diagnostics = [] }: HealthCheck, style: Style): string[] {
  const mark = fixed === undefined ? MARKS[status](style) : style.green('fixed  ');
  const below = fixed ?? cure;
  return [
    `${mark} ${stripControlLine(message)}`,
    ...(below === undefined || (status === 'ok' && fixed === undefined) ? [] : [`        ${stripControlLine(below)}`]),
    ...diagnostics.flatMap((diagnostic) => presentDiagnostic(diagnostic, style).map((line) => `      ${line}`)),
  ];
}

const MARKS: Readonly<Record<HealthCheck['status'], (style: Style) => string>> = {
  ok: ({ green }) => green('ok     '),
  warning: ({ yellow }) => yellow('warning'),
  error: ({ red }) => red('error  '),
};
