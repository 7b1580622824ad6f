import type { Severity } from '../diagnostics/diagnostic.ts';
import type { LintFinding, Rule } from './rule.ts';

export interface SarifRequest {
  readonly toolVersion: string;
  readonly rules: readonly Omit<Rule, 'check'>[];
  readonly findings: readonly LintFinding[];
  readonly suppressed: readonly LintFinding[];
  /** The directory of the pack below the repository, ending in `/`, or empty. */
  readonly prefix: string;
}

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { error: 'error', warning: 'warning', info: 'note' };

/** Findings in SARIF 2.1.0, as code-scanning services read it. The same findings give the same document. */
export function formatSarif({ toolVersion, rules, findings, suppressed, prefix }: SarifRequest): object {
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const results = [
    ...findings.map((finding) => toResult(finding, indexOf, prefix)),
    ...suppressed.map((finding) => ({ ...toResult(finding, indexOf, prefix), suppressions: [{ kind: 'inSource' }] })),
  ];
  const driver = { name: 'packsmith', semanticVersion: toolVersion, rules: rules.map(toRule) };
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  };
}

function toRule({ id, severity, summary, reason, cure }: Omit<Rule, 'check'>): object {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: reason },
    help: { text: cure },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function toResult(finding: LintFinding, indexOf: ReadonlyMap<string, number>, prefix: string) {
  const { rule, severity, message, suggestion, where, subject } = finding;
  const { file, line, column } = where;
  const region = line === undefined ? {} : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } };
  const artifactLocation = { uri: (prefix + file).split('/').map(encodeURIComponent).join('/') };
  const logical = subject === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: subject }] };
  return {
    ruleId: rule,
    ruleIndex: indexOf.get(rule) ?? -1,
    level: LEVELS[severity],
    message: { text: suggestion === undefined ? message : `${message}: ${suggestion}` },
    locations: [{ physicalLocation: { artifactLocation, ...region }, ...logical }],
  };
}
