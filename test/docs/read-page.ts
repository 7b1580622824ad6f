/** A file that a page shows, and that its readers are asked to write. */
export interface ShownFile {
  readonly kind: 'file';
  /** Below the directory in which the page's commands begin. */
  readonly path: string;
  readonly text: string;
}

/** A command and what the page says it prints. */
export interface ShownCommand {
  readonly kind: 'command';
  readonly command: string;
  readonly output: readonly string[];
  /** The line of the page, from 0, after the command. */
  readonly outputAt: number;
}

export type Step = ShownFile | ShownCommand;

const FENCE = /^( *)(`{3,})(\S*) *(?:title=(?:"([^"]+)"|(\S+)))?$/;

/** The steps of a page in order: files from blocks with a `title="PATH"`, commands from the lines behind `$` in `console` blocks. */
export function readSteps(page: string): Step[] {
  const lines = page.split('\n');
  const steps: Step[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [, , fence, language, quoted, plain] = FENCE.exec(lines[at] ?? '') ?? [];
    if (fence === undefined) continue;
    const end = lines.indexOf(fence, at + 1);
    if (end < 0) throw new Error(`the block of line ${at + 1} has no end`);
    const path = quoted ?? plain;
    if (path !== undefined) steps.push({ kind: 'file', path, text: `${lines.slice(at + 1, end).join('\n')}\n` });
    else if (language === 'console') steps.push(...readCommands(lines, at + 1, end));
    at = end;
  }
  return steps;
}

function readCommands(lines: readonly string[], start: number, end: number): ShownCommand[] {
  const commands: ShownCommand[] = [];
  for (let at = start; at < end; ) {
    let command = (lines[at++] ?? '').replace(/^\$ /, '');
    while (command.endsWith('\\') && at < end) command += `\n${lines[at++]}`;
    const outputAt = at;
    while (at < end && !lines[at]?.startsWith('$ ')) at++;
    commands.push({ kind: 'command', command, output: lines.slice(outputAt, at), outputAt });
  }
  return commands;
}

/** Whether lines are what a page shows, where a line `…` stands for any lines and `…` within a line for any text. */
export function isAsShown(actual: readonly string[], shown: readonly string[]): boolean {
  const pattern = shown.map((line) => (line.trim() === '…' ? '(?:.*\n)*?' : `${line.split('…').map(escapePattern).join('.*')}\n`));
  return new RegExp(`^${pattern.join('')}$`).test(actual.map((line) => `${line}\n`).join(''));
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** The page with what was really printed, wherever that is not as shown. */
export function withOutputs(page: string, outputs: ReadonlyMap<ShownCommand, readonly string[]>): string {
  const lines = page.split('\n');
  for (const [{ output, outputAt }, actual] of [...outputs].reverse()) {
    if (!isAsShown(actual, output)) lines.splice(outputAt, output.length, ...actual);
  }
  return lines.join('\n');
}
