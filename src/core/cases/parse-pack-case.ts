import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { checkStructure } from '../manifest/check-structure.ts';
import { type KeyPath, quote } from '../manifest/key-path.ts';
import { Problems, toDiagnostics } from '../manifest/problems.ts';
import { readToml } from '../manifest/read-toml.ts';
import { readArray, readKey, readNumber, readString, readStrings, readTable, readTables, type Table } from '../manifest/table.ts';
import { toValueMap } from '../manifest/to-value.ts';
import { parsePackReference } from '../pack/pack-reference.ts';
import { isVersionRange } from '../pack/versions.ts';
import { findPathProblem } from '../tree/project-path.ts';
import { CASE_CONFLICTS, caseSchema } from './case-schema.ts';
import type { CaseCommand, CaseUpdate, PackCase } from './pack-case.ts';
import { readEdits } from './read-edits.ts';
import { readExpectation } from './read-expectation.ts';
import { readStart } from './start.ts';

export interface ParsedPackCase {
  /** Absent when any of the diagnostics is an error. */
  readonly case: PackCase | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** What the project's directory is called where a case does not say. */
const DIRECTORY = 'project';

/** Parses the text of a test case as strictly as a manifest: all findings, each with its place. Never throws. */
export function parsePackCase(text: string, file: string): ParsedPackCase {
  const read = readToml(text, file);
  if (read.table === undefined) return { case: undefined, diagnostics: [read.diagnostic] };
  const problems = new Problems();
  checkStructure(caseSchema, read.table, problems);
  const parsed = readCase(read.table, file, problems);
  return { case: problems.hasErrors ? undefined : parsed, diagnostics: toDiagnostics(problems, file, text) };
}

function readCase(document: Table, file: string, problems: Problems): PackCase {
  const update = readUpdate(document, problems);
  const commands = readCommands(document);
  const start = readStart(document, problems);
  const kind = update !== undefined ? 'update' : start !== undefined ? 'start' : 'new';
  const expect = readExpectation(readTable(document, 'expect'), kind, problems);
  if (expect.refusal !== undefined && commands.length > 0) {
    problems.conflict(['commands'], 'a case that is refused generates nothing that commands could run in', 'remove one of the two');
  }
  return {
    file,
    name: readString(document, 'name') ?? '',
    variables: toValueMap(Object.entries(readTable(document, 'variables')), ['variables'], problems),
    packs: readPacks(document, problems),
    directory: readDirectory(document, problems),
    start,
    update,
    expect,
    commands,
  };
}

function readDirectory(document: Table, problems: Problems): string {
  const directory = readString(document, 'directory') ?? DIRECTORY;
  const problem = directory.includes('/') ? 'it is more than a name' : findPathProblem(directory);
  if (problem !== undefined) problems.invalid(['directory'], `${quote(directory)} cannot be the name of a directory: ${problem}`);
  return directory;
}

function readPacks(document: Table, problems: Problems): readonly string[] {
  const references = readStrings(document, 'packs');
  for (const [index, reference] of references.entries()) checkReference(['packs', index], reference, problems);
  return references;
}

function checkReference(path: KeyPath, reference: string, problems: Problems): void {
  try {
    parsePackReference(reference);
  } catch (error) {
    if (!(error instanceof PacksmithError)) throw error;
    problems.invalid(path, error.message, error.hint);
  }
}

function readUpdate(document: Table, problems: Problems): CaseUpdate | undefined {
  if (readKey(document, 'update') === undefined) return undefined;
  const table = readTable(document, 'update');
  const from = readString(table, 'from');
  const earlier = readEdits(table, ['update', 'earlier'], { of: 'pack', problems });
  if (from === undefined && earlier.length === 0) {
    problems.conflict(['update'], 'it needs `from`, `earlier` or both, to say what the earlier pack was', 'add from = "previous"');
  }
  if (from !== undefined && !isVersionRange(from)) checkReference(['update', 'from'], from, problems);
  return {
    from,
    earlier,
    edits: readEdits(table, ['update', 'edits'], { of: 'project', problems }),
    variables: toValueMap(Object.entries(readTable(table, 'variables')), ['update', 'variables'], problems),
    conflict: CASE_CONFLICTS.find((conflict) => conflict === readKey(table, 'conflict')) ?? 'markers',
  };
}

function readCommands(document: Table): CaseCommand[] {
  return readTables(document, 'commands').map(({ entry }) => {
    const run = readArray(entry, 'run').filter((part): part is string => typeof part === 'string');
    return {
      name: readString(entry, 'name') ?? run.join(' '),
      run,
      timeout: readNumber(entry, 'timeout') ?? 60,
      exit: readNumber(entry, 'exit') ?? 0,
      output: readStrings(entry, 'output'),
    };
  });
}
