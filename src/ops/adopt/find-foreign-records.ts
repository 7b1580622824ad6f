import { isAbsolute, resolve } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { foreignId } from '../../core/foreign/foreign-identity.ts';
import { type ForeignRecord, type RecordProblem, readForeignRecord } from '../../core/foreign/read-record.ts';
import { CRUFT_RECORD, isRecordName } from '../../core/foreign/record-names.ts';
import { parsePackReference } from '../../core/pack/pack-reference.ts';
import type { GivenAnswers, GivenValue } from '../../core/template/answers/answer-types.ts';
import { decodeText } from '../../core/text/utf8.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';
import type { PackDemand } from '../project/load-packs.ts';

/** A template as the tool that left the record reads it. */
export interface RecordedDemand extends PackDemand {
  readonly tool: ForeignRecord['tool'];
  /** The record that has a path which is not whole. */
  readonly relativeIn?: string;
}

/** What the records of other tools ask for: their templates at the commits that the project is at, and the answers. */
export interface FoundRecords {
  readonly demands: readonly RecordedDemand[];
  readonly given: readonly GivenAnswers[];
  /** What is to be known of the records themselves. */
  readonly notes: readonly string[];
}

/**
 * Reads the records that Copier and cruft left in a project. @throws PacksmithError `ADOPT_RECORD_INVALID` where one cannot be read or names no
 * template, `REFERENCE_INVALID` where it names one in a form that is not known.
 */
export async function findForeignRecords(files: readonly ProjectPath[], project: Ports['project']): Promise<FoundRecords> {
  const found: { readonly path: string; readonly record: ForeignRecord }[] = [];
  for (const path of files.filter(isRecordName)) {
    const text = decodeText((await project.readFile(path)) ?? new Uint8Array());
    const outcome = text === undefined ? { problem: 'it is not valid UTF-8' } : readForeignRecord(path, text);
    if ('problem' in outcome) throw invalidRecord(path, outcome);
    found.push({ path, record: outcome.record });
  }
  const demands = found.map(({ path, record }) => demandOf(record, path, project));
  return {
    demands,
    given: found.map(({ path, record }, index) => givenBy(path, record, found.length > 1 ? demands[index] : undefined)),
    notes: found.flatMap(({ path, record }) => (path === CRUFT_RECORD ? [describeCruft(record)] : [])),
  };
}

function invalidRecord(file: string, { problem, line, column }: RecordProblem): PacksmithError {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return new PacksmithError('ADOPT_RECORD_INVALID', `${place} does not say what the project was made from: ${problem}`, {
    where: { file, ...(line !== undefined && { line }), ...(column !== undefined && { column }) },
    hint: 'mend it, or name the packs: packs adopt REF… [DIR]',
  });
}

/** No template writes it, so that no update does either. */
function describeCruft({ revision }: ForeignRecord): string {
  const at = revision === undefined ? 'as it is' : `at ${revision}`;
  return `${CRUFT_RECORD} stays ${at}: from now on packsmith.lock has the version; delete ${CRUFT_RECORD} unless you go on with cruft`;
}

/** A local directory that has a revision is a repository; where its path is not whole, it is relative to the project, from which updates are made. */
function demandOf(
  { tool, reference, revision, branch }: ForeignRecord,
  path: string,
  { root }: Pick<Ports['project'], 'root'>,
): RecordedDemand {
  const isRelative = /^\.{1,2}(?:[\\/]|$)/.test(reference);
  const whole = isRelative ? resolve(root, reference) : reference;
  const place = revision !== undefined && isAbsolute(whole) ? `git+file://${whole}` : whole;
  return {
    ...{ tool, reference: revision === undefined ? place : `${place}#${revision}`, namesPlace: true, sourceOf: () => undefined },
    ...(revision !== undefined && { requested: branch === undefined ? place : `${place}#${branch}` }),
    ...(isRelative && { relativeIn: path }),
  };
}

/** Where there are several templates, each has its own answers. */
function givenBy(path: string, { answers }: ForeignRecord, demand: PackDemand | undefined): GivenAnswers {
  const prefix = demand === undefined ? '' : `${foreignId(parsePackReference(demand.requested ?? demand.reference))}.`;
  const values = new Map([...answers].map(([name, value]): [string, GivenValue] => [prefix + name, { kind: 'value', value }]));
  return { source: 'inferred', detail: path, values };
}
