import { textAt } from '../../tree/file-text.ts';
import { countedCheck, countOf, present, type ScoreDimension, upTo } from './score-facts.ts';

const ENOUGH_WORDS = 120;

export const documentation: ScoreDimension = {
  name: 'documentation',
  checks: ({ lint: { pack } }) => {
    const readme = textAt(pack.files, 'README.md') ?? '';
    const changelog = textAt(pack.files, 'CHANGELOG.md') ?? '';
    const words = readme.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;
    const asked = pack.manifest.variables.filter(({ computed }) => computed === undefined);
    const isNamed = ({ name }: { readonly name: string }) => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(readme);
    const code = readme
      .split('```')
      .filter((_, index) => index % 2 === 1)
      .join('\n');
    return [
      ...countedCheck('words of the README', 4, upTo(words, ENOUGH_WORDS), `write a README of ${ENOUGH_WORDS} words or more`),
      ...countedCheck('variables that the README names', 5, countOf(asked, isNamed), 'name every variable in the README'),
      ...countedCheck(
        'the README shows how to generate a project',
        3,
        present(code.includes(pack.manifest.id)),
        `show a command such as \`packs generate ${pack.manifest.id} DIR\` in a code block`,
      ),
      ...countedCheck(
        'the changelog says something',
        3,
        present(changelog.split(/\s+/).length >= 10),
        'say in CHANGELOG.md what each version brought',
      ),
    ];
  },
};
