import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { MISSING_FUNCTIONS } from '../../../rhai/functions/general-functions.ts';
import type { RhaiNode, RhaiScript } from '../../../rhai/nodes.ts';
import { outputsOf } from './command-outputs.ts';
import { MODULES } from './hook-host.ts';
import { walkScript } from './walk-script.ts';

/** What a script changes, which is lost where it does not run. */
const CHANGES = new Set(['variable::set', 'variable::prompt', 'file::rename', 'file::delete', 'file::write']);

/** What a script does that a pack cannot have, with the lines. */
export function describeScript(script: RhaiScript): { readonly note: string; readonly line: number | undefined } {
  const lines = new Map<string, Set<number>>();
  for (const node of walkScript(script)) {
    if (node.kind !== 'call' || node.module === undefined) continue;
    const name = `${node.module}::${node.name}`;
    if (CHANGES.has(name) || name === 'system::command') lines.set(name, (lines.get(name) ?? new Set<number>()).add(node.line));
  }
  const parts = [...lines].map(([name, at]) => `${name} (line ${[...at].sort((a, b) => a - b).join(', ')})`);
  const note = parts.length === 0 ? 'it changes nothing' : `packs have no scripts in Rhai, and this one uses ${parts.join(', ')}`;
  return { note, line: [...(lines.values().next().value ?? [])][0] };
}

/** Whether a script is run, and what is to be said of it. */
export interface ScriptJudgement {
  readonly runs: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** What cannot be done is refused; a script that changes nothing, and only checks or prints, is left out for it. */
export function judgeScript(script: RhaiScript): ScriptJudgement {
  const nodes = [...walkScript(script)];
  const refused = nodes.flatMap((node) => refuseNode(node, script));
  const doubtful = [
    ...nodes.flatMap((node) => doubtModule(node, script)),
    ...[...outputsOf(script).keys()].map((node) => remark(script, node, ASKED)),
  ];
  const isChanging = nodes.some((node) => node.kind === 'call' && CHANGES.has(`${node.module}::${node.name}`));
  if (refused.length + doubtful.length > 0 && !isChanging)
    return { runs: false, diagnostics: [leftOut(script, [...refused, ...doubtful])] };
  if (refused.length > 0) return { runs: true, diagnostics: [...refused, ...doubtful] };
  const command = nodes.find((node) => isCommand(node) && !outputsOf(script).has(node));
  return { runs: true, diagnostics: [...doubtful, ...(command === undefined ? [] : [remark(script, command, RUN_LATER)])] };
}

function isCommand(node: RhaiNode): boolean {
  return node.kind === 'call' && node.module === 'system' && node.name === 'command';
}

function leftOut({ name }: RhaiScript, refused: readonly Diagnostic[]): Diagnostic {
  const [first] = refused;
  return {
    code: 'FOREIGN_APPROXIMATED',
    severity: 'warning',
    message: `this hook changes nothing, and is left out: ${first?.message ?? ''}`,
    where: first?.where ?? { file: name },
  };
}

function refuseNode(node: RhaiNode, script: RhaiScript): Diagnostic[] {
  if (node.kind !== 'call' || node.module !== undefined) return [];
  const advice = MISSING_FUNCTIONS.get(node.name);
  if (advice === undefined || [...script.functions.values()].some((known) => known.name === node.name)) return [];
  return [refusal(script, node, `the function ${node.name} is not supported`, advice)];
}

/** As in Rhai, a script fails only where it gets to what there is not. */
function doubtModule(node: RhaiNode, { name: file }: RhaiScript): Diagnostic[] {
  if ((node.kind !== 'call' && node.kind !== 'member') || node.module === undefined) return [];
  const { module, name, line, column } = node;
  if (MODULES.get(module)?.includes(name) === true || (module === 'global' && node.kind === 'member')) return [];
  const known = [...MODULES].flatMap(([each, names]) => names.map((one) => `${each}::${one}`));
  const message = `there is no ${module}::${name}: the script fails where it gets here`;
  const suggestion = `there are ${known.join(', ')}`;
  return [{ code: 'FOREIGN_APPROXIMATED', severity: 'warning', message, where: { file, line, column }, suggestion }];
}

function refusal({ name }: RhaiScript, { line, column }: RhaiNode, message: string, suggestion: string): Diagnostic {
  return { code: 'FOREIGN_UNSUPPORTED', severity: 'error', message, where: { file: name, line, column }, suggestion };
}

function remark({ name }: RhaiScript, { line, column }: RhaiNode, message: string): Diagnostic {
  return { code: 'FOREIGN_APPROXIMATED', severity: 'warning', message, where: { file: name, line, column } };
}

const ASKED = 'this command does not run: what it prints is needed before files are made, and so is asked';
const RUN_LATER = 'the commands of this hook run once the files are written, when you agree to them';
