import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { PackManifest, VariableDefinition } from '../pack/pack-manifest.ts';
import type { Value } from '../pack/values.ts';
import { compilePattern, type Pattern } from '../text/pattern.ts';
import { quote } from './key-path.ts';
import { Problems, toDiagnostics } from './problems.ts';
import { isTemplate } from './text-templates.ts';

/**
 * Checks what `parsePackManifest` leaves out because it needs the regular-expression engine: that patterns compile, and that plain defaults and
 * the values of examples match them. `source` is the text that the manifest was parsed from.
 */
export function checkPatterns(manifest: PackManifest, source: { readonly text: string; readonly file: string }): Diagnostic[] {
  const problems = new Problems();
  for (const variable of manifest.variables) checkVariable(variable, manifest, problems);
  return toDiagnostics(problems, source.file, source.text);
}

function checkVariable(variable: VariableDefinition, manifest: PackManifest, problems: Problems): void {
  if (variable.pattern === undefined) return;
  const path = ['variables', variable.name];
  const compiled = compilePattern(variable.pattern);
  if (compiled.kind === 'invalid') {
    const message = `variables.${variable.name}.pattern: ${compiled.reason}`;
    problems.add({ code: 'MANIFEST_INVALID_PATTERN', severity: 'error', path: [...path, 'pattern'], at: 'value', message });
    return;
  }
  const check = (at: readonly (string | number)[], value: Value | undefined) => {
    if (failsPattern(value, compiled.pattern)) problems.invalid(at, explainMismatch(String(value), variable));
  };
  check([...path, 'default'], variable.default);
  check([...path, 'example'], variable.example);
  for (const [index, example] of manifest.examples.entries()) {
    check(['examples', index, 'variables', variable.name], example.variables.get(variable.name));
  }
}

function failsPattern(value: Value | undefined, pattern: Pattern): boolean {
  return typeof value === 'string' && !isTemplate(value) && !pattern.matches(value);
}

function explainMismatch(value: string, { pattern = '', patternHint }: VariableDefinition): string {
  return `${quote(value)} does not match the pattern ${quote(pattern)}${patternHint === undefined ? '' : `: ${patternHint}`}`;
}
