import { relative, resolve, sep } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { formatSarif } from '../../core/quality/format-sarif.ts';
import { ALL_RULES } from '../../core/quality/rules/all-rules.ts';
import { UNUSED_SUPPRESSION } from '../../core/quality/suppressions.ts';
import { fixPack, type LintReport, lintReference } from '../../ops/author/lint-pack.ts';
import type { CommandResult, RunCommand } from '../command.ts';
import { loadOptionsOf } from '../load-options.ts';
import { openAuthorPorts } from '../open-author-ports.ts';
import type { lintSpec } from '../specs/quality.ts';
import { describeFinding, viewFixed, viewLint, viewRules, viewVariableMap } from '../views/lint.ts';

const RULES = [...ALL_RULES, UNUSED_SUPPRESSION];

export const runLint: RunCommand<typeof lintSpec> = async ({ flags, positionals }, context) => {
  if (flags['list-rules']) {
    const rules = RULES.map(({ id, severity, summary, reason, cure, isFixable = false }) => ({
      id,
      severity,
      summary,
      reason,
      cure,
      isFixable,
    }));
    return { data: { rules }, view: (terminal) => viewRules(rules, terminal) };
  }
  const reference = positionals[0] ?? '.';
  const { workingDirectory } = context;
  const request = { reference, ...loadOptionsOf(context) };
  if (!flags.fix) {
    const ports = await context.openPorts();
    const report = await lintReference(request, ports);
    return toResult(report, describe(report), { flags, reference, workingDirectory, version: ports.toolVersion ?? '0.0.0' });
  }
  const ports = await openAuthorPorts(context);
  const fixed = await fixPack(request, ports);
  const result = toResult(
    fixed.report,
    { ...describe(fixed.report), fixed: fixed.fixed.map(describeFinding), changed: fixed.changed, backup: fixed.backup ?? null },
    { flags, reference, workingDirectory, version: ports.toolVersion ?? '0.0.0' },
  );
  const isForPeople = flags.format === undefined || flags.format === 'human';
  return isForPeople ? { ...result, view: (terminal) => viewFixed(fixed, terminal) + result.view(terminal) } : result;
};

function describe({ id, version, findings, suppressed, counts, variables }: LintReport) {
  return { id, version, findings: findings.map(describeFinding), suppressed: suppressed.map(describeFinding), counts, variables };
}

interface Shown {
  readonly flags: { readonly strict: boolean; readonly map: boolean; readonly format: 'human' | 'json' | 'sarif' | undefined };
  readonly reference: string;
  readonly workingDirectory: string;
  readonly version: string;
}

function toResult(report: LintReport, data: object, { flags, reference, workingDirectory, version }: Shown): CommandResult {
  const failing = report.findings.filter(({ severity }) => severity === 'error' || (flags.strict && severity === 'warning'));
  const sarif = () => formatSarif({ ...report, toolVersion: version, rules: RULES, prefix: findPrefix(workingDirectory, reference) });
  const format = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`;
  const failure = new PacksmithError('CHECK_FAILED', `${report.id} does not pass: ${failing.length} of its findings must be mended`);
  return {
    data,
    view: (terminal) => {
      if (flags.format === 'sarif') return format(sarif());
      if (flags.format === 'json') return format(data);
      return flags.map ? viewVariableMap(report, terminal) : viewLint(report, terminal);
    },
    next: report.counts.fixable > 0 ? [`packs lint ${reference} --fix`] : [`packs score ${reference}`],
    ...(failing.length > 0 ? { failure } : {}),
  };
}

/** Where the pack is below the working directory; code-scanning services want paths from there. */
function findPrefix(workingDirectory: string, reference: string): string {
  const below = relative(workingDirectory, resolve(workingDirectory, reference)).split(sep).join('/');
  return below === '' || below.startsWith('..') ? '' : `${below}/`;
}
