import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { JinjaEnvironment } from '../jinja/environment.ts';
import { findReferencedNames } from '../jinja/find-referenced-names.ts';
import { parseTemplate } from '../jinja/parse-template.ts';
import type { Pack } from '../pack/pack.ts';
import type { VariableDefinition } from '../pack/pack-manifest.ts';
import type { Value } from '../pack/values.ts';
import { environmentOf } from './check-templates.ts';

/** What defaults and conditions of variables see besides the variables before them. */
export const BEFORE_ANSWERS: readonly string[] = ['project', 'packs', 'now', 'range', 'dict', 'namespace', 'true', 'false', 'none'];

/**
 * Checks that conditions, defaults and expressions of variables can be parsed, and name only what is settled before them. Of a template of another
 * tool only defaults are looked at, and whether that tool could read them.
 */
export function checkVariables({ manifest, foreign }: Pick<Pack, 'manifest' | 'foreign'>): Diagnostic[] {
  const { variables, language } = manifest;
  if (language !== undefined) return [];
  if (foreign !== undefined) return variables.flatMap((variable) => checkDefault(variable, environmentOf({ foreign })));
  const all = new Set(variables.map(({ name }) => name));
  const known = new Set(BEFORE_ANSWERS);
  return variables.flatMap((variable) => {
    const findings = textsOf(variable).flatMap(({ key, text }) => checkText({ variable: variable.name, key, text, known, all }));
    known.add(variable.name);
    return findings;
  });
}

interface VariableText {
  readonly key: 'when' | 'computed' | 'default';
  readonly text: string;
}

/** Everything of a variable that is written in the template language; expressions as templates. */
function textsOf({ when, computed, default: initial }: VariableDefinition): VariableText[] {
  const expressions = [['when', when] as const, ['computed', computed] as const];
  return [
    ...expressions.flatMap(([key, text]): VariableText[] => (text === undefined ? [] : [{ key, text: `{{ ${text} }}` }])),
    ...(initial === undefined ? [] : templatesIn(initial).map((text): VariableText => ({ key: 'default', text }))),
  ];
}

function checkDefault({ name, default: initial = '' }: VariableDefinition, { parse, settings }: JinjaEnvironment): Diagnostic[] {
  const at = `the default of ${name}`;
  return templatesIn(initial).flatMap((text): Diagnostic[] => {
    try {
      if (parse === undefined) parseTemplate(text, at, settings);
      else parse(text, at);
      return [];
    } catch (error) {
      if (error instanceof PacksmithError)
        return [{ code: 'VARIABLE_DEFINITION_FAILED', severity: 'error', message: `${at}: ${error.message}` }];
      throw error;
    }
  });
}

function templatesIn(value: Value): string[] {
  if (typeof value === 'string') return /\{[{%]/.test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(templatesIn);
  return value instanceof Map ? [...value.values()].flatMap(templatesIn) : [];
}

interface CheckedText extends VariableText {
  readonly variable: string;
  readonly known: ReadonlySet<string>;
  /** All variables of the pack, later ones too. */
  readonly all: ReadonlySet<string>;
}

function checkText({ variable, key, text, known, all }: CheckedText): Diagnostic[] {
  const where = { file: 'pack.toml' };
  const at = `[variables.${variable}] ${key}`;
  try {
    const unknown = [...new Set(findReferencedNames(parseTemplate(text, at)).map(({ name }) => name))].filter((name) => !known.has(name));
    return unknown.map((name): Diagnostic => {
      if (!all.has(name))
        return {
          code: 'TEMPLATE_UNDECLARED_NAME',
          severity: 'warning',
          message: `${at} names ${name}, which is no variable of the pack`,
          where,
        };
      const message = name === variable ? `${at} names the variable itself` : `${at} names ${name}, which is declared after it`;
      return { code: 'VARIABLE_DEFINITION_FAILED', severity: 'error', message, where, suggestion: `declare ${name} before ${variable}` };
    });
  } catch (error) {
    if (error instanceof PacksmithError)
      return [{ code: 'VARIABLE_DEFINITION_FAILED', severity: 'error', message: `${at}: ${error.message}`, where }];
    throw error;
  }
}
