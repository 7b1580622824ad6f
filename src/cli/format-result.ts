import { stripControlLine } from '../core/text/strip-control.ts';
import type { CommandResult } from './command.ts';
import { type Envelope, formatJson, toEnvelopeError } from './envelope.ts';
import type { Terminal } from './terminal.ts';
import { foldText } from './text-width.ts';

export interface FinishedCommand {
  readonly command: string | null;
  readonly result: CommandResult;
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
}

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** The text of a result: the data on stdout; warnings and the next useful commands on stderr. */
export function formatResult({ command, result, isJson, isQuiet, stdout, stderr }: FinishedCommand): Printed {
  const warnings = result.warnings ?? [];
  if (isJson) {
    const error = result.failure === undefined ? null : toEnvelopeError(result.failure);
    const envelope: Envelope = { ok: error === null, command, data: result.data ?? null, warnings, error };
    return { stdout: formatJson(envelope), stderr: '' };
  }
  const notes = isQuiet ? '' : formatWarnings(warnings, stderr) + formatNext(result, stderr);
  return { stdout: result.view(stdout), stderr: notes };
}

function formatWarnings(warnings: readonly string[], { style, columns }: Terminal): string {
  return foldText(warnings.map((warning) => `${style.yellow('warning')}: ${stripControlLine(warning)}\n`).join(''), columns);
}

function formatNext({ next = [], failure }: CommandResult, { style }: Terminal): string {
  if (next.length === 0 || failure !== undefined) return '';
  return `\n${style.cyan('next')}: ${next.map(stripControlLine).join('\n      ')}\n`;
}
