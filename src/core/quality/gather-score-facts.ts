import { readToml } from '../manifest/read-toml.ts';
import { isTable, readEntries, type Table } from '../manifest/table.ts';
import type { Pack } from '../pack/pack.ts';
import { utf8At } from '../tree/file-text.ts';
import { type DependencyFacts, gatherLintFacts } from './lint-facts.ts';
import { lintPack } from './lint-pack.ts';
import { listCaseFiles } from './list-case-files.ts';
import type { ScoreFacts, TrialFacts } from './score/score-facts.ts';
import { type PackScore, scorePack } from './score-pack.ts';

/** Measures what can be known of a pack without running it, and adds what was measured by running it. */
export function gatherScoreFacts(
  pack: Pack,
  dependencies: ReadonlyMap<string, DependencyFacts> = new Map(),
  trial?: TrialFacts,
): ScoreFacts {
  const lint = gatherLintFacts(pack, dependencies);
  const tried = new Map<string, Set<string>>();
  const note = (values: Iterable<readonly [string, unknown]>) => {
    for (const [name, value] of values) {
      const known = tried.get(name) ?? new Set<string>();
      for (const each of Array.isArray(value) ? value : [value]) known.add(String(each));
      tried.set(name, known);
    }
  };
  const cases = readCases(pack);
  for (const each of cases) note(readEntries(each, 'variables'));
  for (const { variables } of pack.manifest.examples) note(variables);
  return { lint, outcome: lintPack(lint), tried, caseFiles: cases.length, trial };
}

/** The cases that expect something; whether they are right is seen when they run. */
function readCases({ files }: Pack): Table[] {
  const tables = listCaseFiles(files).flatMap((file): Table[] => {
    const { table } = readToml(utf8At(files, file) ?? '', file);
    return isTable(table) ? [table] : [];
  });
  return tables.filter((table) => readEntries(table, 'expect').length > 0 || readEntries(table, 'update').length > 0);
}

/** The cheap score: nothing is rendered, nothing is asked. What the catalogue says of a pack is this one. */
export function scoreStatically(pack: Pack, dependencies?: ReadonlyMap<string, DependencyFacts>): PackScore {
  return scorePack(gatherScoreFacts(pack, dependencies));
}
