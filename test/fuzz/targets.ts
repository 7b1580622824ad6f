import type { FuzzTarget } from './fuzz-target.ts';
import { answers, foreignRecord } from './targets/answers.ts';
import { archive } from './targets/archive.ts';
import { dataFile, packCase } from './targets/cases.ts';
import { cargoGenerate, cookiecutter, copier } from './targets/foreign.ts';
import { globs, ignoreRules, patterns } from './targets/globs.ts';
import { packManifest, projectManifest, userConfig } from './targets/manifests.ts';
import { mergeTargets } from './targets/merges.ts';
import { outputPath, packReference, versionRanges } from './targets/names.ts';
import { python } from './targets/python.ts';
import { baseline, bundle, installedLock, lockfile, signature } from './targets/records.ts';
import { folderIndex, packument } from './targets/registries.ts';
import { rhai } from './targets/rhai.ts';
import { diff, reports, secrets, shownText } from './targets/shown.ts';
import { rdf, sparql } from './targets/sparql.ts';
import { templateLiquid, templatePython, templateStrict } from './targets/templates.ts';
import { textMerge } from './targets/text.ts';

/** Everything that takes input from elsewhere and can be run by itself. */
export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  packManifest,
  projectManifest,
  userConfig,
  packCase,
  lockfile,
  baseline,
  installedLock,
  bundle,
  signature,
  packReference,
  versionRanges,
  outputPath,
  globs,
  ignoreRules,
  patterns,
  templateStrict,
  templatePython,
  templateLiquid,
  textMerge,
  ...mergeTargets,
  archive,
  folderIndex,
  packument,
  cookiecutter,
  copier,
  cargoGenerate,
  rhai,
  python,
  foreignRecord,
  answers,
  dataFile,
  sparql,
  rdf,
  shownText,
  diff,
  reports,
  secrets,
];
