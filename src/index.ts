export type { Diagnostic, Severity, SourcePosition } from './core/diagnostics/diagnostic.ts';
export { DIAGNOSTIC_CODES, type DiagnosticCode } from './core/diagnostics/diagnostic-codes.ts';
export { ERROR_CODES, type ErrorCode } from './core/diagnostics/error-codes.ts';
export { PacksmithError, type PacksmithErrorOptions } from './core/diagnostics/packsmith-error.ts';
export type { InstallPlan, PlannedInstall, PlannedRemoval } from './core/install/install-plan.ts';
export type { InstalledLock, InstalledPack } from './core/install/installed-lock.ts';
export type { LockedFile, LockedInjection, LockedPack, Lockfile } from './core/lockfile/lockfile.ts';
export { parseLockfile } from './core/lockfile/parse-lockfile.ts';
export { LIMITS, type Limit, type LimitName } from './core/manifest/limits.ts';
export { parsePackManifest } from './core/manifest/parse-pack-manifest.ts';
export { parseProjectManifest } from './core/manifest/parse-project-manifest.ts';
export type { MergeMode, ProjectManifest, ProjectMergeRule, ProjectPack } from './core/manifest/project-manifest.ts';
export type { Pack } from './core/pack/pack.ts';
export type {
  EcosystemPackage,
  HookDeclaration,
  PackDependency,
  PackId,
  PackManifest,
  PackProvenance,
  TemplateDeclaration as PackTemplate,
  VariableDefinition,
  VariableType,
} from './core/pack/pack-manifest.ts';
export type { PackName } from './core/pack/pack-name.ts';
export { formatPackReference, type PackReference, parsePackReference } from './core/pack/pack-reference.ts';
export type { Value, ValueMap } from './core/pack/values.ts';
export type { GenerationPlan, Operation, PathAction, PathClass, PlannedHook, PlannedPath } from './core/plan/generation-plan.ts';
export type { AnswerEntry, GivenAnswers, GivenValue } from './core/template/answers/answer-types.ts';
export { type ProjectPath, parseProjectPath } from './core/tree/project-path.ts';
export { type AuthoringPorts, createNodePorts, type NodePorts, type NodeSettings } from './node-ports.ts';
export { type AdoptedPack, type Adoption, type AdoptRequest, planAdoption } from './ops/adopt/adopt-project.ts';
export { type ValidateRequest, type ValidationResult, validatePack } from './ops/author/validate-pack.ts';
export type { ApplyInstallOptions, InstallResult } from './ops/packs/install-packs.ts';
export { type ListRequest, listPacks, type PackList } from './ops/packs/list-packs.ts';
export { createPackInstaller, type PackInstaller } from './ops/packs/pack-installer.ts';
export type { PlanInstallRequest } from './ops/packs/plan-install.ts';
export { resolvePacks } from './ops/packs/resolve-packs.ts';
export type { ResolvedPackEntry, ResolvedPacks, ResolvePacksRequest } from './ops/packs/resolved-packs.ts';
export { type SearchRequest, type SearchResult, searchPacks } from './ops/packs/search-packs.ts';
export { type PackDetails, showPack, type TemplateSummary } from './ops/packs/show-pack.ts';
export { type AddRequest, planAdd } from './ops/project/add-packs.ts';
export { type ApplyRequest, type ApplyResult, applyGeneration } from './ops/project/apply-generation.ts';
export { type CheckedFile, checkProject, type FileState, type ProjectStatus } from './ops/project/check-project.ts';
export { diffPlan } from './ops/project/diff-plan.ts';
export { explainPath, type PathExplanation } from './ops/project/explain-path.ts';
export { planContinue } from './ops/project/finish-update.ts';
export { type MergeFoldersRequest, planFolderMerge } from './ops/project/merge-folders.ts';
export { createPackComposer, type PackComposer } from './ops/project/pack-composer.ts';
export { planAbort } from './ops/project/plan-abort.ts';
export { type GenerateRequest, planGeneration } from './ops/project/plan-generation.ts';
export type { GenerationPorts, GenerationPreview, ProjectOptions } from './ops/project/plan-wanted.ts';
export { planRegeneration, type RegenerateRequest } from './ops/project/regenerate-project.ts';
export { planRemove, type RemoveRequest } from './ops/project/remove-packs.ts';
export { listChanges, planUndo } from './ops/project/undo-change.ts';
export { planUpdate, type UpdateConflicts, type UpdateRequest } from './ops/project/update-project.ts';
export type { PackPlaces, PackRegistry } from './ports/pack-places.ts';
export type { CatalogueEntry, PackRepository } from './ports/pack-repository.ts';
export type { AvailableVersion, FetchedPack, PackSource } from './ports/pack-source.ts';
export type { PackStore } from './ports/pack-store.ts';
export type { Ports } from './ports/ports.ts';
export type { ProjectDir, Recovery, TransactionRecord } from './ports/project-dir.ts';
export type { Prompter } from './ports/prompter.ts';
export type { ProgressEvent, Reporter } from './ports/reporter.ts';
