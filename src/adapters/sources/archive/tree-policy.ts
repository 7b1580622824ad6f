import { LIMITS } from '../../../core/manifest/limits.ts';
import { stripControlLine } from '../../../core/text/strip-control.ts';
import { findPackPathProblem, foldPath, MAX_PATH_BYTES } from '../../../core/tree/project-path.ts';

const MAX_FINDINGS = 50;

/**
 * What may become a pack's tree, decided entry by entry before any of it is kept: safe paths, none twice, none that differ only in case or
 * Unicode form, no file where a directory is, and nothing over a limit. All findings are collected.
 */
export class TreePolicy {
  readonly #findings: string[] = [];
  readonly #files = new Set<string>();
  readonly #directories = new Set<string>();
  /** By folded form: the exact one that came first. */
  readonly #spellings = new Map<string, string>();
  readonly #links = new Map<string, string>();
  #entries = 0;
  #bytes = 0;
  #isOverLimit = false;

  get isOverLimit(): boolean {
    return this.#isOverLimit;
  }

  /** What each link says, by its path. */
  get links(): ReadonlyMap<string, string> {
    return this.#links;
  }

  get findings(): readonly string[] {
    return this.#findings;
  }

  /** Whether going on is pointless: a limit is exceeded, or there are too many findings. */
  get isHopeless(): boolean {
    return this.#isOverLimit || this.#findings.length >= MAX_FINDINGS;
  }

  refuse(finding: string): void {
    if (this.#findings.length < MAX_FINDINGS) this.#findings.push(stripControlLine(finding));
  }

  refuseLimit(finding: string): void {
    if (!this.#isOverLimit) this.refuse(finding);
    this.#isOverLimit = true;
  }

  /** Judges a file of a stated size; tells whether it may be kept. */
  addFile(path: string, size: number): boolean {
    if (!this.#addEntry(path)) return false;
    if (size > LIMITS.templateFileBytes.maximum) {
      this.refuseLimit(`${show(path)} has ${size} bytes; the limit for a file is ${LIMITS.templateFileBytes.maximum}`);
      return false;
    }
    this.#bytes += size;
    if (this.#bytes > LIMITS.packBytes.maximum) this.refuseLimit(`its files have more than ${LIMITS.packBytes.maximum} bytes`);
    if (this.#files.has(path)) this.refuse(`${show(path)} is there twice`);
    if (this.#directories.has(path)) this.refuse(`${show(path)} is a file and a directory`);
    this.#files.add(path);
    this.#addParents(path);
    return !this.isHopeless;
  }

  /** Judges a symbolic link as the file that it may stand for. */
  addLink(path: string, target: string): void {
    if (target.length > MAX_PATH_BYTES) this.refuse(`${show(path)} is a link that says more than ${MAX_PATH_BYTES} characters`);
    else if (this.addFile(path, target.length)) this.#links.set(path, target);
  }

  addDirectory(path: string): void {
    if (!this.#addEntry(path)) return;
    if (this.#files.has(path)) this.refuse(`${show(path)} is a file and a directory`);
    this.#addParents(`${path}/`);
  }

  #addEntry(path: string): boolean {
    this.#entries += 1;
    // Directories are entries too: as many of them as of files may be listed.
    if (this.#entries > 2 * LIMITS.packFiles.maximum || this.#files.size >= LIMITS.packFiles.maximum) {
      this.refuseLimit(`it has more than ${LIMITS.packFiles.maximum} files`);
      return false;
    }
    const problem = path.includes('\ufffd') ? 'it is not valid UTF-8' : findPackPathProblem(path);
    if (problem !== undefined) {
      this.refuse(`${show(path)}: ${problem}`);
      return false;
    }
    return this.#addSpelling(path);
  }

  #addSpelling(path: string): boolean {
    const folded = foldPath(path);
    const first = this.#spellings.get(folded);
    if (first === undefined) this.#spellings.set(folded, path);
    if (first === undefined || first === path) return true;
    this.refuse(`${show(first)} and ${show(path)} differ only in case or Unicode form`);
    return false;
  }

  #addParents(path: string): void {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const parent = path.slice(0, end);
      if (this.#directories.has(parent)) return;
      if (this.#files.has(parent)) this.refuse(`${show(parent)} is a file and a directory`);
      this.#directories.add(parent);
      this.#addSpelling(parent);
    }
  }
}

function show(path: string): string {
  return JSON.stringify(path.length > 200 ? `${path.slice(0, 200)}…` : path);
}
