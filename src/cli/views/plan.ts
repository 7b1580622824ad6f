import type { PathConflict } from '../../core/compose/desired-tree.ts';
import type { GenerationPlan, PathAction, PlannedContent, PlannedHook, PlannedPath } from '../../core/plan/generation-plan.ts';
import { hookArguments } from '../../core/plan/hook-arguments.ts';
import { formatArguments } from '../../core/text/format-arguments.ts';
import { escapeControl, stripControlLine } from '../../core/text/strip-control.ts';
import type { Style } from '../style.ts';
import type { Terminal } from '../terminal.ts';
import { fitText, foldText, textWidth } from '../text-width.ts';
import { describeDecision } from './explanation.ts';
import { formatBytes } from './format-bytes.ts';
import { formatCount } from './format-value.ts';

const NARROWEST_REASON = 12;
const LONGEST_VALUE = 80;

/** A plan before it is applied: the packs, each path that changes or conflicts, the totals, and the hooks that would run. */
export function viewPlan(plan: GenerationPlan, terminal: Terminal): string {
  const { style } = terminal;
  const shown = plan.paths.filter((path) => path.action !== 'keep' || !isQuiet(path));
  const parts = [
    viewPacks(plan, style),
    shown.map((path) => viewPath(path, terminal)).join('') + viewDisagreements(plan, style),
    viewDecisions(plan, style),
    viewVariables(plan, style),
    viewPackages(plan, style),
    viewData(plan, style),
    `${describeTotals(plan, { create: 'to create', update: 'to update', delete: 'to delete' })}${describeSize(plan)}\n`,
    viewHooks(plan.hooks, style),
    viewNotes(plan, style),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

/** Whether there is nothing to say of a path that is kept. */
function isQuiet({ class: pathClass, situations = [] }: PlannedPath): boolean {
  return pathClass === 'unchanged' || pathClass === 'reformatted' || pathClass === 'record' || situations.includes('not-asked');
}

/** Whether packs fit together: the packs, how each shared path is settled, and what they disagree on. */
export function viewCompatibility(plan: GenerationPlan, { style }: Terminal): string {
  const count = countConflicts(plan);
  const verdict =
    count === 0 ? style.green('these packs fit together') : style.red(`these packs disagree on ${formatCount(count, 'path')}`);
  return [viewPacks(plan, style), viewDecisions(plan, style), viewDisagreements(plan, style), `${verdict}\n`]
    .filter((part) => part !== '')
    .join('\n');
}

function viewPacks(plan: GenerationPlan, style: Style): string {
  const lines = plan.packs.map(({ id, version, source, because }) => {
    const note = plan.packs.length > 1 ? `${source}; ${because}` : source;
    return `${style.bold(stripControlLine(id))} ${stripControlLine(version)} (${stripControlLine(note)})\n`;
  });
  return lines.join('');
}

/** Paths that several packs write, and how each was settled. */
function viewDecisions({ decisions }: GenerationPlan, style: Style): string {
  if (decisions.length === 0) return '';
  const lines = decisions.map(({ path, packs, how, driver, by }) => {
    const decision = describeDecision({ how, by, among: packs, ...(driver === undefined ? {} : { driver }) });
    return `  ${stripControlLine(path)}  ${style.dim(stripControlLine(decision))}\n`;
  });
  return `Paths that several packs write\n${lines.join('')}`;
}

/** What a composition is made from; of a single pack `show` and `explain` tell. */
function viewVariables({ packs, answers }: GenerationPlan, style: Style): string {
  if (packs.length < 2 || answers.length === 0) return '';
  const lines = answers.map(({ name, value, packs: from, from: source }) => {
    const shown = value === null ? 'not shown' : JSON.stringify(value);
    return `  ${stripControlLine(`${name} = ${shown}`)}  ${style.dim(stripControlLine(`${source}; ${from.join(', ')}`))}\n`;
  });
  return `Variables\n${lines.join('')}`;
}

/** The packages of a composition, and who asks for which versions. */
function viewPackages({ packs, packages = [] }: GenerationPlan, style: Style): string {
  if (packs.length < 2 || packages.length === 0) return '';
  const lines = packages.map(({ ecosystem, name, dev, ranges }) => {
    const asked = ranges.map(({ pack, range }) => `${range} (${pack})`).join(', ');
    return `  ${stripControlLine(`${ecosystem} ${name}`)}  ${style.dim(stripControlLine(`${asked}${dev ? ', for development' : ''}`))}\n`;
  });
  return `Packages\n${lines.join('')}`;
}

/** The files that queries and templates read. */
function viewData({ data = [] }: GenerationPlan, style: Style): string {
  if (data.length === 0) return '';
  const lines = data.map(({ pack, name, place, path, format, bytes }) => {
    const whose = place === 'pack' ? `of ${pack}` : place === 'project' ? 'of the project' : 'outside the project';
    return `  ${stripControlLine(`data.${name}  ${path}`)}  ${style.dim(stripControlLine(`${format}, ${formatBytes(bytes)}, ${whose}`))}\n`;
  });
  return `Data\n${lines.join('')}`;
}

/** How much a composition writes. */
function describeSize({ packs, paths, contents }: GenerationPlan): string {
  if (packs.length < 2) return '';
  const written = paths.filter(({ action }) => action === 'create' || action === 'update');
  const sizes = written.map(({ after }) => sizeOf(after && contents[after.digest]));
  return written.length === 0 ? '' : ` (${formatBytes(sizes.reduce((total, size) => total + size, 0))})`;
}

function sizeOf(content: PlannedContent | undefined): number {
  if (content === undefined) return 0;
  return 'text' in content ? Buffer.byteLength(content.text) : Buffer.byteLength(content.base64, 'base64');
}

/** Paths on which packs disagree, with each place in them. */
function viewDisagreements({ conflicts }: GenerationPlan, style: Style): string {
  const lines = conflicts.flatMap(({ path, ours, theirs, places }) => [
    `${style.red('conflict')}  ${stripControlLine(`${path}  ${ours} and ${theirs} disagree`)}`,
    ...places.map((place) => `          ${stripControlLine(describePlace(place))}`),
  ]);
  return lines.map((line) => `${line}\n`).join('');
}

function describePlace({ at, ours, theirs, reason }: PathConflict['places'][number]): string {
  const values = [ours, theirs].every((value) => value !== undefined && value.length <= LONGEST_VALUE) ? ` (${ours} and ${theirs})` : '';
  return `${at === '' ? '' : `${at}: `}${reason}${values}`;
}

/** How many paths cannot be written. */
export function countConflicts({ paths, conflicts }: GenerationPlan): number {
  const taken = new Set(conflicts.map(({ path }) => path));
  return taken.size + paths.filter(({ path, action }) => action === 'conflict' && !taken.has(path)).length;
}

/** A plan that was applied: the totals, and what was deleted or kept. What is taken back deletes what came with it, which needs no word; what waits for a person is told by the failure that the command ends with. */
export function viewAppliedPlan(plan: GenerationPlan, { directory, terminal }: { directory: string; terminal: Terminal }): string {
  const { style, columns } = terminal;
  const notable = plan.paths.filter(
    (path) =>
      path.unsettled !== true &&
      (path.action === 'conflict' ||
        (path.action === 'delete' && path.class !== 'record' && plan.operation !== 'undo') ||
        (path.action === 'keep' && !isQuiet(path) && path.class !== 'excluded')),
  );
  const changes = plan.paths.filter(({ action }) => action === 'create' || action === 'update' || action === 'delete');
  const total =
    changes.length === 0 ? 'nothing to change' : describeTotals(plan, { create: 'created', update: 'updated', delete: 'deleted' });
  const packs = describePacks(plan);
  const head = `${style.green('done')}: ${total} in ${style.bold(stripControlLine(directory))}${packs === '' ? '' : ` from ${packs}`}\n`;
  return foldText(head, columns) + notable.map((path) => viewPath(path, terminal)).join('') + viewNotes(plan, style);
}

/** What packs say to people, line by line. */
function viewNotes({ notes = [] }: GenerationPlan, style: Style): string {
  const lines = (text: string): string =>
    text
      .split('\n')
      .map((line) => `  ${stripControlLine(line)}\n`)
      .join('');
  return notes.map(({ pack, text }) => `${style.bold(stripControlLine(pack))} says:\n${lines(text)}`).join('');
}

/** The packs that were asked for, and how many others they brought. */
function describePacks({ packs }: GenerationPlan): string {
  const asked = packs.filter(({ because }) => because === 'asked for');
  const shown = asked.length === 0 ? packs : asked;
  const others = packs.length - shown.length;
  const names = shown.map(({ id, version }) => stripControlLine(`${id} ${version}`)).join(', ');
  return others === 0 ? names : `${names} and ${formatCount(others, 'pack')} ${shown.length === 1 ? 'it needs' : 'they need'}`;
}

/** Hooks in full: which pack, when, exactly which arguments, how long at most. */
export function viewHooks(hooks: readonly PlannedHook[], style: Style): string {
  if (hooks.length === 0) return '';
  const lines = hooks.map(({ pack, stage, name, run, script, timeout }) => {
    const about = `${stripControlLine(pack)} ${stage.replace('_', '-')}: ${stripControlLine(name)} (at most ${formatCount(timeout, 'second')})`;
    const shown = script === undefined ? '' : `${viewScript(script.text)}\n`;
    return `  ${about}\n      ${style.bold(formatArguments(hookArguments({ run, ...(script && { script }) })))}\n${shown}`;
  });
  return `Hooks, which run only with your consent\n${lines.join('')}`;
}

/** A script in full: consent is given to what is shown. */
function viewScript(text: string): string {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `      | ${line.replace(/\r$/, '').split('\t').map(escapeControl).join('\t')}`.trimEnd())
    .join('\n');
}

function viewPath({ path, action, reason, packs }: PlannedPath, { style, columns }: Terminal): string {
  const note = [stripControlLine(reason), ...(packs.length > 1 ? [stripControlLine(`from ${packs.join(' and ')}`)] : [])];
  const line = `${action.padEnd(8)}  ${stripControlLine(path)}`;
  const tail = `  ${note.join('; ')}`;
  const room = columns === undefined ? Number.POSITIVE_INFINITY : columns - textWidth(line);
  const isShown = textWidth(tail) <= room || room >= NARROWEST_REASON;
  return `${ACTION_STYLE[action](style)(action.padEnd(8))}${line.slice(8)}${isShown ? style.dim(fitText(tail, room)) : ''}\n`;
}

const ACTION_STYLE: Readonly<Record<PathAction, (style: Style) => (text: string) => string>> = {
  create: (style) => style.green,
  update: (style) => style.yellow,
  delete: (style) => style.red,
  keep: (style) => style.dim,
  conflict: (style) => style.red,
};

function describeTotals(plan: GenerationPlan, words: { create: string; update: string; delete: string }): string {
  const { paths } = plan;
  const conflicts = countConflicts(plan);
  const count = (action: PathAction) => paths.filter((path) => path.action === action).length;
  const unchanged = paths.filter((path) => path.action === 'keep' && isQuiet(path)).length;
  const excluded = paths.filter((path) => path.class === 'excluded' && !isQuiet(path)).length;
  const changes = (['create', 'update', 'delete'] as const)
    .map((action) => ({ action, files: count(action) }))
    .filter(({ files }) => files > 0)
    .map(({ action, files }) => `${formatCount(files, 'file')} ${words[action]}`);
  const kept = count('keep') - unchanged - excluded;
  const rest = [
    ...(unchanged > 0 ? [`${unchanged} unchanged`] : []),
    ...(kept > 0 ? [`${kept} kept as you have them`] : []),
    ...(excluded > 0 ? [`${excluded} left alone`] : []),
    ...(conflicts > 0 ? [formatCount(conflicts, 'conflict')] : []),
  ];
  return [...(changes.length === 0 ? ['nothing to change'] : changes), ...rest].join(', ');
}
