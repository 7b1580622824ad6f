import type { PackManifest } from '../pack/pack-manifest.ts';
import { findForeignLetter, findPackNameProblem, isPackName, type PackName } from '../pack/pack-name.ts';
import { isVersion, isVersionRange } from '../pack/versions.ts';
import { quote } from './key-path.ts';
import type { Problems } from './problems.ts';
import { RANGE_HINT } from './read-packages.ts';
import { checkLicense } from './spdx.ts';
import { readString, readStrings, readTable, type Table } from './table.ts';

type PackSection = Pick<
  PackManifest,
  'version' | 'title' | 'description' | 'category' | 'license' | 'authors' | 'repository' | 'homepage' | 'keywords' | 'requires'
> & { readonly id: PackName | undefined };

/** Reads `[pack]`: the id, the version, the licence and what people see. */
export function readPackSection(document: Table, problems: Problems): PackSection {
  const table = readTable(document, 'pack');
  const id = readString(table, 'id') ?? '';
  checkVersions(table, problems);
  checkLicenseOf(table, problems);
  return {
    id: readId(table, problems),
    version: readString(table, 'version') ?? '',
    title: readString(table, 'title') ?? id,
    description: readString(table, 'description') ?? '',
    category: readString(table, 'category'),
    license: readString(table, 'license'),
    authors: readStrings(table, 'authors'),
    repository: readString(table, 'repository'),
    homepage: readString(table, 'homepage'),
    keywords: readKeywords(table, problems),
    requires: readString(table, 'requires'),
  };
}

function readId(table: Table, problems: Problems): PackName | undefined {
  const id = readString(table, 'id');
  if (id === undefined) return undefined;
  if (isPackName(id)) return id;
  const plain = id.toLowerCase().replaceAll(/[\s/]+/g, '-');
  const suggestion = isPackName(plain) ? `write "${plain}"` : undefined;
  problems.invalid(['pack', 'id'], `${quote(id)}: ${findForeignLetter(id) ?? findPackNameProblem(id)}`, suggestion);
  return undefined;
}

function checkVersions(table: Table, problems: Problems): void {
  const version = readString(table, 'version');
  if (version !== undefined && !isVersion(version)) {
    problems.invalid(['pack', 'version'], `${quote(version)} is not a version by SemVer 2.0.0`, suggestVersion(version));
  }
  const requires = readString(table, 'requires');
  if (requires !== undefined && !isVersionRange(requires)) {
    problems.invalid(['pack', 'requires'], `${quote(requires)} is not a version range`, RANGE_HINT);
  }
}

function suggestVersion(version: string): string {
  const [, major, minor = '0', patch = '0'] = /^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?$/.exec(version.trim()) ?? [];
  return major === undefined ? 'write three numbers, such as "1.2.0"' : `write "${Number(major)}.${Number(minor)}.${Number(patch)}"`;
}

function checkLicenseOf(table: Table, problems: Problems): void {
  const path = ['pack', 'license'];
  const license = readString(table, 'license');
  for (const { severity, message, suggestion = '' } of license === undefined ? [] : checkLicense(license)) {
    if (severity === 'error') problems.invalid(path, message, suggestion);
    else problems.warn(path, message, suggestion);
  }
}

function readKeywords(table: Table, problems: Problems): string[] {
  const keywords = readStrings(table, 'keywords');
  problems.exceeds('keywords', ['pack', 'keywords'], keywords.length);
  for (const [index, keyword] of keywords.entries()) {
    if (keywords.indexOf(keyword) < index && index < 20) {
      problems.conflict(['pack', 'keywords', index], `${quote(keyword)} is listed twice`, 'remove one');
    }
  }
  return keywords;
}
