import { listCaseFiles } from '../list-case-files.ts';
import type { Rule } from '../rule.ts';

export const missingTests: Rule = {
  id: 'missing-tests',
  severity: 'warning',
  summary: 'The pack has no test case',
  reason: 'Nothing says what it should generate, so that nothing notices when it does not.',
  cure: 'Add a case below `tests/`: the variables, and the files that are expected.',
  check: ({ pack }) =>
    listCaseFiles(pack.files).length > 0 ? [] : [{ message: 'there is no case below tests/', where: { file: 'pack.toml' } }],
};
