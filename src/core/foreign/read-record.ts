import { readYaml } from '../jinja/python-data/read-yaml.ts';
import type { Value, ValueMap } from '../pack/values.ts';
import { parseJsonValue } from '../template/answers/json-value.ts';
import { positionAt } from '../text/position-at.ts';
import { readDescription, versionOfTag } from './foreign-identity.ts';
import { CRUFT_RECORD } from './record-names.ts';

/** What the record of another tool says of the template that a project was made from. */
export interface ForeignRecord {
  readonly tool: 'copier' | 'cookiecutter';
  /** A reference to the template, without a revision. */
  readonly reference: string;
  /** The tag or commit that the project is at. */
  readonly revision: string | undefined;
  /** The branch that its tool updates from; absent where that takes releases. */
  readonly branch?: string;
  readonly answers: ValueMap;
}

/** What keeps a file from being such a record; with the place, where it cannot be read. */
export interface RecordProblem {
  readonly problem: string;
  readonly line?: number;
  readonly column?: number;
}

export type RecordOutcome = { readonly record: ForeignRecord } | RecordProblem;

/** Reads the record that Copier or cruft left in a project. */
export function readForeignRecord(path: string, text: string): RecordOutcome {
  return path === CRUFT_RECORD ? readCruft(text) : readCopierAnswers(text);
}

function readCopierAnswers(text: string): RecordOutcome {
  const outcome = readYaml(text);
  if (outcome.kind === 'problem') return unreadable(text, outcome);
  const record = outcome.values.length > 1 ? undefined : asMap(outcome.values[0]);
  const source = record?.get('_src_path');
  if (record === undefined || typeof source !== 'string' || source === '') return lacking('_src_path');
  const answers = new Map([...record].filter(([key]) => typeof key === 'string' && !key.startsWith('_')));
  return { record: { tool: 'copier', reference: toReference(source), revision: revisionOf(record.get('_commit')), answers } };
}

function readCruft(text: string): RecordOutcome {
  const outcome = parseJsonValue(text);
  if (outcome.kind === 'problem') return unreadable(text, outcome);
  const record = asMap(outcome.value);
  const template = record?.get('template');
  if (record === undefined || typeof template !== 'string' || template === '') return lacking('template');
  const directory = record.get('directory');
  const context = asMap(asMap(record.get('context'))?.get('cookiecutter'));
  const answers = new Map([...(context ?? [])].filter(([key]) => !key.startsWith('_')));
  const reference = toReference(template) + (typeof directory === 'string' && directory !== '' ? `/${directory}` : '');
  const branch = branchOf(record.get('checkout'));
  return {
    record: {
      tool: 'cookiecutter',
      reference,
      revision: revisionOf(record.get('commit')),
      ...(branch !== undefined && { branch }),
      answers,
    },
  };
}

/** cruft updates from the default branch, or from what it was told to check out; a project that was made from a release goes on with releases. */
function branchOf(checkout: Value | undefined): string | undefined {
  if (typeof checkout !== 'string' || checkout === '') return 'HEAD';
  return versionOfTag(checkout) === undefined && !/^[0-9a-f]{7,40}$/.test(checkout) ? checkout : undefined;
}

function unreadable(text: string, { problem, offset }: { readonly problem: string; readonly offset: number }): RecordProblem {
  return { problem, ...positionAt(text, offset) };
}

function lacking(key: string): RecordProblem {
  return { problem: `it has no ${key}, which names the template` };
}

/** A description of git such as `v1.2.0-3-gabc1234` stands for its commit. */
function revisionOf(value: Value | undefined): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  return readDescription(value)?.hash ?? value;
}

/** The address of a template in the grammar of references: what both tools take for git is git here, and a bare name is a path. */
export function toReference(source: string): string {
  const short: Readonly<Record<string, string>> = { gl: 'https://gitlab.com', bb: 'https://bitbucket.org' };
  const [, host = '', path = ''] = /^(gl|bb):\/?\/?(.+)$/.exec(source) ?? [];
  if (short[host] !== undefined) return `git+${short[host]}/${path.replace(/\.git$/, '')}.git`;
  if (/^gh:/.test(source)) return source.replace(/^gh:\/*/, 'gh:').replace(/\.git$/, '');
  if (/^(?:git\+|git@|git:|ssh:)/.test(source)) return source;
  const [, repository] = /^https?:\/\/github\.com\/([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(source) ?? [];
  if (repository !== undefined) return `gh:${repository}`;
  if (/^https?:/.test(source)) return `git+${source.replace(/(?:\.git)?\/?$/, '')}.git`;
  if (/^file:\/\//.test(source)) return `git+${source}`;
  return /^[^-:/\\~.][^:]*$/.test(source) ? `./${source}` : source;
}

function asMap(value: Value | undefined): ValueMap | undefined {
  return value instanceof Map ? (value as ValueMap) : undefined;
}
