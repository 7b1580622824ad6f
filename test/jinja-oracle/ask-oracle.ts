import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { JinjaSettings } from '../../src/core/jinja/environment.ts';
import { askDebian } from '../support/debian-package.ts';

export interface RecordedCase {
  readonly name: string;
  readonly template: string;
  readonly templates?: Record<string, string>;
  readonly context?: unknown;
  readonly settings?: JinjaSettings;
  readonly output?: string;
  readonly error?: string;
}

export interface OracleAnswers {
  readonly recorded: { readonly jinja2: string; readonly cases: readonly RecordedCase[] };
  readonly extensions: { readonly slug: readonly [string, Record<string, unknown>, string][]; readonly time: readonly [string, string][] };
}

const PROGRAM = fileURLToPath(new URL('../../tools/record-jinja-oracle.py', import.meta.url));

/** What Jinja2 gave when it was recorded. */
export function readRecorded(): OracleAnswers {
  const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
  return { recorded: read('recorded.json'), extensions: read('extensions.json') } as OracleAnswers;
}

/** What Debian's Jinja2 gives now, where it is installed or can be; `undefined` elsewhere. */
export function askJinja(): OracleAnswers | undefined {
  const printed = askDebian(['python3-jinja2', 'python3-slugify'], ['/usr/bin/python3', PROGRAM, '--print']);
  return printed === undefined ? undefined : (JSON.parse(printed) as OracleAnswers);
}
