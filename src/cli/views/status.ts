import { stripControlLine } from '../../core/text/strip-control.ts';
import type { ProjectStatus, WaitingChange } from '../../ops/project/check-project.ts';
import type { MarkedPack } from '../../ops/project/find-marked-packs.ts';
import type { NewerPack, PackBeyondRange, PackUpdates } from '../../ops/project/find-newer-packs.ts';
import type { Style } from '../style.ts';
import type { Terminal } from '../terminal.ts';
import { formatCount } from './format-value.ts';

type StatusFile = ProjectStatus['files'][number];

/** Whether a file is no longer as generated; its form does not count. */
function isDrift({ state }: StatusFile): boolean {
  return state !== 'as-generated' && state !== 'reformatted';
}

/** How many files are no longer as generated. */
export function countDrift({ files }: ProjectStatus): number {
  return files.filter(isDrift).length;
}

/** The packs of a project, the files that differ (or all of them), and the totals by state. */
export function viewStatus(
  { packs, files, pending, waiting, data }: ProjectStatus,
  { terminal, showsAll }: { terminal: Terminal; showsAll: boolean },
): string {
  const { style } = terminal;
  const shown = files.filter((file) => showsAll || isDrift(file));
  const width = Math.max(0, ...shown.map((file) => file.state.length));
  const packLines = packs.map(
    ({ id, version, source }) => `${style.bold(stripControlLine(id))} ${stripControlLine(version)} (${stripControlLine(source)})\n`,
  );
  const fileLines = shown.map((file) => `${STATE_STYLE[file.state](style)(file.state.padEnd(width))}  ${stripControlLine(file.path)}\n`);
  const change = waiting === undefined ? '' : viewWaiting({ waiting, pending }, style);
  return [packLines.join(''), change, viewData(data, style), fileLines.join(''), `${describeStates(files)}\n`]
    .filter((part) => part !== '')
    .join('\n');
}

/** The change that waits, and what is left to settle of it. */
function viewWaiting({ waiting, pending }: { waiting: WaitingChange; pending: ProjectStatus['pending'] }, style: Style): string {
  const { operation, packs, since } = waiting;
  const open = pending.filter(({ isSettled }) => !isSettled).length;
  const what = `packs ${operation} of ${formatList(packs)}${since === undefined ? '' : `, made ${since},`} waits to be recorded: `;
  const left = open === 0 ? 'everything is settled' : `${open} of ${formatCount(pending.length, 'file')} to settle`;
  const lines = pending.map(({ path, isSettled, open: how = '' }) => {
    const line = stripControlLine(`${path}  ${how}`).trimEnd();
    return `${isSettled ? style.green('settled  ') : style.red('to settle')}  ${line}\n`;
  });
  return `${stripControlLine(what)}${left}\n${lines.join('')}`;
}

const NAMED_PACKS = 3;

function formatList(packs: readonly string[]): string {
  const more = packs.length - NAMED_PACKS;
  return `${packs.slice(0, NAMED_PACKS).join(', ')}${more > 0 ? ` and ${formatCount(more, 'pack')} more` : ''}`;
}

/** Data that is no longer what the project was made from. */
function viewData(data: ProjectStatus['data'], style: Style): string {
  return data
    .filter(({ state }) => state !== 'as-read')
    .map(({ pack, name, path, state }) => `${style.yellow(DATA_STATES[state])}  ${stripControlLine(`${path}  data.${name} of ${pack}`)}\n`)
    .join('');
}

const DATA_STATES = { 'as-read': 'as read', changed: 'changed data', missing: 'missing data', unknown: 'unknown data' } as const;

/** What is newer, within the ranges of packsmith.toml and beyond them, and what its publisher advises against. */
export interface NewerVersions extends PackUpdates {
  readonly beyond: readonly PackBeyondRange[];
  readonly marked: readonly MarkedPack[];
}

/** Packs with newer versions or other content, and packs whose version is deprecated or yanked, one a line. */
export function viewNewerPacks({ newer, changed, beyond, marked }: NewerVersions, { style }: Terminal): string {
  const name = ({ id, version }: NewerPack) => `${style.bold(stripControlLine(id))} ${stripControlLine(version)}`;
  const within = newer.map((pack) => `${name(pack)} → ${style.green(stripControlLine(pack.newer))}\n`);
  const other = changed.map(({ id, version, source }) => {
    const place = source.startsWith('.') ? source : 'the place it is from';
    return `${style.yellow('changed')}  ${stripControlLine(`${id} ${version}: ${place} has other content than the project, under no newer version`)}\n`;
  });
  const without = beyond.map(
    ({ id, latest, range }) => `${stripControlLine(`${id} ${latest} is there, but packsmith.toml asks for ${range}`)}\n`,
  );
  const against = marked.map(({ id, version, status, notice }) => {
    const reason = notice === null ? '' : `: ${notice}`;
    return `${style.red(status)}  ${stripControlLine(`${id} ${version}${reason}`)}\n`;
  });
  const [first = 'every pack is as new as its range allows\n', ...rest] = [...within, ...other];
  return [first, ...rest, ...without, ...against].join('');
}

const STATE_STYLE: Readonly<Record<StatusFile['state'], (style: Style) => (text: string) => string>> = {
  'as-generated': (style) => style.green,
  reformatted: (style) => style.green,
  edited: (style) => style.yellow,
  missing: (style) => style.red,
  replaced: (style) => style.yellow,
  conflicted: (style) => style.red,
};

function describeStates(files: readonly StatusFile[]): string {
  const total = formatCount(files.length, 'generated file');
  const drift = (['reformatted', 'edited', 'missing', 'replaced', 'conflicted'] as const)
    .map((state) => ({ state, count: files.filter((file) => file.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${state}`);
  return drift.length === 0 ? `${total}, all as generated` : `${total}: ${drift.join(', ')}`;
}
