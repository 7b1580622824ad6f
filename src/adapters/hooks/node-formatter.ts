import { spawn } from 'node:child_process';
import { stripControlLine } from '../../core/text/strip-control.ts';
import { decodeText } from '../../core/text/utf8.ts';
import type { FormatOutcome, FormatRequest, Formatter } from '../../ports/formatter.ts';
import { scrubEnvironment, waitForEnd } from './child-end.ts';

const TIME_LIMIT_MILLISECONDS = 60_000;
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;
const SHOWN_CHARACTERS = 200;

/** Runs the project's formatter as a child process that reads the text from its input and writes the other to its output. */
export class NodeFormatter implements Formatter {
  readonly #env: Readonly<Record<string, string | undefined>>;

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#env = env;
  }

  async format({ formatter, path, text, directory, signal }: FormatRequest): Promise<FormatOutcome> {
    // A path that a pack chose must not be read as an option.
    const shown = path.startsWith('-') ? `./${path}` : path;
    const [program = '', ...args] = formatter.run.map((word) => word.replaceAll('{path}', shown));
    const child = spawn(program, args, {
      cwd: directory,
      env: scrubEnvironment(this.#env),
      shell: false,
      detached: process.platform !== 'win32',
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const printed: Buffer[] = [];
    let size = 0;
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_OUTPUT_BYTES) printed.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString('utf8')).slice(0, SHOWN_CHARACTERS);
    });
    // A program that ends without reading its input has said so by its exit code.
    child.stdin.on('error', () => {});
    child.stdin.end(text);
    const end = await waitForEnd(child, { milliseconds: TIME_LIMIT_MILLISECONDS, signal });
    if (end.isTimedOut) return { kind: 'failed', reason: `it was ended after ${TIME_LIMIT_MILLISECONDS / 1000} s` };
    if (end.exitCode !== 0) return { kind: 'failed', reason: describeEnd(end, complaint) };
    const result = size > MAX_OUTPUT_BYTES ? undefined : decodeText(Buffer.concat(printed));
    return result === undefined ? { kind: 'failed', reason: 'it printed no text' } : { kind: 'formatted', text: result };
  }
}

function describeEnd({ exitCode, failure }: { exitCode: number | undefined; failure: string }, complaint: string): string {
  if (exitCode === undefined) return failure === '' ? 'it was ended' : failure;
  const [first = ''] = complaint.trim().split('\n');
  return `it failed with exit code ${exitCode}${first === '' ? '' : `: ${stripControlLine(first)}`}`;
}
