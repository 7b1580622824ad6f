import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Puts a build that is not minified, and records what it executes, in the place of the one in a copy of the package. Its files with their maps, and
 * what is recorded, are below the directory for coverage.
 *
 * @param build builds the parts `bin` and `cli` of the program into a directory.
 */
export function makeReadable(copy: string, { coverage, repository, build }: ReadableOptions): void {
  const [program, runs] = [join(coverage, 'program'), join(coverage, 'runs')];
  build(program);
  // Some tests run the program as somebody else.
  mkdirSync(runs, { recursive: true });
  chmodSync(runs, 0o1777);
  for (const part of ['bin', 'cli']) {
    const target = join(copy, 'dist', part);
    cpSync(join(program, part), target, { recursive: true, filter: (file) => !file.endsWith('.map') });
  }
  const recorder = join(repository, 'tools', 'coverage', 'record-execution.cjs');
  const start = join(copy, 'bin', 'packsmith.cjs');
  const record = `require(${JSON.stringify(recorder)}).recordExecution(${JSON.stringify(runs)});`;
  writeFileSync(start, readFileSync(start, 'utf8').replace("'use strict';\n", `'use strict';\n${record}\n`));
}

interface ReadableOptions {
  readonly coverage: string;
  readonly repository: string;
  readonly build: (directory: string) => void;
}
