import { spawnSync } from 'node:child_process';

/**
 * What a program of Debian's packages prints, after trying to install them where that is possible; `undefined` where they are not there, which
 * is said loudly.
 */
export function askDebian(packages: readonly string[], command: readonly string[]): string | undefined {
  const [program = '', ...args] = command;
  const ask = (): string | undefined => {
    const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    return status === 0 ? stdout : undefined;
  };
  const found = ask();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0) {
    for (const more of [['update'], ['install', '--yes', '--no-install-recommends', ...packages]]) {
      spawnSync('apt-get', more, { stdio: 'ignore', timeout: 100_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    }
  }
  const installed = ask();
  if (installed === undefined)
    process.stderr.write(
      `\n*** ${packages.join(', ')} is not installed and cannot be: compared with what it gave when it was recorded ***\n\n`,
    );
  return installed;
}
