import { expect, it } from 'vitest';
import { type ProjectPath, parseProjectPath } from '../../core/tree/project-path.ts';
import { nativeHash } from '../hash.ts';
import { findFoldCollisions } from './preconditions.ts';

it('finds what would be one file where case or Unicode form is ignored', () => {
  const after = { digest: nativeHash(''), mode: 0o644 };
  const paths = ['README.md', 'src/ﬁle', 'Readme.md', 'src/file', 'other'].map(parseProjectPath);
  const removed = { path: 'OTHER' as ProjectPath, before: after };
  const findings = findFoldCollisions([...paths.map((path) => ({ path, after })), removed]);
  expect(findings.map((finding) => finding.message)).toEqual([
    'Readme.md and README.md are the same file on this file system',
    'src/file and src/ﬁle are the same file on this file system',
  ]);
});
