import { usesData } from '../data/pack-data.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { extractChangelog } from '../install/changelog.ts';
import { checkPatterns } from '../manifest/check-patterns.ts';
import { LIMITS, type LimitName } from '../manifest/limits.ts';
import { parsePackManifest } from '../manifest/parse-pack-manifest.ts';
import type { Pack } from '../pack/pack.ts';
import type { PackManifest } from '../pack/pack-manifest.ts';
import { compareVersions } from '../pack/versions.ts';
import { findBreakingChanges } from '../quality/breaking-changes.ts';
import { checkData } from '../quality/check-data.ts';
import { checkTemplates } from '../quality/check-templates.ts';
import { checkVariables } from '../quality/check-variables.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { utf8At } from '../tree/file-text.ts';
import type { FileTree } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { scanSecrets } from './scan-secrets.ts';
import { announcesBreakage, isPrerelease, type PublishedVersion } from './version-policy.ts';

export type GateName = 'valid' | 'readme' | 'changelog' | 'license' | 'size' | 'secrets' | 'version' | 'compatibility' | 'tests';

/** One thing that publishing asks for. It is passed when none of its findings is an error. */
export interface Gate {
  readonly name: GateName;
  readonly passed: boolean;
  readonly findings: readonly Diagnostic[];
}

/** What of a pack can be judged before anything is known of the registry. */
export interface ContentFacts {
  /** Everything that would be published, `pack.toml` included. */
  readonly files: FileTree;
}

/** What the registry says. */
export interface RegistryFacts {
  readonly published: readonly PublishedVersion[];
  /** The newest version below the new one, where there is one and it could be read. */
  readonly previous: Pack | undefined;
  /** The tag that was asked for. */
  readonly tag: string | undefined;
}

export interface ContentReport {
  /** Absent when the manifest has errors. */
  readonly pack: Pack | undefined;
  readonly gates: readonly Gate[];
}

/** Judges the content of a pack: all gates, all findings, also where the manifest cannot be used. */
export function checkContentGates({ files }: ContentFacts): ContentReport {
  const { manifest, diagnostics } = readManifest(files);
  const pack =
    manifest === undefined ? undefined : { manifest, files, provenance: { kind: 'local', location: '.' } as const, integrity: '' };
  const findings: readonly (readonly [GateName, readonly Diagnostic[]])[] = [
    ['valid', [...diagnostics, ...(pack === undefined ? [] : checkWhole(pack))]],
    ['readme', checkFile(files, 'README.md')],
    ['changelog', checkChangelog(files, manifest?.version)],
    ['license', [...checkFile(files, 'LICENSE'), ...checkLicenseField(manifest)]],
    ['size', checkSizes(files)],
    ['secrets', scanSecrets(files)],
  ];
  return { pack, gates: findings.map(([name, found]) => toGate(name, found)) };
}

/** Judges a pack against what is published: its version must be new, and a breaking change must show in it. */
export function checkRegistryGates(pack: Pack, facts: RegistryFacts): readonly Gate[] {
  return [toGate('version', checkVersion(pack.manifest, facts)), toGate('compatibility', checkCompatibility(pack, facts.previous))];
}

/** What `packs validate` says of more than the manifest. Templates of another language have names that this format does not know. */
function checkWhole(pack: Pack): Diagnostic[] {
  const variables = pack.manifest.language === undefined ? checkVariables(pack) : [];
  return [...variables, ...checkTemplates(pack), ...(usesData(pack) ? checkData(pack) : [])];
}

/** The gates, one of them with findings that are made elsewhere. */
export function addFindings(gates: readonly Gate[], name: GateName, findings: readonly Diagnostic[]): readonly Gate[] {
  return gates.map((gate) => (gate.name === name ? toGate(name, [...gate.findings, ...findings]) : gate));
}

function toGate(name: GateName, findings: readonly Diagnostic[]): Gate {
  return { name, passed: findings.every(({ severity }) => severity !== 'error'), findings };
}

function readManifest(files: FileTree): { manifest: PackManifest | undefined; diagnostics: readonly Diagnostic[] } {
  const file = 'pack.toml';
  const entry = files.get(file as ProjectPath);
  if (entry === undefined) return { manifest: undefined, diagnostics: [missingFile(file)] };
  const text = decodeUtf8(entry.content);
  if (text === undefined) {
    const invalid = { code: 'MANIFEST_SYNTAX', severity: 'error', message: 'the manifest is not valid UTF-8', where: { file } } as const;
    return { manifest: undefined, diagnostics: [invalid] };
  }
  const { manifest, diagnostics } = parsePackManifest(text);
  return { manifest, diagnostics: manifest === undefined ? diagnostics : [...diagnostics, ...checkPatterns(manifest, { text, file })] };
}

function missingFile(name: string): Diagnostic {
  return {
    code: 'PACK_FILE_MISSING',
    severity: 'error',
    message: `there is no ${name}`,
    suggestion: 'add it before the pack is published',
  };
}

function checkFile(files: FileTree, name: string): Diagnostic[] {
  const entry = files.get(name as ProjectPath);
  if (entry === undefined) return [missingFile(name)];
  if ((decodeUtf8(entry.content) ?? 'x').trim() !== '') return [];
  return [{ code: 'PACK_FILE_MISSING', severity: 'error', message: `${name} is empty`, where: { file: name } }];
}

function checkChangelog(files: FileTree, version: string | undefined): Diagnostic[] {
  const file = 'CHANGELOG.md';
  const missing = checkFile(files, file);
  if (missing.length > 0 || version === undefined) return missing;
  const text = utf8At(files, file) ?? '';
  if (extractChangelog(text, { after: '0.0.0-0', upTo: version }).some((section) => section.version === version)) return [];
  const message = `the changelog has no section for ${version}`;
  return [
    {
      code: 'CHANGELOG_VERSION_MISSING',
      severity: 'error',
      message,
      where: { file },
      suggestion: `begin one with the line "## ${version}"`,
    },
  ];
}

function checkLicenseField(manifest: PackManifest | undefined): Diagnostic[] {
  if (manifest === undefined || manifest.license !== undefined) return [];
  const suggestion = 'add license = "MIT", or another SPDX expression, to [pack]';
  return [
    { code: 'LICENSE_MISSING', severity: 'error', message: 'the manifest names no license', where: { file: 'pack.toml' }, suggestion },
  ];
}

function checkSizes(files: FileTree): Diagnostic[] {
  const sizes = [...files].map(([path, { content }]) => ({ path, size: content.byteLength }));
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  const whole = [findOverrun('packFiles', files.size), findOverrun('packBytes', total)];
  const single = sizes.map(({ path, size }) => findOverrun('templateFileBytes', size, path));
  return [...whole, ...single].filter((finding) => finding !== undefined);
}

function findOverrun(name: LimitName, measured: number, path?: string): Diagnostic | undefined {
  const { what, maximum, unit } = LIMITS[name];
  if (measured <= maximum) return undefined;
  const message = `${path ?? what} has ${measured} ${unit}; the limit is ${maximum} ${unit} (${name})`;
  return { code: 'PACK_FILES_INVALID', severity: 'error', message, ...(path === undefined ? {} : { where: { file: path } }) };
}

function checkVersion({ id, version }: PackManifest, { published, tag }: RegistryFacts): Diagnostic[] {
  const finding = (message: string, suggestion: string): Diagnostic[] => [
    { code: 'VERSION_NOT_NEW', severity: 'error', message, where: { file: 'pack.toml' }, suggestion },
  ];
  if (published.some((candidate) => candidate.version === version)) {
    return finding(`${id} ${version} is published already`, 'raise the version: what is published never changes');
  }
  const newest = [...published].map((candidate) => candidate.version).sort((a, b) => compareVersions(b, a))[0];
  const isOlder = newest !== undefined && compareVersions(version, newest) < 0;
  if (!isOlder || tag !== undefined || isPrerelease(newest)) return [];
  return finding(
    `${version} is older than ${newest}, the newest version that is published`,
    'name it with --tag, so that it does not become the latest',
  );
}

function checkCompatibility(pack: Pack, previous: Pack | undefined): Diagnostic[] {
  if (previous === undefined || announcesBreakage(previous.manifest.version, pack.manifest.version)) return [];
  const versions = `${pack.manifest.version} does not say so after ${previous.manifest.version}`;
  return findBreakingChanges(previous, pack).map(({ message }) => ({
    code: 'BREAKING_CHANGE',
    severity: 'error',
    message: `${message}: this breaks, and ${versions}`,
    where: { file: 'pack.toml' },
    suggestion: 'raise the major version (before 1.0.0: the minor version)',
  }));
}
