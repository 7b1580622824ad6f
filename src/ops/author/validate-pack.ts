import { usesData } from '../../core/data/pack-data.ts';
import { type Diagnostic, hasErrors } from '../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { isOwnFormat } from '../../core/pack/is-own-format.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { checkTemplates } from '../../core/quality/check-templates.ts';
import { checkVariables } from '../../core/quality/check-variables.ts';
import type { CheckName } from '../../core/quality/validation-checks.ts';
import { listTemplates } from '../../core/template/list-templates.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';
import type { PackDataPorts } from '../data/check-pack-data.ts';
import { inspectNamedPack, type LoadOptions } from '../packs/load-named-pack.ts';
import { findUnsupported } from '../packs/require-supported.ts';
import type { ResolvePorts } from '../packs/resolved-packs.ts';

export interface ValidateRequest extends LoadOptions {
  readonly reference: string;
  /** Only these of the checks that render nothing; all of them when absent. */
  readonly checks?: ReadonlySet<CheckName>;
}

export interface ValidationResult {
  /** Absent when the manifest cannot be read. */
  readonly id: string | undefined;
  readonly version: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly isValid: boolean;
  readonly counts: {
    readonly files: number;
    readonly templates: number;
    readonly variables: number;
    readonly errors: number;
    readonly warnings: number;
  };
}

/** What must be there before a pack is published. */
const PUBLISHING_FILES = ['README.md', 'CHANGELOG.md', 'LICENSE'];

/**
 * Checks a pack without rendering it: manifest, files, templates, names, and where there is an engine for RDF the content of its data. Everything wrong with its content is a diagnostic.
 * @throws PacksmithError as `loadNamedPack` does, but for what is about the content.
 */
export async function validatePack(
  { reference, checks, ...options }: ValidateRequest,
  ports: ResolvePorts & Partial<PackDataPorts>,
): Promise<ValidationResult> {
  const wants = (name: CheckName) => checks?.has(name) !== false;
  try {
    const { pack, diagnostics } = await inspectNamedPack(reference, options, ports);
    return toValidation(
      [
        ...(wants('manifest') ? [...diagnostics, ...checkRequirement(pack, ports), ...(await checkPatternsOf(pack))] : []),
        ...(wants('variables') ? checkVariables(pack) : []),
        ...(wants('templates') ? [...checkTemplates(pack), ...(pack.foreign?.check?.() ?? [])] : []),
        ...(wants('data') ? await checkDataOf(pack, ports) : []),
        ...(wants('tests') ? await checkCasesOf(pack) : []),
        ...(wants('files') && isOwnFormat(pack) ? checkPublishingFiles(pack) : []),
      ],
      pack,
    );
  } catch (error) {
    if (!(error instanceof PacksmithError) || !CONTENT_CODES.has(error.code)) throw error;
    const own: Diagnostic = { code: 'PACK_FILES_INVALID', severity: 'error', message: error.message };
    return toValidation(error.diagnostics.length > 0 ? error.diagnostics : [own], undefined);
  }
}

/** Failures to load a pack that are about its content, not about where it is. */
const CONTENT_CODES = new Set(['MANIFEST_INVALID', 'PACK_TOO_LARGE', 'PACK_UNREADABLE']);

/** What reads queries is loaded only where there are some. */
async function checkDataOf(pack: Pack, { openSparqlEngine, dataFiles }: Partial<PackDataPorts>): Promise<Diagnostic[]> {
  if (!usesData(pack) && !pack.files.has('ontology.ttl' as ProjectPath)) return [];
  const { checkData } = await import('../../core/quality/check-data.ts');
  const found = checkData(pack);
  if (openSparqlEngine === undefined || dataFiles === undefined) return found;
  const { checkPackData } = await import('../data/check-pack-data.ts');
  return [...found, ...(await checkPackData(pack, { openSparqlEngine, dataFiles }))];
}

/** The engine for regular expressions is large, so that it is loaded only where there is one. */
async function checkPatternsOf({ manifest, files }: Pack): Promise<Diagnostic[]> {
  const content = files.get(MANIFEST_FILE)?.content;
  const text = content === undefined ? undefined : decodeUtf8(content);
  if (text === undefined || manifest.variables.every(({ pattern }) => pattern === undefined)) return [];
  const { checkPatterns } = await import('../../core/manifest/check-patterns.ts');
  return checkPatterns(manifest, { text, file: MANIFEST_FILE });
}

/** What reads test cases is loaded only where there are some. */
async function checkCasesOf(pack: Pack): Promise<readonly Diagnostic[]> {
  if (![...pack.files.keys()].some((path) => path.startsWith('tests/') && path.endsWith('.toml'))) return [];
  const { readPackCases } = await import('./read-pack-cases.ts');
  return readPackCases(pack).diagnostics;
}

function checkRequirement({ manifest }: Pack, ports: Pick<Ports, 'toolVersion'>): Diagnostic[] {
  const reason = findUnsupported(manifest.requires, ports);
  if (reason === undefined) return [];
  return [{ code: 'PACKSMITH_UNSUITABLE', severity: 'error', message: `${manifest.id} ${reason}`, where: { file: MANIFEST_FILE } }];
}

const MANIFEST_FILE = 'pack.toml' as ProjectPath;

function checkPublishingFiles({ files }: Pack): Diagnostic[] {
  const missing = PUBLISHING_FILES.filter((name) => !files.has(name as ProjectPath));
  return missing.map((name) => ({
    code: 'PACK_FILE_MISSING',
    severity: 'warning',
    message: `there is no ${name}`,
    suggestion: 'add it before the pack is published',
  }));
}

/** Findings, counted and judged. */
export function toValidation(diagnostics: readonly Diagnostic[], pack: Pack | undefined): ValidationResult {
  const count = (severity: Diagnostic['severity']): number => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  return {
    id: pack?.manifest.id,
    version: pack?.manifest.version,
    diagnostics,
    isValid: !hasErrors(diagnostics),
    counts: {
      files: pack?.files.size ?? 0,
      templates: pack === undefined ? 0 : listTemplates(pack).length,
      variables: pack?.manifest.variables.length ?? 0,
      errors: count('error'),
      warnings: count('warning'),
    },
  };
}
