// The report for people. Everything in it comes from the evidence and its score.
import type { Counts } from '../coverage/summarize.ts';
import { formatSummary } from '../mutation/format-scores.ts';
import type { Evidence, RegisterFact } from './evidence.ts';
import { GO_FROM, type Readiness } from './score.ts';

export function formatReadiness({ score, verdict, dimensions }: Readiness, evidence: Evidence): string {
  const { tests, workflows, quality, security } = evidence;
  const count = (status: string) => tests.filter((test) => test.status === status).length;
  const sections = [
    '# Production readiness',
    `**${score} of 100: ${verdict}** (go from ${GO_FROM}). Written by \`npm run readiness\` from what it executed; editing this page changes nothing, since every run computes it anew and ends with an error below ${GO_FROM}.`,
    `Commit \`${evidence.commit.slice(0, 12)}\`${evidence.isDirty ? ' with changes that are not committed' : ''}, ${evidence.startedAt.slice(0, 10)}, on ${evidence.machine}.`,
    table(
      ['', 'points', 'of'],
      dimensions.map(({ name, points, outOf }) => [name, String(points), String(outOf)]),
    ),
    '## Deductions',
    dimensions.some(({ deductions }) => deductions.length > 0)
      ? dimensions
          .flatMap(({ name, deductions }) => deductions.map(({ points, reason }) => `- ${name}: −${points}: ${oneLine(reason)}`))
          .join('\n')
      : 'None.',
    '## What was executed',
    table(
      ['', 'command', 'ended with', 'warnings', 'seconds'],
      [...evidence.build, quality.lint, quality.layers, quality.unused, ...evidence.documentation.commands, ...security.commands].map(
        (fact) => [fact.name, `\`${fact.command}\``, String(fact.exitCode), String(fact.warnings.length), fact.seconds.toFixed(1)],
      ),
    ),
    `Tests: ${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} not run, in ${new Set(tests.map(({ file }) => file)).size} files.`,
    '## Workflows',
    table(
      ['', 'workflow', 'tests passed', 'its packs commands', 'at most'],
      workflows.map((workflow) => [
        String(workflow.number),
        workflow.title,
        `${workflow.tests.filter(({ status }) => status === 'passed').length} of ${workflow.tests.length}`,
        workflow.seconds === undefined ? 'failed' : `${workflow.seconds.toFixed(2)} s`,
        `${workflow.secondsAtMost} s`,
      ]),
    ),
    '## Code',
    table(
      ['layer', 'branches that tests execute', 'in their own process alone', 'lines'],
      quality.coverage.map(({ layer, branches, inProcess, lines }) => [layer, percent(branches), percent(inProcess), percent(lines)]),
    ),
    ...quality.coverage.map(
      ({ layer, unmatched }) => `Branches of ${layer} that count only where tests execute them in their own process: ${unmatched}.`,
    ),
    `Lines of the program that stand twice: ${quality.duplicatedPercent === undefined ? 'not measured' : `${quality.duplicatedPercent.toFixed(2)} %`}.`,
    `Small changes that tests see, as \`npm run mutation\` recorded it, no part of this run and without points: ${formatSummary(quality.mutation)}.`,
    '## Threats and failure modes',
    [formatRegister('threats', security.register), formatRegister('failure modes', security.register)].join('\n'),
  ];
  return `${sections.join('\n\n')}\n`;
}

function formatRegister(kind: RegisterFact['register'], register: readonly RegisterFact[]): string {
  const own = register.filter((entry) => entry.register === kind);
  const isProven = ({ tests }: RegisterFact) =>
    tests.length > 0 && tests.every(({ found }) => found.length > 0 && found.every(({ status }) => status === 'passed'));
  return `- ${kind}: ${own.filter(isProven).length} of ${own.length} proven by tests of this run`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => oneLine(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const percent = ({ covered, total }: Counts) => (total === 0 ? 'none' : `${((100 * covered) / total).toFixed(1)} % of ${total}`);

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
