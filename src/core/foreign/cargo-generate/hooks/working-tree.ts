import type { Budget } from '../../../jinja/budget.ts';
import { failHost } from '../../../rhai/rhai-fault.ts';
import { compareText } from '../../../text/compare-text.ts';
import { DEFAULT_MODE, type FileTree } from '../../../tree/file-tree.ts';
import type { FinishedFile } from '../../foreign-template.ts';

/** The files that scripts see and change, in memory. Directories are there as long as files are in them. */
export class WorkingTree {
  private readonly files: Map<string, FinishedFile>;
  private readonly budget: Budget;

  constructor(files: FileTree, budget: Budget) {
    this.files = new Map([...files].map(([path, entry]) => [path, { entry, from: path, by: undefined }]));
    this.budget = budget;
  }

  toFinished(): ReadonlyMap<string, FinishedFile> {
    return this.files;
  }

  exists(given: string): boolean {
    const path = this.inside(given);
    return path === '' || this.files.has(path) || this.below(path).length > 0;
  }

  /** The names in a directory, in their order. */
  list(given: string): string[] {
    const path = this.inside(given);
    const prefix = path === '' ? '' : `${path}/`;
    const names = this.below(path).map((file) => file.slice(prefix.length).split('/')[0] ?? '');
    if (names.length === 0 && path !== '') failHost(`${JSON.stringify(given)} is no directory of the template`);
    return [...new Set(names)].sort(compareText);
  }

  /** What is not there is no error, as there is none of it in cargo-generate. */
  delete(given: string): void {
    const path = this.inside(given);
    if (path === '') failHost('the whole template cannot be deleted');
    for (const file of [path, ...this.below(path)]) this.files.delete(file);
  }

  rename(givenFrom: string, givenTo: string): void {
    const [from, to] = [this.inside(givenFrom), this.inside(givenTo)];
    const moved = this.files.has(from) ? [from] : this.below(from);
    if (from === '' || moved.length === 0) failHost(`there is no ${JSON.stringify(givenFrom)} to rename`);
    if (from === to) return;
    this.checkFree(to, this.files.has(from) ? undefined : from);
    for (const file of moved) {
      const entry = this.files.get(file);
      this.files.delete(file);
      if (entry !== undefined) this.files.set(to + file.slice(from.length), entry);
    }
  }

  write(given: string, content: Uint8Array, by: string): void {
    const path = this.inside(given);
    this.checkFree(path);
    const before = this.files.get(path);
    this.files.set(path, { entry: { content, mode: before?.entry.mode ?? DEFAULT_MODE }, from: before?.from, by });
  }

  /** A file may take the place of a file, and nothing that of a directory, or of something that it stands below. */
  private checkFree(path: string, directory?: string): void {
    const isFile = (other: string): boolean => this.files.has(other);
    if (path === '' || this.below(path).length > 0) failHost(`${JSON.stringify(path)} is a directory`);
    if (this.isBelowFile(path)) failHost(`${JSON.stringify(path)} stands below a file`);
    if (directory === undefined) return;
    if (isFile(path)) failHost(`${JSON.stringify(path)} is a file`);
    if (path.startsWith(`${directory}/`)) failHost(`${JSON.stringify(directory)} cannot be moved into itself`);
  }

  private isBelowFile(path: string): boolean {
    for (let end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
      this.budget.allocate(end);
      if (this.files.has(path.slice(0, end))) return true;
    }
    return false;
  }

  private below(path: string): string[] {
    this.budget.spendSteps(this.files.size);
    return path === '' ? [...this.files.keys()] : [...this.files.keys()].filter((file) => file.startsWith(`${path}/`));
  }

  /** A path below the template. */
  private inside(path: string): string {
    this.budget.allocate(path.length);
    const kept: string[] = [];
    for (const segment of path.split('/')) {
      if (segment === '..' && kept.pop() === undefined) failOutside(path);
      if (segment !== '' && segment !== '.' && segment !== '..') kept.push(segment);
    }
    return path.startsWith('/') || /^[A-Za-z]:|[\\\0]/.test(path) ? failOutside(path) : kept.join('/');
  }
}

function failOutside(path: string): never {
  return failHost(`${JSON.stringify(path)} is no path below the template`);
}
