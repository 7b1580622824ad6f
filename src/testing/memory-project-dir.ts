import { hash } from 'node:crypto';
import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import type { GenerationPlan, PlannedFile, PlannedPath } from '../core/plan/generation-plan.ts';
import { compareText } from '../core/text/compare-text.ts';
import type { Digest } from '../core/tree/digest.ts';
import type { DiskEntry } from '../core/tree/disk-entry.ts';
import { DEFAULT_MODE, type FileEntry, type FileMode, isExecutable } from '../core/tree/file-tree.ts';
import { findPathProblem, foldPath, type ProjectPath, parseProjectPath } from '../core/tree/project-path.ts';
import type {
  ApplyProgress,
  PassedOver,
  ProjectDir,
  RanCommand,
  RecordedChange,
  Recovery,
  TransactionRecord,
} from '../ports/project-dir.ts';

/**
 * A project that exists only in memory, with the contract of the real one: plans are checked against what is there and applied whole or not at
 * all, and can be undone. Nothing can interrupt it, so there is never anything to recover. Directories exist only through the files in them.
 */
export class MemoryProjectDir implements ProjectDir {
  readonly root: string;
  readonly #entries = new Map<string, MemoryEntry>();
  readonly #finished: FinishedChange[] = [];
  readonly #originals = new Map<Digest, Digest>();
  #exists: boolean;

  /** @param files by path, text or bytes; without this argument the directory does not exist. */
  constructor(files?: Readonly<Record<string, string | Uint8Array>>, options: { readonly root?: string } = {}) {
    this.root = options.root ?? '/memory/project';
    this.#exists = files !== undefined;
    for (const [path, content] of Object.entries(files ?? {})) this.put(path, content);
  }

  /** Writes a file as the user would, replacing what is there. */
  put(path: string, content: string | Uint8Array, mode: FileMode = DEFAULT_MODE): void {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    this.#exists = true;
    this.#entries.set(parseProjectPath(path), { kind: 'file', content: bytes, mode });
  }

  /** Makes a symbolic link as the user would. */
  putLink(path: string, options: { readonly leadsOut: boolean }): void {
    this.#exists = true;
    this.#entries.set(parseProjectPath(path), { kind: 'link', leadsOut: options.leadsOut });
  }

  /** Removes a file, a link, or all of a directory. */
  remove(path: string): void {
    for (const known of [...this.#entries.keys()]) if (known === path || known.startsWith(`${path}/`)) this.#entries.delete(known);
  }

  /** The text of each file, by path in code-unit order: for assertions. */
  toTexts(): Record<string, string> {
    const files = [...this.#entries].flatMap(([path, entry]) => (entry.kind === 'file' ? [[path, entry] as const] : []));
    return Object.fromEntries(
      files.sort((a, b) => compareText(a[0], b[0])).map(([path, { content }]) => [path, new TextDecoder().decode(content)]),
    );
  }

  /** The permission bits of a file; 0 when it is not there. */
  modeOf(path: string): FileMode {
    const entry = this.#entries.get(path);
    return entry?.kind === 'file' ? entry.mode : 0;
  }

  async inspect(): Promise<{ readonly exists: boolean; readonly isEmpty: boolean }> {
    const isEmpty = [...this.#entries.keys()].every((path) => path.startsWith('.git/') || path.startsWith('.packsmith/local/'));
    return { exists: this.#exists, isEmpty };
  }

  async survey(paths: Iterable<ProjectPath>): Promise<ReadonlyMap<ProjectPath, DiskEntry>> {
    const entries = new Map<ProjectPath, DiskEntry>();
    for (const path of paths) {
      const entry = this.#look(path);
      if (entry !== undefined) entries.set(path, entry);
    }
    return entries;
  }

  async listFiles(isIgnored: (path: string) => boolean = () => false): Promise<ProjectPath[]> {
    const isListed = (path: string): boolean => {
      if (path.split('/').includes('.git') || path.startsWith('.packsmith/local/')) return false;
      return !isIgnored(path) && !listParents(path).some((parent) => isIgnored(`${parent}/`));
    };
    return ([...this.#entries.keys()] as ProjectPath[]).filter(isListed).sort(compareText);
  }

  /** Here only what belongs to git: there are no empty directories, and no names that are not portable. */
  async listPassedOver(directory: ProjectPath | ''): Promise<PassedOver[]> {
    const paths = [...this.#entries.keys()].filter((path) => directory === '' || path.startsWith(`${directory}/`));
    const places = paths.flatMap((path) => [...listParents(path), path].find((place) => /(^|\/)\.git$/.test(place)) ?? []);
    return [...new Set(places)].sort(compareText).map((path) => ({ path, because: 'git' }));
  }

  async readFile(path: ProjectPath): Promise<Uint8Array | undefined> {
    const entry = this.#look(path);
    if (entry === undefined) return undefined;
    const stored = this.#entries.get(path);
    if (entry.kind === 'file' && stored?.kind === 'file') return stored.content.slice();
    throw new PacksmithError('PATH_BLOCKED', `${path} is not a plain file of the project`);
  }

  async apply(
    plan: GenerationPlan,
    options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: ApplyProgress) => void } = {},
  ): Promise<TransactionRecord> {
    const changes = plan.paths.filter((planned) => planned.action !== 'keep' && planned.action !== 'conflict');
    checkPlan(changes);
    if (options.signal?.aborted === true) throw new PacksmithError('INTERRUPTED', 'interrupted; nothing was changed');
    const removed = new Set<string>(changes.filter((change) => change.after === undefined).map((change) => change.path));
    const findings = changes.flatMap((change) => this.#check(change, removed) ?? []);
    if (findings.length > 0) throw describe(findings);
    const contents = new Map(
      changes.flatMap((change) => (change.after === undefined ? [] : [[change.path, this.#contentOf(change, plan)] as const])),
    );
    for (const [digest, masked] of Object.entries(plan.originals ?? {})) this.#originals.set(digest as Digest, masked);
    const record = this.#perform(plan, changes, contents);
    options.onProgress?.({ done: changes.length, total: changes.length });
    return record;
  }

  async recover(): Promise<Recovery | undefined> {
    return undefined;
  }

  async listTransactions(): Promise<readonly TransactionRecord[]> {
    return this.#finished.map(({ record, commands }) => (commands.length === 0 ? record : { ...record, commands })).reverse();
  }

  async noteCommand(id: string, { pack, name, run }: RanCommand): Promise<void> {
    this.#finished.find(({ record }) => record.id === id)?.commands.push({ pack, name, run });
  }

  async readOriginals(): Promise<ReadonlyMap<Digest, Digest>> {
    return this.#originals;
  }

  async readReplaced(id: string, digest: Digest): Promise<Uint8Array> {
    const content = this.#finished.find(({ record }) => record.id === id)?.replaced.get(digest);
    if (content === undefined)
      throw new PacksmithError('UNDO_IMPOSSIBLE', `what the change ${id} replaced is not kept any more (${digest})`);
    return content.slice();
  }

  #perform(plan: GenerationPlan, changes: readonly PlannedPath[], contents: ReadonlyMap<ProjectPath, Uint8Array>): TransactionRecord {
    const replaced = new Map<Digest, Uint8Array>();
    const paths = changes.map((change) => this.#record(change, replaced)).sort((a, b) => compareText(a.path, b.path));
    for (const { path } of changes) this.#entries.delete(path);
    for (const { path, before, after } of changes) {
      const content = contents.get(path);
      if (content === undefined || after === undefined) continue;
      const kept = paths.find((change) => change.path === path)?.before?.mode;
      this.#entries.set(path, {
        kind: 'file',
        content,
        mode: before === undefined || kept === undefined ? after.mode : keepMode(kept, after.mode),
      });
    }
    const number = String(this.#finished.length + 1);
    const record = { id: `memory-${number.padStart(6, '0')}`, operation: plan.operation, finishedAt: '2000-01-01T00:00:00.000Z', paths };
    if (changes.length === 0) return record;
    this.#exists = true;
    this.#finished.push({ record, replaced, commands: [] });
    return record;
  }

  #record({ path, before, after }: PlannedPath, replaced: Map<Digest, Uint8Array>): RecordedChange {
    const stored = this.#entries.get(path);
    if (before === undefined || stored?.kind !== 'file') return after === undefined ? { path } : { path, after };
    replaced.set(before.digest, stored.content);
    const was = { digest: before.digest, mode: stored.mode };
    return after === undefined ? { path, before: was } : { path, before: was, after };
  }

  #look(path: string): DiskEntry | undefined {
    for (const parent of listParents(path)) {
      const entry = this.#entries.get(parent);
      if (entry !== undefined) return { kind: 'blocked', by: parent, isLink: entry.kind === 'link' };
    }
    const entry = this.#entries.get(path);
    if (entry === undefined)
      return [...this.#entries.keys()].some((known) => known.startsWith(`${path}/`)) ? { kind: 'directory' } : undefined;
    if (entry.kind === 'link') return entry;
    return { kind: 'file', digest: digestOf(entry.content), mode: entry.mode, size: entry.content.length };
  }

  #check(change: PlannedPath, removed: ReadonlySet<string>): Diagnostic | undefined {
    const { path, before } = change;
    const entry = this.#look(path);
    if (entry === undefined) return before === undefined ? undefined : finding(path, 'PATH_NOT_AS_PLANNED', 'was deleted');
    if (entry.kind === 'blocked' && !entry.isLink && removed.has(entry.by)) return undefined;
    if (entry.kind === 'directory') {
      const inner = [...this.#entries.keys()].filter((known) => known.startsWith(`${path}/`));
      const isEmptied = before === undefined && inner.every((known) => removed.has(known));
      return isEmptied ? undefined : finding(path, 'PATH_NOT_AS_PLANNED', 'is a directory now');
    }
    if (entry.kind !== 'file') return finding(path, 'PATH_NOT_PLAIN', 'is or goes through a link, or something that is not plain');
    if (before === undefined) return finding(path, 'PATH_NOT_AS_PLANNED', 'is there already');
    const isSame = entry.digest === before.digest && isExecutable(entry.mode) === isExecutable(before.mode);
    return isSame ? undefined : finding(path, 'PATH_NOT_AS_PLANNED', 'was edited');
  }

  #contentOf({ path, after }: PlannedPath, plan: GenerationPlan): Uint8Array {
    const digest = (after as PlannedFile).digest;
    const planned = Object.hasOwn(plan.contents, digest) ? plan.contents[digest] : undefined;
    const content = planned === undefined ? this.#findOnDisk(digest, plan) : decode(planned);
    if (content === undefined) throw new PacksmithError('PLAN_INVALID', `the plan has no content for ${path} (${digest})`);
    if (digestOf(content) !== digest)
      throw new PacksmithError('PLAN_INVALID', `the content of ${path} in the plan is not what its digest says`);
    return content;
  }

  /** Bytes that are there before the change need not be in the plan. */
  #findOnDisk(digest: Digest, plan: GenerationPlan): Uint8Array | undefined {
    const path = plan.paths.find((planned) => planned.before?.digest === digest)?.path;
    const entry = path === undefined ? undefined : this.#entries.get(path);
    return entry?.kind === 'file' ? entry.content : undefined;
  }
}

type MemoryEntry = ({ readonly kind: 'file' } & FileEntry) | { readonly kind: 'link'; readonly leadsOut: boolean };

interface FinishedChange {
  readonly record: TransactionRecord;
  readonly replaced: ReadonlyMap<Digest, Uint8Array>;
  readonly commands: RanCommand[];
}

function checkPlan(changes: readonly PlannedPath[]): void {
  const left = new Set<string>(changes.filter((change) => change.after !== undefined).map((change) => change.path));
  const seen = new Set<string>();
  for (const change of changes) {
    const { path, action, before, after } = change;
    const isConsistent = (before !== undefined) === (action !== 'create') && (after !== undefined) === (action !== 'delete');
    if (!isConsistent) throw new PacksmithError('PLAN_INVALID', `the plan contradicts itself at ${path}`);
    if (isForbidden(path)) throw new PacksmithError('PLAN_INVALID', `the plan may not change ${JSON.stringify(path)}`);
    if (seen.has(path)) throw new PacksmithError('PLAN_INVALID', `the plan changes ${path} twice`);
    if (after !== undefined && listParents(path).some((parent) => left.has(parent))) {
      throw new PacksmithError('PLAN_INVALID', `the plan makes a parent of ${path} both a file and a directory`);
    }
    seen.add(path);
  }
}

function isForbidden(path: string): boolean {
  if (findPathProblem(path) !== undefined) return true;
  const segments = foldPath(path).split('/');
  if (segments.includes('.git') || segments.includes('git~1')) return true;
  return segments[0] === '.packsmith' && (segments.length === 1 || segments[1] === 'local');
}

/** The permissions of a replaced file stay but for the execute bits, unless others than the usual ones are asked for. */
function keepMode(kept: FileMode, wanted: FileMode): FileMode {
  if (wanted !== 0o644 && wanted !== 0o755) return wanted;
  if (isExecutable(kept) === isExecutable(wanted)) return kept;
  return isExecutable(wanted) ? kept | ((kept & 0o444) >> 2) : kept & ~0o111;
}

function listParents(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}

function digestOf(content: Uint8Array): Digest {
  return hash('sha256', content, 'hex') as Digest;
}

function decode(content: { readonly text: string } | { readonly base64: string }): Uint8Array {
  return 'text' in content ? new TextEncoder().encode(content.text) : new Uint8Array(Buffer.from(content.base64, 'base64'));
}

function finding(path: ProjectPath, code: 'PATH_NOT_AS_PLANNED' | 'PATH_NOT_PLAIN', what: string): Diagnostic {
  return { code, severity: 'error', message: `${path} ${what}`, where: { file: path } };
}

function describe(findings: readonly Diagnostic[]): PacksmithError {
  const isBlocked = findings.every((found) => found.code === 'PATH_NOT_PLAIN');
  const list = findings.map((found) => `\n  ${found.message}`).join('');
  return new PacksmithError(isBlocked ? 'PATH_BLOCKED' : 'PROJECT_CHANGED', `the project was left as it is:${list}`, {
    diagnostics: findings,
  });
}
