import type { InstallPlan, PlannedInstall } from '../../core/install/install-plan.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';
import type { InstallResult } from '../../ops/packs/install-packs.ts';
import type { SweepReport } from '../../ports/pack-store.ts';
import type { CommandResult } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import { formatBytes } from './format-bytes.ts';
import { viewSweep } from './sweep.ts';
import { viewTable } from './table.ts';

export interface PlanWording {
  /** The command that does it. */
  readonly next?: string;
  /** The packs were unpacked as folders. */
  readonly unpackedInto?: string;
}

/** A plan that was not applied to the store. */
export function toInstallPlanResult(plan: InstallPlan, { next, unpackedInto }: PlanWording): CommandResult {
  const outcome = unpackedInto === undefined ? '' : `unpacked ${count(plan.packs.length, 'pack')} into ${stripControlLine(unpackedInto)}\n`;
  return {
    data: { plan, transaction: null, ...(unpackedInto === undefined ? {} : { target: unpackedInto }) },
    view: (terminal) => viewInstallPlan(plan, terminal) + outcome,
    warnings: plan.warnings,
    ...(next === undefined ? {} : { next: [next] }),
  };
}

/** A plan that was applied. */
export function toInstallResult({ plan, transaction, bytes }: InstallResult, freed?: SweepReport): CommandResult {
  const first = plan.packs.find(({ requested }) => requested !== undefined);
  return {
    data: { plan, transaction: transaction ?? null, bytes, freed: freed ?? null },
    view: (terminal) =>
      viewInstallPlan(plan, terminal) + describeOutcome(plan, bytes) + (freed === undefined ? '' : viewSweep(freed, false)),
    warnings: plan.warnings,
    next: first === undefined ? ['packs list --installed'] : [`packs show ${first.id}`, `packs generate ${first.id} DIR`],
  };
}

/** What is fetched, replaced, kept and removed, one pack a line, dependencies first. */
export function viewInstallPlan({ packs, removes }: InstallPlan, terminal: Terminal): string {
  const { style } = terminal;
  const rows = [
    ...packs.map((pack) => ({
      ...pack,
      what: WORDS[pack.action],
      from: describePlace(pack),
      size: sizeOf(pack),
      note: describeNote(pack),
    })),
    ...removes.map(({ id, version, because }) => ({ id, version, what: 'remove', from: '', size: '', note: because })),
  ];
  if (rows.length === 0) return '';
  return viewTable(
    [
      { title: 'DOES', cells: rows.map(({ what }) => what), style: style.cyan },
      { title: 'PACK', cells: rows.map(({ id }) => id), style: style.bold },
      { title: 'VERSION', cells: rows.map(({ version }) => version) },
      { title: 'SIZE', cells: rows.map(({ size }) => size) },
      { title: 'WHY', cells: rows.map(({ note }) => note) },
      { title: 'FROM', cells: rows.map(({ from }) => from), isFlexible: true },
    ],
    terminal,
  );
}

const WORDS: Readonly<Record<PlannedInstall['action'], string>> = {
  add: 'install',
  replace: 'replace',
  reinstall: 'reinstall',
  keep: 'keep',
};

function describePlace({ source, registry }: PlannedInstall): string {
  if (source === 'builtin') return 'shipped with packsmith';
  return registry === undefined ? source : `registry ${registry}`;
}

function describeNote({ because, replaces }: PlannedInstall): string {
  return replaces === undefined ? because : `${because}; instead of ${replaces}`;
}

function sizeOf({ bytes }: PlannedInstall): string {
  return bytes === undefined ? '' : formatBytes(bytes);
}

function describeOutcome({ operation, packs, removes }: InstallPlan, bytes: number): string {
  const changed = packs.filter(({ action }) => action !== 'keep').length;
  const parts = [
    changed === 0 ? '' : `${operation === 'upgrade' ? 'upgraded' : 'installed'} ${count(changed, 'pack')} (${formatBytes(bytes)})`,
    removes.length === 0 ? '' : `removed ${count(removes.length, 'pack')}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'everything is as it was asked for already\n' : `\n${parts.join(', ')}\n`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
