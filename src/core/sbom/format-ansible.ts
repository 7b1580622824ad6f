import { Scalar, stringify } from 'yaml';
import type { PlannedPackage } from '../plan/generation-plan.ts';
import { stripControlLine } from '../text/strip-control.ts';
import { type Bill, formatRanges } from './bill.ts';

/**
 * A play that installs the packs of a bill, at exactly these versions, and the packages that they bring. It uses modules of ansible-core only, and
 * the play's variable `project_directory` says where packages of npm and Cargo go.
 */
export function formatAnsible({ subject, packs, packages }: Bill): string {
  const of = (ecosystem: string) => packages.filter((entry) => entry.ecosystem === ecosystem);
  const references = packs
    .map(({ id, version, source }) => (source === 'builtin' ? undefined : `${id}@${version}`))
    .filter((each) => each !== undefined);
  const tasks = [
    ...(references.length === 0 ? [] : [command('Install the packs', ['packs', 'install', ...references, '--yes'])]),
    ...npmTasks(of('npm')),
    ...(of('pypi').length === 0
      ? []
      : [
          {
            name: 'Install packages from PyPI',
            'ansible.builtin.pip': { name: of('pypi').map((entry) => literal(pipRequirement(entry))) },
          },
        ]),
    ...of('cargo').map((entry) =>
      command(
        `Add the crate ${entry.name}`,
        ['cargo', 'add', `${entry.name}@${formatRanges(entry)}`, ...(entry.dev ? ['--dev'] : [])],
        true,
      ),
    ),
  ];
  const play = {
    name: literal(`Install what ${[subject.name, subject.version].filter((part) => part !== undefined).join(' ')} needs`),
    hosts: '{{ target | default("localhost") }}',
    gather_facts: false,
    vars: { project_directory: '.' },
    tasks,
  };
  return `---\n${stringify([play], { lineWidth: 0 })}`;
}

function npmTasks(packages: readonly PlannedPackage[]): object[] {
  const groups = [
    { name: 'Install packages from npm', entries: packages.filter(({ dev }) => !dev), flags: [] },
    { name: 'Install packages for development from npm', entries: packages.filter(({ dev }) => dev), flags: ['--save-dev'] },
  ];
  return groups
    .filter(({ entries }) => entries.length > 0)
    .map(({ name, entries, flags }) =>
      command(name, ['npm', 'install', ...flags, '--', ...entries.map((entry) => `${entry.name}@${formatRanges(entry)}`)], true),
    );
}

function command(name: string, argv: readonly string[], isInProject = false): object {
  return {
    name: literal(name),
    'ansible.builtin.command': { argv: argv.map(literal), ...(isInProject && { chdir: '{{ project_directory }}' }) },
  };
}

/** Text that Ansible takes for what it is, on one line: what looks like a template of the play would be run by whoever plays it. */
function literal(text: string): string | Scalar {
  const line = stripControlLine(text);
  if (!/\{[{%#]/.test(line)) return line;
  const scalar = new Scalar(line);
  scalar.tag = '!unsafe';
  return scalar;
}

/** A requirement of pip; a bare version is taken for a minimum. */
function pipRequirement(entry: PlannedPackage): string {
  const ranges = [...new Set(entry.ranges.map(({ range }) => range))].filter((range) => range !== '*');
  return `${entry.name}${ranges.map((range) => (/^[<>=!~]/.test(range) ? range : `>=${range}`)).join(',')}`;
}
