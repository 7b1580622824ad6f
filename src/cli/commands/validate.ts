import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { validatePack } from '../../ops/validate-pack.ts';
import type { RunCommand } from '../command.ts';
import type { validateSpec } from '../specs/author.ts';
import { viewValidation } from '../views/validation.ts';

export const runValidate: RunCommand<typeof validateSpec> = async ({ flags, positionals }, context) => {
  const ports = await context.openPorts();
  const reference = positionals[0] ?? '.';
  const report = await validatePack({ reference }, ports);
  const failing = report.diagnostics.filter(({ severity }) => severity === 'error' || (flags.strict && severity === 'warning'));
  const failure = new PacksmithError(
    'CHECK_FAILED',
    `${report.id ?? reference} does not pass: ${failing.length} of its findings must be mended`,
  );
  return {
    data: report,
    view: (terminal) => viewValidation(reference, report, terminal),
    next: [`packs generate ${reference} DIR --dry-run`],
    ...(failing.length > 0 ? { failure } : {}),
  };
};
