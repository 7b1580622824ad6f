import type { Severity } from '../diagnostics/diagnostic.ts';
import { compareText } from '../text/compare-text.ts';
import { nearest } from '../text/nearest.ts';
import type { LintFacts } from './lint-facts.ts';
import type { LintFinding, Rule, RuleFinding } from './rule.ts';
import { ALL_RULES } from './rules/all-rules.ts';
import { listSuppressions, type Suppression, UNUSED_SUPPRESSION } from './suppressions.ts';

export interface LintOutcome {
  /** By file, line, column and rule. */
  readonly findings: readonly LintFinding[];
  /** Findings that the pack allows. */
  readonly suppressed: readonly LintFinding[];
}

/** Applies every rule that fits the language of a pack to it, at the severity that the pack gives it, and takes out what the pack allows. Suppressions that suppress nothing are findings. */
export function lintPack(facts: LintFacts, rules: readonly Rule[] = ALL_RULES): LintOutcome {
  const { severity } = facts.pack.manifest.lint;
  const levelOf = (rule: Omit<Rule, 'check'>): Severity => {
    const level = severity.get(rule.id) ?? rule.severity;
    return level === 'off' ? rule.severity : level;
  };
  const isOther = facts.pack.manifest.language !== undefined;
  const fitting = rules.filter(({ isOfOwnLanguage = false }) => !(isOther && isOfOwnLanguage));
  const all = fitting.flatMap((rule) =>
    rule.check(facts).map((finding): LintFinding => ({ ...finding, rule: rule.id, severity: levelOf(rule) })),
  );
  const suppressions = listSuppressions(facts);
  const used = new Set<Suppression>();
  const suppressed: LintFinding[] = [];
  const findings = all.filter((finding) => {
    const matching = suppressions.filter(({ matches }) => matches(finding));
    for (const suppression of matching) used.add(suppression);
    if (matching.length > 0) suppressed.push(finding);
    return matching.length === 0;
  });
  const known = new Set(rules.map(({ id }) => id));
  const idle = suppressions.filter((suppression) => !used.has(suppression)).map((suppression) => explainIdle(suppression, known));
  const own = idle.map((finding): LintFinding => ({ ...finding, rule: UNUSED_SUPPRESSION.id, severity: levelOf(UNUSED_SUPPRESSION) }));
  return { findings: [...findings, ...own].sort(byPosition), suppressed: suppressed.sort(byPosition) };
}

function explainIdle({ rule, what, where, fix }: Suppression, known: ReadonlySet<string>): RuleFinding {
  if (known.has(rule)) return { message: `${what} suppresses nothing`, where, fix, suggestion: 'remove it' };
  const [near] = nearest(rule, known, 1);
  // A mistyped id is mended, not removed.
  const cure = near === undefined ? { fix, suggestion: 'remove it' } : { suggestion: `did you mean ${near}?` };
  return { message: `${what} names no rule`, where, ...cure };
}

function byPosition(a: LintFinding, b: LintFinding): number {
  return (
    compareText(a.where.file, b.where.file) ||
    (a.where.line ?? 0) - (b.where.line ?? 0) ||
    (a.where.column ?? 0) - (b.where.column ?? 0) ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}
