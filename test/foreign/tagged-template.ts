import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { GitRepository } from '../support/git-repository.ts';
import { type TemplateFiles, writeTemplate } from './template-world.ts';

/** A template in git with a tag for each version; a file of `undefined` goes. Gives its address. */
export function makeTagged(root: string, name: string, versions: Readonly<Record<string, TemplateFiles>>, gone: readonly string[]): string {
  const repository = new GitRepository(root, name);
  for (const [tag, files] of Object.entries(versions)) {
    if (tag !== Object.keys(versions)[0]) for (const path of gone) rmSync(join(repository.work, path));
    writeTemplate(repository.work, files);
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '-m', tag);
    repository.git('tag', tag);
  }
  repository.git('push', '--quiet', 'origin', 'main', '--tags');
  return `git+file://${repository.bare}`;
}
