import { utf8At } from '../../tree/file-text.ts';
import type { Rule } from '../rule.ts';

const FILES = ['README.md', 'CHANGELOG.md'] as const;

export const missingReadme: Rule = {
  id: 'missing-readme',
  severity: 'warning',
  summary: 'README.md or CHANGELOG.md is absent or empty',
  reason: 'Publishing needs both, and people decide by them.',
  cure: 'Write them.',
  check: ({ pack: { files } }) =>
    FILES.flatMap((file) => {
      const text = utf8At(files, file) ?? '';
      return text.trim() === '' ? [{ message: `${file} is absent or empty`, where: { file } }] : [];
    }),
};
