import type { KeyPath } from '../manifest/key-path.ts';
import type { PackManifest } from '../pack/pack-manifest.ts';
import { TEMPLATE_SUFFIX } from '../template/list-templates.ts';
import { compileGlob } from '../text/glob.ts';
import { textAt } from '../tree/file-text.ts';
import { sortedPaths } from '../tree/file-tree.ts';
import type { LintFacts } from './lint-facts.ts';
import type { Fix, LintFinding, Rule, RuleFinding } from './rule.ts';

/** How a comment begins that allows findings on its line and on the next. */
export const ALLOW_COMMENT = 'packsmith: allow ';

/** A statement of the author that findings of a rule are right. */
export interface Suppression {
  readonly rule: string;
  /** What it says, for people. */
  readonly what: string;
  readonly where: RuleFinding['where'];
  readonly fix: Fix;
  readonly matches: (finding: LintFinding) => boolean;
}

/** The rule about suppressions, which cannot be suppressed itself. */
export const UNUSED_SUPPRESSION: Omit<Rule, 'check'> = {
  id: 'unused-suppression',
  severity: 'warning',
  summary: 'An `allow`, or a rule that is `off`, suppresses nothing, or names a rule that does not exist',
  reason: 'It stays when its reason is gone, and hides the next finding.',
  cure: 'Remove it.',
  isFixable: true,
};

/** All suppressions of a pack: rules that are off, `[[lint.allow]]`, and comments in templates and in `pack.toml`. */
export function listSuppressions(facts: LintFacts): Suppression[] {
  const { manifest } = facts.pack;
  return [...listOff(manifest, facts), ...listAllowances(manifest, facts), ...listComments(facts)];
}

function listOff({ lint }: PackManifest, { locate }: LintFacts): Suppression[] {
  return [...lint.severity].flatMap(([rule, level]): Suppression[] => {
    const path: string[] = ['lint', 'severity', rule];
    if (level !== 'off') return [];
    const what = `lint.severity.${rule} = "off"`;
    return [{ rule, what, where: locate(path), fix: { kind: 'remove-key', path }, matches: (finding) => finding.rule === rule }];
  });
}

function listAllowances({ lint }: PackManifest, { locate }: LintFacts): Suppression[] {
  return lint.allow.map(({ rule, in: place }, index) => {
    const key: KeyPath = ['lint', 'allow', index];
    const glob = place === undefined ? undefined : compileGlob(place);
    const isIn = ({ where, subject }: RuleFinding) =>
      glob === undefined ||
      where.file === place ||
      glob.matches(where.file) ||
      (subject !== undefined && (subject === place || subject.startsWith(`${place}.`)));
    return {
      rule,
      what: `[[lint.allow]] ${index + 1} (${rule})`,
      where: locate(key),
      fix: { kind: 'remove-allowance', index },
      matches: (finding) => finding.rule === rule && isIn(finding),
    };
  });
}

function listComments({ pack }: LintFacts): Suppression[] {
  return sortedPaths(pack.files).flatMap((file) => {
    const isTemplate = file.endsWith(TEMPLATE_SUFFIX);
    if (isTemplate ? !hasComments(pack.manifest) : file !== 'pack.toml') return [];
    const text = textAt(pack.files, file) ?? '';
    return text
      .split('\n')
      .flatMap((line, index) =>
        readComment(line, isTemplate).flatMap(({ rules, comment }) =>
          rules.map((rule) => toSuppression({ rule, comment, file, line: index + 1 })),
        ),
      );
  });
}

/** Whether `{#` begins a comment of a template: in Liquid, and where a pack chooses other delimiters, it is text. */
function hasComments({ language }: PackManifest): boolean {
  return language === undefined || (language.dialect !== 'liquid' && language.delimiters.size === 0);
}

interface AllowComment {
  readonly rule: string;
  readonly comment: string;
  readonly file: string;
  readonly line: number;
}

function toSuppression({ rule, comment, file, line }: AllowComment): Suppression {
  return {
    rule,
    what: `the comment that allows ${rule}`,
    where: { file, line },
    fix: { kind: 'remove-comment', file, line, text: comment },
    matches: (finding) => {
      const at = finding.where.file === file ? (finding.where.line ?? 1) : 0;
      return finding.rule === rule && (at === line || at === line + 1);
    },
  };
}

/** `{# packsmith: allow RULE, RULE: reason #}` in a template, `# packsmith: allow RULE: reason` in `pack.toml`. */
function readComment(line: string, isTemplate: boolean): { readonly rules: readonly string[]; readonly comment: string }[] {
  const at = line.indexOf(ALLOW_COMMENT);
  if (at < 0) return [];
  const start = line.lastIndexOf(isTemplate ? '{#' : '#', at);
  const end = isTemplate ? line.indexOf('#}', at) : line.length;
  if (
    start < 0 ||
    end < 0 ||
    line
      .slice(start, at)
      .replace(/^\{?#[-+]?/, '')
      .trim() !== ''
  )
    return [];
  const words = (line.slice(at + ALLOW_COMMENT.length, end).split(':')[0] ?? '').replace(/[-+]$/, '');
  const rules = words
    .split(',')
    .map((word) => word.trim())
    .filter((word) => /^[a-z][a-z-]{1,60}$/.test(word));
  return rules.length === 0 ? [] : [{ rules, comment: line.slice(start, isTemplate ? end + 2 : end) }];
}
