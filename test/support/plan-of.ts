import { Buffer } from 'node:buffer';
import { nativeHash } from '../../src/adapters/hash.ts';
import type { GenerationPlan, Operation, PlannedContent, PlannedFile, PlannedPath } from '../../src/core/plan/generation-plan.ts';
import type { FileMode } from '../../src/core/tree/file-tree.ts';
import { parseProjectPath } from '../../src/core/tree/project-path.ts';
import type { ProjectDir, TransactionRecord } from '../../src/ports/project-dir.ts';

export type TestContent = string | Uint8Array;

/** A file in a test plan: its content, or its content and mode. */
export type TestFile = TestContent | { readonly content: TestContent; readonly mode: FileMode };

export interface TestChange {
  readonly path: string;
  readonly before?: TestFile;
  readonly after?: TestFile;
  readonly isRecord?: boolean;
}

/** A plan that makes these changes, in this order. */
export function planOf(changes: readonly TestChange[], operation: Operation = 'generate'): GenerationPlan {
  const contents: Record<string, PlannedContent> = {};
  const paths = changes.map((change): PlannedPath => {
    if (change.after !== undefined) addContent(contents, contentOf(change.after));
    const action = change.before === undefined ? 'create' : change.after === undefined ? 'delete' : 'update';
    return {
      path: parseProjectPath(change.path),
      class: change.isRecord === true ? 'record' : 'refreshed',
      action,
      reason: 'a test says so',
      ...(change.before === undefined ? {} : { before: describeFile(change.before) }),
      ...(change.after === undefined ? {} : { after: describeFile(change.after) }),
      packs: [],
    };
  });
  return { format: 1, operation, packs: [], answers: [], paths, contents, decisions: [], conflicts: [], hooks: [], warnings: [] };
}

/** The plan that takes a finished change back, made from nothing but what the port tells. */
export async function planInverse(record: TransactionRecord, project: ProjectDir): Promise<GenerationPlan> {
  const contents: Record<string, PlannedContent> = {};
  const paths: PlannedPath[] = [];
  for (const { path, before, after } of record.paths) {
    if (before !== undefined) addContent(contents, await project.readReplaced(record.id, before.digest));
    const action = after === undefined ? 'create' : before === undefined ? 'delete' : 'update';
    const states = { ...(after === undefined ? {} : { before: after }), ...(before === undefined ? {} : { after: before }) };
    paths.push({ path, class: 'refreshed', action, reason: 'undone', ...states, packs: [] });
  }
  return { format: 1, operation: 'undo', packs: [], answers: [], paths, contents, decisions: [], conflicts: [], hooks: [], warnings: [] };
}

export function describeFile(file: TestFile): PlannedFile {
  return { digest: nativeHash(contentOf(file)), mode: typeof file === 'object' && 'mode' in file ? file.mode : 0o644 };
}

function contentOf(file: TestFile): TestContent {
  return typeof file === 'object' && 'content' in file ? file.content : file;
}

function addContent(contents: Record<string, PlannedContent>, content: TestContent): void {
  contents[nativeHash(content)] = typeof content === 'string' ? { text: content } : { base64: Buffer.from(content).toString('base64') };
}
