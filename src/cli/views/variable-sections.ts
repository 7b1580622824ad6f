import type { PackManifest, VariableDefinition } from '../../core/pack/pack-manifest.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';
import type { Terminal } from '../terminal.ts';
import { wrapText } from '../text-width.ts';
import { formatValue } from './format-value.ts';

/** The variables in their groups, in the order of the manifest: what each is for, what it may be, and what it is unless given. */
export function viewVariables({ variables }: PackManifest, terminal: Terminal): string {
  if (variables.length === 0) return 'no variables\n';
  const groups = [...new Set(variables.map((variable) => variable.group ?? ''))];
  const sections = groups.map((group) => {
    const inGroup = variables.filter((variable) => (variable.group ?? '') === group);
    const title = group === '' && groups.length > 1 ? 'Other' : stripControlLine(group);
    const heading = title === '' ? '' : `${terminal.style.bold(title)}\n`;
    return heading + inGroup.map((variable) => viewVariable(variable, terminal)).join('');
  });
  return sections.join('\n');
}

function viewVariable(variable: VariableDefinition, { style, columns = 100 }: Terminal): string {
  const about = stripControlLine(variable.description ?? variable.prompt ?? '');
  const facts = describeLimits(variable).map(stripControlLine);
  const lines = [about, ...facts].filter((line) => line !== '').flatMap((line) => wrapText(line, Math.max(20, Math.min(columns, 100) - 6)));
  const head = `  ${style.cyan(stripControlLine(variable.name))} ${style.dim(variable.type)}${variable.required ? style.yellow(' required') : ''}`;
  return `${[head, ...lines.map((line) => `      ${line}`)].join('\n')}\n`;
}

function describeLimits(variable: VariableDefinition): string[] {
  const { default: standard, computed, when, example, patternHint, pattern, choices } = variable;
  return [
    choices.length === 0 ? '' : `one of: ${choices.map(formatChoice).join(', ')}`,
    describeRange('value', variable.min, variable.max),
    describeRange('length', variable.minLength, variable.maxLength),
    describeRange('items', variable.minItems, variable.maxItems),
    patternHint ?? (pattern === undefined ? '' : `matches ${pattern}`),
    standard === undefined ? '' : `default: ${formatValue(standard)}`,
    computed === undefined ? '' : `computed: ${computed}`,
    when === undefined ? '' : `only when: ${when}`,
    example === undefined ? '' : `example: ${formatValue(example)}`,
  ].filter((line) => line !== '');
}

function formatChoice({ value, label }: VariableDefinition['choices'][number]): string {
  return label === String(value) ? label : `${value} (${label})`;
}

function describeRange(what: string, low: number | undefined, high: number | undefined): string {
  if (low === undefined && high === undefined) return '';
  if (low === undefined) return `${what}: at most ${high}`;
  return high === undefined ? `${what}: at least ${low}` : `${what}: from ${low} to ${high}`;
}
