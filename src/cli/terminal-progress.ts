import { stripControlLine } from '../core/text/strip-control.ts';
import type { ProgressEvent, Reporter } from '../ports/reporter.ts';
import type { Output } from './host.ts';
import { fitText } from './text-width.ts';
import { formatCount } from './views/format-value.ts';

export interface Progress extends Reporter {
  /** What happened that the user must hear of even without progress, such as the recovery of an interrupted change. */
  readonly notices: readonly string[];
  /** Removes the progress line, if there is one; called before anything else is written, and at the end. */
  clear(): void;
}

export interface ProgressSettings {
  readonly output: Output;
  /** `line` redraws one line of a terminal; `lines` writes one for each step; `none` is silent. */
  readonly kind: 'line' | 'lines' | 'none';
}

const MILLISECONDS_BEFORE_SHOWN = 300;
const MILLISECONDS_BETWEEN_FRAMES = 80;

/** Progress on stderr. A line of a terminal is drawn only for work that takes longer than 300 ms. */
export function createProgress({ output, kind }: ProgressSettings): Progress {
  const notices: string[] = [];
  const startedAt = performance.now();
  let drawnAt = startedAt;
  let isDrawn = false;
  let text = '';
  let later: NodeJS.Timeout | undefined;
  const forget = () => {
    clearTimeout(later);
    later = undefined;
  };
  const clear = () => {
    forget();
    if (isDrawn) output.write('\r\u001b[2K');
    isDrawn = false;
  };
  const draw = () => {
    forget();
    output.write(`\r\u001b[2K${fitText(text, (output.columns ?? 80) - 1)}`);
    drawnAt = performance.now();
    isDrawn = true;
  };
  // What comes too early is drawn when its time has come, unless something else has happened by then: it may take long.
  const show = (latest: string) => {
    text = latest;
    const wait = Math.max(startedAt + MILLISECONDS_BEFORE_SHOWN, drawnAt + MILLISECONDS_BETWEEN_FRAMES) - performance.now();
    if (wait <= 0) draw();
    else later ??= setTimeout(draw, wait).unref();
  };
  const report = (event: ProgressEvent) => {
    // Phases are measured, not shown: they are over before they could be read.
    if (event.kind === 'phase') return;
    if (event.kind === 'recovered' || event.kind === 'signature-doubtful') notices.push(describeEvent(event));
    else if (kind === 'line') show(describeEvent(event));
    else if (kind === 'lines' && isStep(event)) output.write(`${describeEvent(event)}\n`);
  };
  return { notices, clear, report };
}

type ShownEvent = Exclude<ProgressEvent, { kind: 'phase' }>;

/** A step of its own, unlike one of many reports about the same step. */
function isStep(event: ShownEvent): boolean {
  if (event.kind === 'resolving' || event.kind === 'pack-fetching' || event.kind === 'case-command') return false;
  return event.kind !== 'applying' || event.done === event.total;
}

function describeEvent(event: ShownEvent): string {
  switch (event.kind) {
    case 'pack-loaded':
      return stripControlLine(`read ${event.pack} ${event.version}`);
    case 'pack-rendered':
      return stripControlLine(`rendered ${event.pack}: ${formatCount(event.files, 'file')}`);
    case 'applying':
      return `${event.deletes ? 'changed' : 'wrote'} ${event.done} of ${event.total} files`;
    case 'resolving':
      return stripControlLine(`looking for ${event.pack}`);
    case 'pack-fetching':
      return stripControlLine(`fetching ${event.pack} ${event.version}: ${describeAmount(event.bytes, event.total)}`);
    case 'pack-stored':
      return stripControlLine(`fetched ${event.pack} ${event.version} (${event.done} of ${event.total})`);
    case 'case-command':
      return stripControlLine(`running ${event.command} for the case ${event.name}`);
    case 'case-ended':
      return stripControlLine(`ran case ${event.done} of ${event.total}: ${event.name}`);
    case 'hook-started':
      return stripControlLine(`running the hook "${event.name}" of ${event.pack}`);
    case 'signature-doubtful':
      return stripControlLine(event.warning);
    case 'recovered':
      return describeRecovery(event);
    default:
      return event satisfies never;
  }
}

function describeAmount(bytes: number, total: number | undefined): string {
  const kilobytes = (amount: number): string => `${Math.ceil(amount / 1024)} kB`;
  return total === undefined ? kilobytes(bytes) : `${kilobytes(bytes)} of ${kilobytes(total)}`;
}

function describeRecovery(event: Extract<ProgressEvent, { kind: 'recovered' }>): string {
  const outcome = event.outcome === 'finished' ? 'finished' : 'taken back';
  const kept = event.kept.length === 0 ? '' : `; files that changed meanwhile were kept, see ${event.kept.join(', ')}`;
  return stripControlLine(`an interrupted ${event.operation} was ${outcome}${kept}`);
}
