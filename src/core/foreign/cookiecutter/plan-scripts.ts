import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { renderTemplate } from '../../jinja/render-template.ts';
import type { PlannedHook } from '../../plan/generation-plan.ts';
import type { TemplateSource } from '../../template/template-source.ts';
import { compareText } from '../../text/compare-text.ts';
import { utf8At } from '../../tree/file-text.ts';
import { sortedPaths } from '../../tree/file-tree.ts';
import { findPathProblem, type ProjectPath } from '../../tree/project-path.ts';
import type { ForeignRun, ForeignSource } from '../foreign-template.ts';

/** The hooks of cookiecutter in the order in which they run, and when that is. */
const STAGES: ReadonlyMap<string, PlannedHook['stage']> = new Map([
  ['pre_prompt', 'pre_generate'],
  ['pre_gen_project', 'pre_generate'],
  ['post_gen_project', 'post_generate'],
]);

/** Seconds. */
const TIMEOUT = 600;

interface Script {
  readonly hook: string;
  readonly path: string;
  readonly text: string;
}

/** The hook scripts of a template: `hooks/NAME.EXTENSION`; those of editors' backups are none. */
export function listScripts({ files }: Pick<ForeignSource, 'files'>): Script[] {
  const scripts = sortedPaths(files).flatMap((path): Script[] => {
    const [, hook = '', backup] = /^hooks\/([^/]+?)(?:\.[^./]*?)?(~)?$/.exec(path) ?? [];
    const text = STAGES.has(hook) && backup === undefined ? utf8At(files, path) : undefined;
    return text === undefined ? [] : [{ hook, path, text }];
  });
  const order = [...STAGES.keys()];
  return scripts.sort((a, b) => order.indexOf(a.hook) - order.indexOf(b.hook));
}

/** The hooks as they would run: each script rendered, but for `pre_prompt`, which is none of cookiecutter's templates. */
export function planScripts(source: ForeignSource, templates: readonly TemplateSource[], run: ForeignRun): PlannedHook[] {
  return listScripts(source).map((script) => {
    const { hook, path, text } = script;
    const planned = toHook(script, source, hook === PRE_PROMPT ? text : renderTemplate(text, { name: path, ...run }));
    const directories = hook === 'post_gen_project' ? listEmptied(templates, run) : [];
    return directories.length === 0 ? planned : { ...planned, directories };
  });
}

/** The directories of files that are left out by their names: cookiecutter makes them all the same, and scripts count on them. */
function listEmptied(templates: readonly TemplateSource[], run: ForeignRun): ProjectPath[] {
  const start = run.environment.settings.delimiters?.blockStart ?? '{%';
  const emptied = templates.flatMap(({ outputTemplate = '' }): ProjectPath[] => {
    const end = outputTemplate.lastIndexOf('/');
    if (end < 0 || !outputTemplate.slice(end).includes(start)) return [];
    const [path, directory] = [outputTemplate, outputTemplate.slice(0, end)].map((text) => renderTemplate(text, { name: text, ...run }));
    return path?.endsWith('/') === true && findPathProblem(directory ?? '') === undefined ? [directory as ProjectPath] : [];
  });
  return [...new Set(emptied)].sort(compareText);
}

const PRE_PROMPT = 'pre_prompt';

/** The hooks that cookiecutter runs before its questions. */
export function earlyScripts(source: ForeignSource): PlannedHook[] {
  return listScripts(source).flatMap((script) => (script.hook === PRE_PROMPT ? [toHook(script, source, script.text)] : []));
}

function toHook({ hook, path }: Script, { id, integrity }: ForeignSource, text: string): PlannedHook {
  return {
    pack: id,
    integrity,
    stage: STAGES.get(hook) ?? 'post_generate',
    name: path,
    run: interpreterOf(path, text),
    script: { name: path.slice('hooks/'.length), text },
    timeout: TIMEOUT,
    continueOnError: false,
  };
}

/** Python for Python, else what the first line names, else a shell. */
function interpreterOf(path: string, text: string): string[] {
  if (path.endsWith('.py')) return ['python3'];
  if (/\.(?:bat|cmd)$/i.test(path)) return ['cmd', '/c'];
  if (/\.ps1$/i.test(path)) return ['pwsh', '-File'];
  const [, program, argument] = /^#![ \t]*(\S+)(?:[ \t]+([^\r\n]*?))?[ \t]*(?:\r?\n|$)/.exec(text) ?? [];
  if (program === undefined) return ['sh'];
  return argument === undefined || argument === '' ? [program] : [program, argument];
}

/** The command that takes a script as its last argument; `undefined` where none does. */
export function scriptCommand(path: string, text: string): readonly string[] | undefined {
  const [program = '', ...args] = interpreterOf(path, text);
  if (program === 'python3') return ['python3', '-c'];
  const shell = /(?:^|\/)(?:env|(ba|z|da|k)?sh)$/.test(program) ? [program, ...args] : undefined;
  if (shell === undefined || (program.endsWith('env') && !/^(?:ba|z|da|k)?sh$/.test(args[0] ?? ''))) return undefined;
  return [...shell, '-c'];
}

/** What of a template's hooks is not as cookiecutter does it. */
export function remarkOnScripts(source: Pick<ForeignSource, 'files'>): Diagnostic[] {
  return listScripts(source)
    .filter(({ hook }) => hook === 'pre_prompt')
    .map(({ path }) => ({
      code: 'FOREIGN_APPROXIMATED',
      severity: 'warning',
      message: 'this hook runs in a copy of the template: what it changes in cookiecutter.json has no effect',
      where: { file: path },
    }));
}
