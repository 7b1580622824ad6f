import { extractChangelog } from '../../install/changelog.ts';
import type { Pack } from '../../pack/pack.ts';
import { decodeText } from '../../text/utf8.ts';
import { textAt } from '../../tree/file-text.ts';
import { countOf, present, type ScoreCheck, type ScoreDimension, upTo } from './score-facts.ts';

const ENOUGH_WORDS = 8;

/** Parts of the texts of common licences, by the first word of the SPDX id. */
const LICENCE_TEXTS: Readonly<Record<string, RegExp>> = {
  MIT: /permission is hereby granted, free of charge/i,
  ISC: /permission to use, copy, modify,? and\/or distribute/i,
  Apache: /apache license\s+version 2\.0/i,
  BSD: /redistribution and use in source and binary forms/i,
  GPL: /gnu general public license/i,
  LGPL: /gnu lesser general public license/i,
  AGPL: /gnu affero general public license/i,
  MPL: /mozilla public license/i,
  Unlicense: /this is free and unencumbered software/i,
  CC0: /cc0 1\.0 universal/i,
};

export const metadata: ScoreDimension = {
  name: 'metadata',
  checks: ({ lint: { pack } }) => [descriptionCheck(pack), licenceCheck(pack), changelogCheck(pack), keywordCheck(pack)],
};

function descriptionCheck({ manifest }: Pack): ScoreCheck {
  const title = new Set(wordsOf(`${manifest.title} ${manifest.id}`));
  const own = new Set(wordsOf(manifest.description).filter((word) => !title.has(word)));
  const advice = 'say in the description what the project will have, in words that the title does not have';
  return withAdvice(
    { name: 'words of the description that the title does not have', points: 3, measured: upTo(own.size, ENOUGH_WORDS) },
    advice,
  );
}

function licenceCheck(pack: Pack): ScoreCheck {
  const [family = ''] = (pack.manifest.license ?? '').split(/[\s(-]/);
  const text = textOf(pack, 'LICENSE');
  const shape = Object.hasOwn(LICENCE_TEXTS, family) ? LICENCE_TEXTS[family] : undefined;
  const isRight = pack.manifest.license !== undefined && (shape === undefined ? text.length >= 200 : shape.test(text));
  const advice = 'add the text of the licence that the manifest names as LICENSE';
  return withAdvice({ name: 'LICENSE is the text of the licence that the manifest names', points: 3, measured: present(isRight) }, advice);
}

function changelogCheck(pack: Pack): ScoreCheck {
  const { version } = pack.manifest;
  const sections = extractChangelog(textOf(pack, 'CHANGELOG.md'), { after: '0.0.0-0', upTo: version });
  const has = sections.some((section) => section.version === version);
  return withAdvice(
    { name: 'CHANGELOG.md has the version', points: 2, measured: present(has) },
    `begin a section with the line "## ${version}"`,
  );
}

function keywordCheck(pack: Pack): ScoreCheck {
  const { keywords, packages } = pack.manifest;
  const names = [...pack.files.keys()].join('\n');
  const texts = [...pack.files].filter(([path]) => path !== 'pack.toml').map(([, { content }]) => decodeText(content) ?? '');
  const content = [names, ...texts, ...packages.map(({ name }) => name)].join('\n').toLowerCase();
  const measured = keywords.length === 0 ? { done: 0, of: 1 } : countOf(keywords, (keyword) => content.includes(keyword.toLowerCase()));
  const advice = keywords.length === 0 ? 'add keywords' : 'use keywords that occur in what the pack has besides its manifest';
  return withAdvice({ name: 'keywords that occur in the files of the pack', points: 2, measured }, advice);
}

function withAdvice(check: Omit<ScoreCheck, 'advice'>, advice: string): ScoreCheck {
  return check.measured.done < check.measured.of ? { ...check, advice } : check;
}

function textOf({ files }: Pack, path: string): string {
  return textAt(files, path) ?? '';
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1);
}
