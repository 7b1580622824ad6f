import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { NodeProjectDir } from '../../src/adapters/project/node-project-dir.ts';
import type { ProjectDir } from '../../src/ports/project-dir.ts';
import { MemoryProjectDir } from '../../src/testing/memory-project-dir.ts';

/** A project that its user changes by hand, too. */
export interface ModelProject extends ProjectDir {
  put(path: string, content: Uint8Array, mode: number): void;
  remove(path: string): void;
  /** 0 where no file is. */
  modeOf(path: string): number;
  /** Of every file, but for what packsmith keeps for itself on this machine. */
  bytes(): Promise<Record<string, Uint8Array>>;
}

export class ModelInMemory extends MemoryProjectDir implements ModelProject {
  async bytes(): Promise<Record<string, Uint8Array>> {
    const paths = (await this.listFiles()).sort();
    return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, (await this.readFile(path)) ?? new Uint8Array()])));
  }
}

export class ModelOnDisk extends NodeProjectDir implements ModelProject {
  put(path: string, content: Uint8Array, mode: number): void {
    const full = join(this.root, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
    chmodSync(full, mode);
  }

  remove(path: string): void {
    rmSync(join(this.root, path));
  }

  modeOf(path: string): number {
    const stats = statSync(join(this.root, path), { throwIfNoEntry: false });
    return stats?.isFile() === true ? stats.mode & 0o777 : 0;
  }

  async bytes(): Promise<Record<string, Uint8Array>> {
    if (!(await this.inspect()).exists) return {};
    const entries = readdirSync(this.root, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
    const paths = entries.map((entry) => relative(this.root, join(entry.parentPath, entry.name)));
    const seen = paths.filter((path) => !path.startsWith('.packsmith/local/')).sort();
    return Object.fromEntries(seen.map((path) => [path, readFileSync(join(this.root, path))]));
  }
}
