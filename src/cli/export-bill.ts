import { basename, resolve } from 'node:path';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import type { Bill } from '../core/sbom/bill.ts';
import { formatCycloneDx } from '../core/sbom/format-cyclonedx.ts';
import { formatSpdx } from '../core/sbom/format-spdx.ts';
import { writeJson } from '../core/sbom/write-json.ts';
import { stripControl, stripControlLine } from '../core/text/strip-control.ts';
import { encodeUtf8 } from '../core/text/utf8.ts';
import { billOfPack, billOfProject } from '../ops/author/export-bill.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { loadOptionsOf } from './load-options.ts';
import { formatCount } from './views/format-value.ts';

export const BILL_FORMATS = ['cyclonedx', 'spdx', 'ansible'] as const;

export type BillFormat = (typeof BILL_FORMATS)[number];

export interface BillExport {
  readonly format: BillFormat;
  /** Absent: of the project that the working directory is in. */
  readonly reference: string | undefined;
  readonly output: string | undefined;
  readonly replace: boolean;
}

/** Writes or prints what a pack or project is made of. */
export async function runBillExport({ format, reference, output, replace }: BillExport, context: CommandContext): Promise<CommandResult> {
  const bill = await makeBill(reference, context);
  const text = await formatBill(bill, format);
  const file = output === undefined ? undefined : resolve(context.workingDirectory, output);
  if (file !== undefined) {
    const { packFiles } = await (await context.openPorts()).openAuthoring();
    packFiles.writeFile(file, encodeUtf8(text), { replace });
  }
  const data = {
    format,
    file: file ?? null,
    packs: bill.packs.length,
    packages: bill.packages.length,
    ...(file === undefined && { text }),
  };
  return {
    data,
    view: ({ columns, style }) => {
      if (file === undefined) return columns === undefined ? text : stripControl(text);
      return `${style.green('exported')}: ${formatCount(bill.packs.length, 'pack')} and ${formatCount(bill.packages.length, 'package')} in ${stripControlLine(file)}\n`;
    },
  };
}

async function makeBill(reference: string | undefined, context: CommandContext): Promise<Bill> {
  const { environment } = context;
  const shared = loadOptionsOf(context);
  if (reference === undefined) {
    const { ports, project } = await context.openProject();
    return billOfProject({ ...shared, toolVersion: ports.toolVersion ?? '0.0.0', name: basename(project.root) }, { ...ports, project });
  }
  const opened = await context.openPorts();
  const created = instantOf(environment['SOURCE_DATE_EPOCH']);
  const request = { ...shared, reference, created, toolVersion: opened.toolVersion ?? '0.0.0' };
  return billOfPack(request, { ...opened, ...(await opened.openTrials()) });
}

/** A pack has no instant of its own, and the clock would make each bill another one: the instant is what reproducible builds agree on. */
function instantOf(epoch: string | undefined): string {
  if (epoch === undefined || epoch === '') return '1970-01-01T00:00:00Z';
  const seconds = Number(epoch);
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > 253_402_300_799)
    throw new PacksmithError('INVALID_ARGUMENTS', `SOURCE_DATE_EPOCH is ${JSON.stringify(epoch)}, which is no number of seconds`);
  return new Date(seconds * 1000).toISOString();
}

async function formatBill(bill: Bill, format: BillFormat): Promise<string> {
  if (format === 'ansible') return (await import('../core/sbom/format-ansible.ts')).formatAnsible(bill);
  return writeJson(format === 'spdx' ? formatSpdx(bill) : formatCycloneDx(bill));
}
