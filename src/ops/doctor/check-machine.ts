import { compareVersions } from '../../core/pack/versions.ts';
import type { DirectoryFacts, MachineDirectory, MachinePort } from '../../ports/machine.ts';
import type { Finding } from './health-check.ts';

const LEAST_NODE = '20.19.0';
const LEAST_GIT = '2.25.0';
const LEAST_FREE_BYTES = 100_000_000;
/** 2024: no released version of packsmith ran before. */
const EARLIEST = 1_704_067_200_000;
const LATEST = 4_102_444_800_000;
const CLOCK_TOLERANCE = 5_000;

/** Everything about the machine that does not depend on the settings. */
export function checkMachine(machine: MachinePort): Finding[] {
  return [
    checkNode(machine),
    checkGit(machine),
    ...machine.directories.flatMap((directory) => checkDirectory(directory, machine)),
    ...checkKeys(machine),
    checkClock(machine),
    ...checkEnvironment(machine),
  ];
}

function checkNode({ node }: MachinePort): Finding {
  if (compareVersions(node, LEAST_NODE) >= 0) return { id: 'node', status: 'ok', message: `Node.js ${node}` };
  return { id: 'node', status: 'error', message: `Node.js ${node} is too old`, cure: `install Node.js ${LEAST_NODE} or newer` };
}

function checkGit(machine: MachinePort): Finding {
  const version = /(\d+\.\d+(?:\.\d+)?)/.exec(machine.versionOf('git') ?? '')?.[1];
  if (version === undefined) {
    return { id: 'git', status: 'warning', message: 'git cannot be run: packs cannot be read from git repositories', cure: 'install git' };
  }
  const full = version.split('.').length === 2 ? `${version}.0` : version;
  if (compareVersions(full, LEAST_GIT) >= 0) return { id: 'git', status: 'ok', message: `git ${version}` };
  return { id: 'git', status: 'warning', message: `git ${version} is old`, cure: `install git ${LEAST_GIT} or newer` };
}

function checkDirectory({ name, path }: MachineDirectory, machine: MachinePort): Finding[] {
  const facts = machine.inspectDirectory(path);
  const id = `directory:${name.replaceAll(' ', '-')}`;
  if (!facts.isWritable) {
    const message = facts.exists
      ? `the directory of the ${name}, ${path}, cannot be written to`
      : `the directory of the ${name}, ${path}, cannot be made`;
    return [{ id, status: 'error', message, cure: 'change its owner or its permissions, or name another place with PACKSMITH_HOME' }];
  }
  const findings = [...checkOwner({ id, name, path, facts }, machine), ...checkSpace({ id, name, path, facts })];
  return findings.length > 0
    ? findings
    : [{ id, status: 'ok', message: `${name}: ${path}${facts.exists ? '' : ' (made when it is needed)'}` }];
}

interface Inspected {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly facts: DirectoryFacts;
}

function checkOwner({ id, name, path, facts }: Inspected, machine: MachinePort): Finding[] {
  if (name === 'temporary files') return [];
  if (facts.isForeign) {
    return [
      {
        id,
        status: 'warning',
        message: `the directory of the ${name}, ${path}, belongs to somebody else`,
        cure: 'make it yours, or name another place with PACKSMITH_HOME',
      },
    ];
  }
  if (!facts.isOpen) return [];
  return [
    {
      id,
      status: 'warning',
      message: `others on this machine can change the ${name} in ${path}`,
      cure: `\`chmod go-w ${path}\``,
      mend: () => {
        machine.closeDirectory(path);
        return `took the right to write to ${path} from others`;
      },
    },
  ];
}

function checkSpace({ id, name, path, facts }: Inspected): Finding[] {
  if (facts.free === undefined || facts.free >= LEAST_FREE_BYTES) return [];
  const free = `${Math.floor(facts.free / 1_000_000)} MB`;
  return [
    { id, status: 'warning', message: `only ${free} are free for the ${name} in ${path}`, cure: '`packs clean` frees what nothing uses' },
  ];
}

function checkKeys(machine: MachinePort): Finding[] {
  return machine.findOpenKeys().map((path) => ({
    id: 'keys',
    status: 'error',
    message: `others on this machine can read the private key ${path}`,
    cure: `\`chmod 600 ${path}\`, and think about a new key`,
    mend: () => {
      machine.closeKey(path);
      return `made ${path} readable for you alone`;
    },
  }));
}

/** Signatures, locks and the recorded instant rest on the clock. */
function checkClock(machine: MachinePort): Finding {
  const { process, files } = machine.readClocks();
  const cure = 'set the clock';
  if (process < EARLIEST || process > LATEST) {
    return { id: 'clock', status: 'error', message: `the clock says ${new Date(process).toISOString()}`, cure };
  }
  const skew = files === undefined ? 0 : Math.abs(process - files);
  if (skew <= CLOCK_TOLERANCE) return { id: 'clock', status: 'ok', message: 'the clock is plausible' };
  return { id: 'clock', status: 'warning', message: `the clock and that of the file system are ${Math.round(skew / 1000)} s apart`, cure };
}

function checkEnvironment({ env }: MachinePort): Finding[] {
  const findings: Finding[] = [];
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  if (locale !== '' && !/utf-?8/i.test(locale) && locale !== 'C' && locale !== 'POSIX') {
    const message = `the locale ${locale} is not UTF-8: letters beyond ASCII may be shown wrong; files are written in UTF-8 all the same`;
    findings.push({ id: 'locale', status: 'warning', message, cure: 'choose one that ends in .UTF-8' });
  }
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    const message = 'NODE_TLS_REJECT_UNAUTHORIZED=0: nobody checks whom you talk to';
    findings.push({ id: 'tls', status: 'error', message, cure: 'unset it; name your own authority in NODE_EXTRA_CA_CERTS' });
  }
  return findings.length > 0 ? findings : [{ id: 'environment', status: 'ok', message: 'the environment has nothing unusual' }];
}
