import { utf8At } from '../../tree/file-text.ts';
import type { Rule } from '../rule.ts';

export const missingLicence: Rule = {
  id: 'missing-licence',
  severity: 'warning',
  summary: 'The manifest names no licence, or there is no LICENSE file',
  reason: 'Without a licence nobody may use the pack, and it cannot be published.',
  cure: 'Add `license` to [pack], as an SPDX expression, and the text of the licence as LICENSE.',
  check: ({ pack: { manifest, files }, locate }) => {
    const text = utf8At(files, 'LICENSE') ?? '';
    return [
      ...(manifest.license === undefined ? [{ message: 'the manifest names no licence', where: locate(['pack']), subject: 'pack' }] : []),
      ...(text.trim() === '' ? [{ message: 'there is no LICENSE file', where: { file: 'LICENSE' } }] : []),
    ];
  },
};
