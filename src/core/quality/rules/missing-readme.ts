import { decodeUtf8 } from '../../text/utf8.ts';
import type { ProjectPath } from '../../tree/project-path.ts';
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
      const text = decodeUtf8(files.get(file as ProjectPath)?.content ?? new Uint8Array()) ?? '';
      return text.trim() === '' ? [{ message: `${file} is absent or empty`, where: { file } }] : [];
    }),
};
