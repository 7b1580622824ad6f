import { formatPosition } from '../../core/diagnostics/format-position.ts';
import { stripControl } from '../../core/text/strip-control.ts';
import type { CaseReport, TestReport } from '../../ops/author/test-pack.ts';

/** The report in the XML of JUnit that CI servers read: a suite for the pack, a test case for each case. */
export function viewJunit({ id, version, cases, failed, milliseconds }: TestReport): string {
  const totals = `tests="${cases.length}" failures="${failed}" errors="0" time="${seconds(milliseconds)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="packs test" ${totals}>`,
    `  <testsuite name="${escapeXml(`${id} ${version}`)}" ${totals}>`,
    ...cases.flatMap((each) => viewCase(each, id)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function viewCase({ name, file, milliseconds, problems }: CaseReport, id: string): string[] {
  const open = `    <testcase name="${escapeXml(name)}" classname="${escapeXml(id)}" file="${escapeXml(file)}" time="${seconds(milliseconds)}"`;
  const [first] = problems;
  if (first === undefined) return [`${open}/>`];
  const text = problems.map(({ where, message, diff = '' }) => `${formatPosition(where)}: ${message}\n${diff}`).join('\n');
  return [`${open}>`, `      <failure message="${escapeXml(first.message)}">${escapeXml(text)}</failure>`, '    </testcase>'];
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

/** Characters that XML 1.0 does not know are left out. */
function escapeXml(text: string): string {
  return stripControl(text)
    .toWellFormed()
    .replaceAll(/[\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
