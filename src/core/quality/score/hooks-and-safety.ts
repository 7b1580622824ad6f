import { countedCheck, countOf, findingsOf, type ScoreDimension } from './score-facts.ts';

export const hooksAndSafety: ScoreDimension = {
  name: 'hooks and safety',
  checks: (facts) => {
    const { pack } = facts.lint;
    const { hooks } = pack.manifest;
    const leaking = new Set(findingsOf(facts, 'secret-in-file').map(({ where }) => where.file));
    const typed = Math.min(hooks.length, findingsOf(facts, 'typed-hook').length);
    const secrets = countOf([...pack.files.keys()], (path) => !leaking.has(path));
    return [
      // One secret is one too many: it is no matter of shares.
      ...countedCheck(
        'no secret in any file',
        5,
        { done: secrets.done === secrets.of ? 1 : 0, of: 1 },
        'take out and revoke what `packs lint` names',
      ),
      ...countedCheck(
        'hooks that need a command',
        3,
        { done: hooks.length - typed, of: hooks.length },
        'say as templates and packages what `packs lint` names',
      ),
      ...countedCheck(
        'hooks that the answers can turn off',
        2,
        countOf(hooks, ({ when }) => when !== undefined),
        'give each hook a `when` over a variable',
      ),
    ];
  },
};
