import type { GateName } from '../../core/publish/check-gates.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';
import type { CreatedPack } from '../../ops/author/create-pack.ts';
import type { MarkedVersion } from '../../ops/author/mark-version.ts';
import type { PublishPlan } from '../../ops/author/publish-pack.ts';
import type { Style } from '../style.ts';
import type { Terminal } from '../terminal.ts';
import { formatBytes } from './format-bytes.ts';
import { formatCount } from './format-value.ts';
import { viewTable } from './table.ts';

/** A new pack and its files. */
export function viewCreatedPack({ id, directory, files }: CreatedPack, { style }: Terminal): string {
  const lines = files.map((file) => `  ${stripControlLine(file)}\n`).join('');
  return `${style.green('created')}: ${style.bold(id)} in ${stripControlLine(directory)}\n${lines}`;
}

const GATES: Readonly<Record<GateName, string>> = {
  valid: 'the manifest and the templates are valid',
  readme: 'README.md is there',
  changelog: 'CHANGELOG.md has the version',
  license: 'LICENSE is there, and the manifest names it',
  size: 'within the limits',
  secrets: 'no secrets',
  version: 'the version is new',
  compatibility: 'a breaking change shows in the version',
  tests: 'its test cases pass',
};

/** What is or would be published: the files, the archive, the gates. The findings of gates that are not passed follow as the failure. */
export function viewPublication(
  plan: PublishPlan,
  { isDryRun, terminal }: { readonly isDryRun: boolean; readonly terminal: Terminal },
): string {
  const { style } = terminal;
  const files = isDryRun ? `${viewFiles(plan, terminal)}\n` : '';
  const gates = isDryRun || !plan.passes ? `${viewGates(plan, style)}\n` : '';
  return files + gates + describeOutcome(plan, { isDryRun, style });
}

function viewFiles({ files }: PublishPlan, terminal: Terminal): string {
  const columns = [
    { title: 'FILE', cells: files.map(({ path }) => path), isFlexible: true },
    { title: 'SIZE', cells: files.map(({ bytes }) => formatBytes(bytes)) },
  ];
  return viewTable(columns, terminal);
}

function viewGates({ gates, tests }: PublishPlan, style: Style): string {
  const lines = gates.map(({ name, passed }) => {
    const mark = passed ? style.green('ok  ') : style.red('FAIL');
    return `${mark}  ${name === 'tests' && passed ? describeTests(tests) : GATES[name]}\n`;
  });
  return [...lines, ...(tests === undefined ? [`${style.dim('-')}     its test cases were not run\n`] : [])].join('');
}

function describeTests(tests: PublishPlan['tests']): string {
  const { passed = 0, leftOut = [] } = tests ?? {};
  const left = leftOut.length === 0 ? '' : `; ${leftOut.join(', ')} left out, as no earlier version is published`;
  return passed === 0
    ? `it has no test case to run${left}`
    : `${passed === 1 ? 'its test case passes' : `its ${passed} test cases pass`}${left}`;
}

function describeOutcome(plan: PublishPlan, { isDryRun, style }: { readonly isDryRun: boolean; readonly style: Style }): string {
  const { id, version, registry, tag, files, archiveBytes, unpackedBytes, integrity, signature, passes } = plan;
  if (id === undefined) return '';
  const place = registry === undefined ? 'a registry that is not named: its versions were not looked at' : registry.location;
  const word = isDryRun || !passes ? style.yellow(passes ? 'would publish' : 'not published') : style.green('published');
  const lines = [
    `${word}: ${style.bold(`${id} ${version}`)} as ${stripControlLine(tag ?? '')} to ${stripControlLine(place)}`,
    `  ${formatCount(files.length, 'file')}, ${formatBytes(unpackedBytes)}; the archive has ${formatBytes(archiveBytes)}`,
    `  ${integrity}`,
    signature === undefined ? '  not signed' : `  signed with the key ${signature.key} (${signature.keyId})`,
  ];
  return `${lines.join('\n')}\n`;
}

/** A version that was yanked or deprecated. */
export function viewMarkedVersion({ id, version, status, notice, location }: MarkedVersion, { style }: Terminal): string {
  return `${style.green(status)}: ${style.bold(`${id} ${version}`)} at ${stripControlLine(location)}: ${stripControlLine(notice)}\n`;
}
