import { listTemplates } from '../../template/list-templates.ts';
import { countedCheck, countOf, findingsOf, type ScoreDimension } from './score-facts.ts';

export const templates: ScoreDimension = {
  name: 'templates',
  checks: (facts) => {
    const { pack } = facts.lint;
    const texts = facts.lint.texts.filter(({ tree, problem }) => tree !== undefined || problem !== undefined);
    const broken = findingsOf(facts, 'template-error', 'undeclared-name', 'colliding-outputs');
    const dead = findingsOf(facts, 'unreachable-branch', 'unreachable-output');
    const loose = findingsOf(facts, 'unsafe-path');
    const contents = texts.filter(({ role }) => role === 'content' || role === 'partial');
    const paths = texts.filter(({ role, text }) => role === 'path' && text.includes('{{'));
    const isOwn = pack.manifest.language === undefined;
    const without = (findings: readonly unknown[], of: number) => ({ done: Math.max(0, of - findings.length), of });
    const slow = new Set(findingsOf(facts, 'slow-template').map(({ where }) => where.file));
    const idle = new Set(findingsOf(facts, 'unused-file').map(({ where }) => where.file));
    return [
      ...countedCheck(
        'texts in the template language without errors',
        6,
        without(broken, texts.length),
        'mend what `packs lint` calls an error',
      ),
      ...(isOwn
        ? countedCheck(
            'texts without branches and outputs that cannot be reached',
            3,
            without(dead, texts.length),
            'remove what `packs lint` calls unreachable',
          )
        : []),
      ...(isOwn
        ? countedCheck(
            'paths made of values that fit into paths',
            3,
            without(loose, paths.length),
            'give the variables in paths a pattern, or narrow them by a filter',
          )
        : []),
      ...countedCheck(
        'templates that are estimated to be fast',
        2,
        countOf(contents, ({ file }) => !slow.has(file)),
        'take loops apart, as `packs lint` says',
      ),
      ...countedCheck(
        'files that something uses',
        1,
        countOf([...pack.files.keys()], (path) => !idle.has(path)),
        'remove the files that `packs lint` names',
      ),
      ...countedCheck('templates', 1, listTemplates(pack).length > 0 ? { done: 1, of: 1 } : { done: 0, of: 1 }, 'add a template'),
    ];
  },
};
