import { readYamlValue } from '../jinja/python-data/read-yaml.ts';
import type { Value, ValueMap } from '../pack/values.ts';
import { parseJsonValue } from '../template/answers/json-value.ts';

/** What the record of another tool says of the template that a project was made from. */
export interface ForeignRecord {
  readonly tool: 'copier' | 'cookiecutter';
  /** A reference to the template, without a revision. */
  readonly reference: string;
  /** The tag or commit that the project is at. */
  readonly revision: string | undefined;
  readonly answers: ValueMap;
}

/** The names of such records, at the top of a project or in the folder that templates give the files of Copier. */
export function isRecordName(path: string): boolean {
  return path === '.cruft.json' || /^(?:\.copier\/)?\.copier-answers(?:\.[\w.-]+)?\.ya?ml$/.test(path);
}

/** Reads the record that Copier or cruft left in a project; `undefined` for a file that is none. */
export function readForeignRecord(path: string, text: string): ForeignRecord | undefined {
  return path === '.cruft.json' ? readCruft(text) : readCopierAnswers(text);
}

function readCopierAnswers(text: string): ForeignRecord | undefined {
  const record = asMap(readYamlValue(text));
  const source = record?.get('_src_path');
  if (record === undefined || typeof source !== 'string' || source === '') return undefined;
  const answers = new Map([...record].filter(([key]) => typeof key === 'string' && !key.startsWith('_')));
  return { tool: 'copier', reference: toReference(source), revision: revisionOf(record.get('_commit')), answers };
}

function readCruft(text: string): ForeignRecord | undefined {
  const outcome = parseJsonValue(text);
  const record = outcome.kind === 'value' ? asMap(outcome.value) : undefined;
  const template = record?.get('template');
  if (record === undefined || typeof template !== 'string' || template === '') return undefined;
  const directory = record.get('directory');
  const context = asMap(asMap(record.get('context'))?.get('cookiecutter'));
  const answers = new Map([...(context ?? [])].filter(([key]) => !key.startsWith('_')));
  const reference = toReference(template) + (typeof directory === 'string' && directory !== '' ? `/${directory}` : '');
  return { tool: 'cookiecutter', reference, revision: revisionOf(record.get('commit')), answers };
}

/** A description of git such as `v1.2.0-3-gabc1234` stands for its commit. */
function revisionOf(value: Value | undefined): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  return /-\d+-g([0-9a-f]{7,40})$/.exec(value)?.[1] ?? value;
}

/** The address of a template in the grammar of references: what both tools take for git is git here. */
export function toReference(source: string): string {
  const short: Readonly<Record<string, string>> = { gl: 'https://gitlab.com', bb: 'https://bitbucket.org' };
  const [, host = '', path = ''] = /^(gl|bb):\/?\/?(.+)$/.exec(source) ?? [];
  if (short[host] !== undefined) return `git+${short[host]}/${path.replace(/\.git$/, '')}.git`;
  if (/^gh:/.test(source)) return source.replace(/^gh:\/*/, 'gh:').replace(/\.git$/, '');
  if (/^(?:git\+|git@|git:|ssh:)/.test(source)) return source;
  const [, repository] = /^https?:\/\/github\.com\/([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(source) ?? [];
  if (repository !== undefined) return `gh:${repository}`;
  if (/^https?:/.test(source)) return `git+${source.replace(/(?:\.git)?\/?$/, '')}.git`;
  return /^file:\/\//.test(source) ? `git+${source}` : source;
}

function asMap(value: Value | undefined): ValueMap | undefined {
  return value instanceof Map ? (value as ValueMap) : undefined;
}
