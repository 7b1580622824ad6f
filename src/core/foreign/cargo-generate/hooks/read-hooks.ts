import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { PacksmithError } from '../../../diagnostics/packsmith-error.ts';
import type { RhaiScript } from '../../../rhai/nodes.ts';
import { parseRhai } from '../../../rhai/parse-rhai.ts';
import { positionAt } from '../../../text/position-at.ts';
import { utf8At } from '../../../tree/file-text.ts';
import type { FileTree } from '../../../tree/file-tree.ts';
import type { ProjectPath } from '../../../tree/project-path.ts';
import type { TranslatedPart } from '../../foreign-template.ts';
import { bare, isReplaced, withoutSuffix } from '../list-files.ts';
import { type CargoConfig, CONFIG_FILE, HOOK_STAGES } from '../read-config.ts';
import { findQuestions } from './collect-questions.ts';
import type { HookProgram } from './hook-program.ts';
import { type HookScript, makeRunner } from './hook-runner.ts';
import { describeScript, judgeScript } from './judge-script.ts';

/** Reads the scripts of a template. */
export function readHooks(files: FileTree, config: CargoConfig): HookProgram {
  const diagnostics: Diagnostic[] = [];
  const left: TranslatedPart[] = [];
  const scripts = HOOK_STAGES.flatMap((stage) =>
    config.hooks[stage].flatMap((name): HookScript[] => {
      const script = readScript(bare(name), files, diagnostics);
      if (script === undefined) return [];
      const judgement = judgeScript(script);
      diagnostics.push(...judgement.diagnostics);
      left.push(leftOut(script));
      return judgement.runs ? [{ stage, script }] : [];
    }),
  );
  const found = withoutSuffixes(files);
  const questions = findQuestions(scripts, { files: found, config, diagnostics });
  const runner = makeRunner(scripts, questions);
  return {
    diagnostics: unique(diagnostics),
    files: found,
    questionsOf: (stage) => questions.filter((question) => question.stage === stage).map(({ definition }) => definition),
    run: runner.run,
    findAsked: runner.findAsked,
    report: () => left,
  };
}

function readScript(path: string, files: FileTree, diagnostics: Diagnostic[]): RhaiScript | undefined {
  const text = files.has(path as ProjectPath) ? utf8At(files, path) : undefined;
  if (text === undefined) {
    diagnostics.push(missingScript(path, utf8At(files, CONFIG_FILE) ?? ''));
    return undefined;
  }
  try {
    return parseRhai(text, path);
  } catch (error) {
    if (!(error instanceof PacksmithError)) throw error;
    const { message, where = { file: path }, hint } = error;
    const code = hint === undefined ? 'FOREIGN_INVALID' : 'FOREIGN_UNSUPPORTED';
    diagnostics.push({ code, severity: 'error', message, where, ...(hint !== undefined && { suggestion: hint }) });
    return undefined;
  }
}

function missingScript(path: string, config: string): Diagnostic {
  const at = config.indexOf(path);
  const where = { file: CONFIG_FILE, ...(at >= 0 && positionAt(config, at)) };
  const message = `the hook ${JSON.stringify(path)} is no file of the template in UTF-8`;
  return { code: 'FOREIGN_INVALID', severity: 'error', message, where, suggestion: 'add it, or take it out of [hooks]' };
}

function withoutSuffixes(files: FileTree): FileTree {
  const kept = [...files].filter(([path]) => !path.startsWith('.git/') && !isReplaced(path, files));
  return new Map(kept.map(([path, entry]) => [withoutSuffix(path) as ProjectPath, entry]));
}

function leftOut(script: RhaiScript): TranslatedPart {
  const { note, line } = describeScript(script);
  return { outcome: 'left out', what: `the hook ${script.name}`, note, where: { file: script.name, ...(line !== undefined && { line }) } };
}

/** A script may be named more than once. */
function unique(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Map(diagnostics.map((one) => [JSON.stringify([one.message, one.where]), one]));
  return [...seen.values()];
}
