import { parseNpmrc } from '../../../src/adapters/sources/npm/npmrc.ts';
import { readPackument, toAvailableVersions } from '../../../src/adapters/sources/npm/packument.ts';
import { formatFolderIndex, parseFolderIndex } from '../../../src/core/registry/folder-index.ts';
import { findPathProblem } from '../../../src/core/tree/project-path.ts';
import { attempt, checkShown, type FuzzTarget, hold, partsOf, textOf } from '../fuzz-target.ts';

const JSON_WORDS = ['{', '}', '[', ']', ':', ',', '""', 'null', 'true', '0', '"../x"', '"__proto__"', '"\\u001b[31m"', '"1.0.0"', '"^1"'];

export const folderIndex: FuzzTarget = {
  name: 'registry-index',
  subject: 'the reader of a registry’s `index.json`',
  laws: ['read, or refused as an invalid response', 'archives are inside of the registry', 'what is written again is read as the same'],
  words: [
    ...JSON_WORDS,
    ...'"format" "packs" "versions" "tags" "archive" "integrity" "dependencies" "requires" "status" "yanked" "notice" "optional"'.split(
      ' ',
    ),
  ],
  maxBytes: 4000,
  run: (input) => {
    const parsed = attempt(['SOURCE_RESPONSE_INVALID'], () => parseFolderIndex(textOf(input)));
    if ('code' in parsed) return parsed.code;
    for (const { versions } of parsed.value.packs.values())
      for (const { archive } of versions.values()) hold(findPathProblem(archive) === undefined, 'an archive is inside');
    const written = formatFolderIndex(parsed.value);
    hold(formatFolderIndex(parseFolderIndex(written)) === written, 'an index is read as it is written');
    return `read ${Math.min(3, parsed.value.packs.size)}`;
  },
};

export const packument: FuzzTarget = {
  name: 'packument',
  subject: 'what npm registries answer, and `.npmrc`',
  laws: ['read, or in words why not', 'notices are fit to be shown'],
  words: [
    ...JSON_WORDS,
    ...'"name" "versions" "dist" "tarball" "integrity" "deprecated" "signatures" "time" "dist-tags" "packsmith" "yanked: x" //registry/:_authToken= $\u{7b}HOME} @s:registry='.split(
      ' ',
    ),
  ],
  maxBytes: 4000,
  run: (input) => {
    const [text = '', npmrc = ''] = partsOf(input);
    const settings = parseNpmrc(npmrc, { HOME: '/home/x' });
    let document: unknown;
    try {
      document = JSON.parse(text);
    } catch {
      return `no JSON ${settings.size}`;
    }
    const read = readPackument(document, 'pack');
    if (typeof read === 'string') return read.slice(0, 20);
    const versions = toAvailableVersions(read, { location: 'npm:pack', toReference: () => ({ kind: 'path', path: './x' }) });
    for (const { notice = '' } of versions) checkShown(notice);
    return `read ${Math.min(3, versions.length)}`;
  },
};
