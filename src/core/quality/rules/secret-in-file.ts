import { scanSecrets } from '../../publish/scan-secrets.ts';
import { textAt } from '../../tree/file-text.ts';
import { sortedPaths } from '../../tree/file-tree.ts';
import { findRandomSecret } from '../random-secret.ts';
import type { Rule } from '../rule.ts';

export const secretInFile: Rule = {
  id: 'secret-in-file',
  severity: 'error',
  summary: 'A file holds what looks like a private key, a token, a password, or a random text that is assigned to a name of a secret',
  reason: 'What is published stays published.',
  cure: 'Take it out and revoke it. Where it is no secret, write `packsmith: not a secret` on its line or the line before.',
  check: ({ pack: { files } }) => {
    const known = scanSecrets(files).map(({ message, where }) => ({ message, where: where ?? { file: 'pack.toml' } }));
    const seen = new Set(known.map(({ where }) => `${where.file}:${where.line}`));
    const random = sortedPaths(files).flatMap((file) => {
      const text = textAt(files, file);
      return findRandomSecret(text ?? '').map(({ line, name }) => ({
        message: `${name} is given what looks like a random secret`,
        where: { file, line },
      }));
    });
    return [...known, ...random.filter(({ where }) => !seen.has(`${where.file}:${where.line}`))];
  },
};
