import { isSameValue } from '../../core/foreign/copier/cast-answer.ts';
import { readForeignRecord } from '../../core/foreign/read-record.ts';
import { isRecordName } from '../../core/foreign/record-names.ts';
import type { LockedFile } from '../../core/lockfile/lockfile.ts';
import type { Value, ValueMap } from '../../core/pack/values.ts';
import type { GivenAnswers, GivenValue } from '../../core/template/answers/answer-types.ts';
import { decodeText } from '../../core/text/utf8.ts';
import type { Ports } from '../../ports/ports.ts';
import { loadProject } from './load-project.ts';

/** What the records of answers in a project say that templates of Copier write there: the answers, and whose they are, by path. */
export type RecordedAnswers = ReadonlyMap<string, { readonly pack: string; readonly answers: ValueMap }>;

/** Reads them as they are on the disk; one that cannot be read says nothing. */
export async function readRecordedAnswers(ports: Pick<Ports, 'project' | 'reporter'>): Promise<RecordedAnswers> {
  const { lockfile } = await loadProject(ports);
  const found = new Map<string, { readonly pack: string; readonly answers: ValueMap }>();
  for (const { path, packs } of (lockfile?.files ?? []).filter(isRecord)) {
    const text = decodeText((await ports.project.readFile(path)) ?? new Uint8Array());
    const outcome = text === undefined ? undefined : readForeignRecord('.copier-answers.yml', text);
    const [pack] = packs;
    if (outcome !== undefined && 'record' in outcome && pack !== undefined) found.set(path, { pack, answers: outcome.record.answers });
  }
  return found;
}

function isRecord({ path, template }: LockedFile): boolean {
  return isRecordName(path) || template.includes('_copier_conf.answers_file');
}

/** What migrations changed or added in these records: from then on it is what the project answers. */
export function changedAnswers(before: RecordedAnswers, after: RecordedAnswers): GivenAnswers[] {
  const hasSeveral = new Set([...after.values()].map(({ pack }) => pack)).size > 1;
  return [...after].flatMap(([path, { pack, answers }]): GivenAnswers[] => {
    const known = before.get(path)?.answers ?? new Map<string, Value>();
    const changed = [...answers].filter(([name, value]) => !isSameValue(known.get(name) ?? null, value));
    const values = changed.map(([name, value]): [string, GivenValue] => [hasSeveral ? `${pack}.${name}` : name, { kind: 'value', value }]);
    return values.length === 0 ? [] : [{ source: 'file', detail: path, values: new Map(values) }];
  });
}
