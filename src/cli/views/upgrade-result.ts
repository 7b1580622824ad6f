import type { InstallResult } from '../../ops/packs/install-packs.ts';
import type { OutdatedPack, PlannedUpgrade, UpgradeStep } from '../../ops/packs/upgrade-packs.ts';
import type { CommandResult } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import { viewInstallPlan } from './install-result.ts';
import { viewChangelog, viewChanges } from './pack-changes.ts';
import { viewTable } from './table.ts';

/** What is newer, for `upgrade --check` and `list --outdated`. */
export function toOutdatedResult(outdated: readonly OutdatedPack[]): CommandResult {
  const isBeyond = outdated.some(({ wanted, latest }) => wanted === undefined && latest !== undefined);
  return {
    data: { outdated: outdated.map(describeOutdated) },
    view: (terminal) => viewOutdated(outdated, terminal),
    next: outdated.length === 0 ? [] : [isBeyond ? 'packs upgrade --latest --dry-run' : 'packs upgrade --dry-run'],
  };
}

/** @param result absent when it was only planned. */
export function toUpgradeResult({ outdated, steps, plan }: PlannedUpgrade, result: InstallResult | undefined): CommandResult {
  return {
    data: { outdated: outdated.map(describeOutdated), steps, plan, transaction: result?.transaction ?? null },
    view: (terminal) => viewUpgrade(steps, { plan, isDone: result?.transaction !== undefined }, terminal),
    warnings: plan.warnings,
    next: steps.length === 0 ? [] : [result === undefined ? 'packs upgrade' : 'packs list --installed'],
  };
}

function describeOutdated({ id, installed, wanted, latest }: OutdatedPack): object {
  return { id, installed, wanted: wanted ?? null, latest: latest ?? null };
}

function viewOutdated(outdated: readonly OutdatedPack[], terminal: Terminal): string {
  if (outdated.length === 0) return 'nothing newer is there\n';
  return viewTable(
    [
      { title: 'PACK', cells: outdated.map(({ id }) => id), style: terminal.style.bold },
      { title: 'INSTALLED', cells: outdated.map(({ installed }) => installed) },
      { title: 'WANTED', cells: outdated.map(({ wanted }) => wanted ?? '-') },
      { title: 'LATEST', cells: outdated.map(({ latest }) => latest ?? '-') },
    ],
    terminal,
  );
}

interface UpgradeOutcome {
  readonly plan: PlannedUpgrade['plan'];
  readonly isDone: boolean;
}

function viewUpgrade(steps: readonly UpgradeStep[], { plan, isDone }: UpgradeOutcome, terminal: Terminal): string {
  if (plan.packs.every(({ action }) => action === 'keep') && plan.removes.length === 0) return 'nothing newer is allowed\n';
  const details = steps.flatMap(({ id, from, to, changelog, changes }) => {
    const lines = [...viewChanges(changes, terminal), ...viewChangelog(changelog, terminal)];
    return lines.length === 0 ? [] : ['', `${terminal.style.bold(id)} ${from} → ${to}`, ...lines];
  });
  const end = isDone ? [`upgraded ${steps.length} pack${steps.length === 1 ? '' : 's'}`] : [];
  return `${viewInstallPlan(plan, terminal)}${[...details, ...end].map((line) => `${line}\n`).join('')}`;
}
