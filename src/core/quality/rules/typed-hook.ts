import type { HookDeclaration } from '../../pack/pack-manifest.ts';
import type { Rule } from '../rule.ts';

export const typedHook: Rule = {
  id: 'typed-hook',
  severity: 'warning',
  summary: 'A hook does what a template or a package of the manifest can say, or starts a shell',
  reason: 'Hooks need consent, run on the machine of the user, and are not merged, tested or taken back as files are.',
  cure: 'Write files as templates, and packages as `[packages]`; give hooks an argument vector.',
  check: ({ pack: { manifest }, locate }) => {
    const counts = new Map<string, number>();
    return manifest.hooks.flatMap((hook) => {
      const index = counts.get(hook.stage) ?? 0;
      counts.set(hook.stage, index + 1);
      const suggestion = findTyped(hook);
      if (suggestion === undefined) return [];
      const message = `the hook ${JSON.stringify(hook.run.join(' '))} can be said without a command`;
      return [{ message, where: locate(['hooks', hook.stage, index, 'run']), subject: `hooks.${hook.stage}`, suggestion }];
    });
  },
};

const FILE_COMMANDS = new Set(['mkdir', 'touch', 'cp', 'mv', 'echo', 'tee', 'ln', 'sed', 'rm', 'copy', 'xcopy', 'install']);
const SHELLS = new Set(['sh', 'bash', 'zsh', 'dash', 'cmd', 'powershell', 'pwsh']);
const INSTALLERS: Readonly<Record<string, { readonly verbs: readonly string[]; readonly section: string }>> = {
  npm: { verbs: ['install', 'i', 'add'], section: 'npm' },
  pnpm: { verbs: ['add'], section: 'npm' },
  yarn: { verbs: ['add'], section: 'npm' },
  pip: { verbs: ['install'], section: 'pypi' },
  pip3: { verbs: ['install'], section: 'pypi' },
  poetry: { verbs: ['add'], section: 'pypi' },
  uv: { verbs: ['add'], section: 'pypi' },
  cargo: { verbs: ['add'], section: 'cargo' },
};

function findTyped({ run }: HookDeclaration): string | undefined {
  const [command = '', ...rest] = run;
  const program = (command.split(/[\\/]/).at(-1) ?? '').replace(/\.exe$/i, '').toLowerCase();
  if (FILE_COMMANDS.has(program)) return 'write the file, or its place, as a template';
  if (program === 'chmod') return 'give the template a mode, such as mode = "0755"';
  if (SHELLS.has(program) && rest.some((argument) => /^[-/]c(?:ommand)?$/i.test(argument)))
    return 'give the command itself as an argument vector, without a shell';
  const installer = INSTALLERS[program];
  const isAdding = installer?.verbs.includes(rest[0] ?? '') === true && rest.slice(1).some(isPackage);
  return isAdding ? `list the packages below [packages.${installer.section}]` : undefined;
}

/** Neither an option nor a file of requirements, nor the project itself. */
function isPackage(argument: string, index: number, all: readonly string[]): boolean {
  const follows = all[index - 1];
  return !argument.startsWith('-') && !argument.startsWith('.') && follows !== '-r' && follows !== '--requirement' && follows !== '-c';
}
