import type { Diagnostic, SourcePosition } from '../../diagnostics/diagnostic.ts';
import type { VariableDefinition } from '../../pack/pack-manifest.ts';
import type { PackName } from '../../pack/pack-name.ts';
import { stripControlLine } from '../../text/strip-control.ts';
import type { AnswerSource, GivenValue } from './answer-types.ts';
import type { Checked } from './checked.ts';
import { describeExpectation, exampleOf } from './describe-expectation.ts';
import { formatAnswer, SECRET_MASK } from './format-answer.ts';
import type { Found } from './given-index.ts';
import { ENVIRONMENT_PREFIX } from './given-sources.ts';

interface Subject {
  readonly pack: PackName;
  readonly definition: VariableDefinition;
}

type Invalid = Extract<Checked, { kind: 'invalid' }>;

/** The finding for a value that does not fit its variable. */
export function invalidAnswer(subject: Subject, found: Found, invalid: Invalid): Diagnostic {
  const { pack, definition } = subject;
  const shown = showGiven(found.given, definition);
  const problem = definition.type === 'secret' ? redact(invalid.problem, found.given) : invalid.problem;
  const message = `${definition.name} = ${shown} (${describeSource(found.source, found.detail)}) is not valid: ${problem}; expected ${describeExpectation(definition)}`;
  return {
    code: 'ANSWER_INVALID',
    severity: 'error',
    variable: definition.name,
    message: stripControlLine(message),
    suggestion: stripControlLine(`${nearestAdvice(invalid)}${exampleAdvice(definition)}; ${seeVariables(pack)}`),
    ...whereOf(found.given),
  };
}

/** The finding for a required variable without a value. */
export function missingAnswer({ pack, definition }: Subject): Diagnostic {
  const label = definition.prompt === undefined ? '' : ` (${definition.prompt})`;
  return {
    code: 'ANSWER_MISSING',
    severity: 'error',
    variable: definition.name,
    message: stripControlLine(`${definition.name}${label} of ${pack} has no value; expected ${describeExpectation(definition)}`),
    suggestion: stripControlLine(`${exampleAdvice(definition)}; ${seeVariables(pack)}`),
  };
}

/** The finding for a definition whose default, condition or expression fails, or gives what the variable itself would refuse. */
export function definitionFault(
  { pack, definition, part, where }: Subject & { readonly part: string; readonly where: SourcePosition },
  problem: string,
  suggestion?: string,
): Diagnostic {
  const advice = suggestion ?? `report it to the author of ${pack}${part === 'default' ? `, or give a value: ${flagFor(definition)}` : ''}`;
  return {
    code: 'VARIABLE_DEFINITION_FAILED',
    severity: 'error',
    variable: definition.name,
    message: stripControlLine(`the ${part} of variable ${definition.name} of ${pack} fails: ${problem}`),
    suggestion: stripControlLine(advice),
    where,
  };
}

/** Where a value came from, for people: `from --var`, `from vars.toml`, `from PACKSMITH_VAR_PORT`. */
export function describeSource(source: AnswerSource, detail: string | undefined): string {
  const from = SOURCE_WORDS[source];
  return detail === undefined ? from : `from ${detail}`;
}

/** How to see all variables of a pack. */
export function seeVariables(pack: PackName): string {
  return `see all variables with \`packs show ${pack} --variables\``;
}

/** How a value is given by flag: `--var port=3000`. */
export function flagFor(definition: VariableDefinition): string {
  const example = exampleOf(definition);
  return /^[\w./:@%+,-]+$/.test(example) ? `--var ${definition.name}=${example}` : `--var ${definition.name}=${quoteForShell(example)}`;
}

const SOURCE_WORDS: Readonly<Record<AnswerSource, string>> = {
  edited: 'changed by you',
  flag: 'from --var',
  file: 'from a variables file',
  environment: 'from the environment',
  project: 'from packsmith.toml',
  interactive: 'entered',
  inferred: 'found in the files',
  settings: 'from your settings',
  default: 'default',
  computed: 'computed',
  none: 'no value',
};

const MAX_SHOWN = 80;

function showGiven(given: GivenValue, definition: VariableDefinition): string {
  if (definition.type === 'secret') return SECRET_MASK;
  const value = given.kind === 'text' ? given.text : given.value;
  const text = typeof value === 'string' ? JSON.stringify(value) : value === null ? 'null' : formatAnswer(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

/** A problem never quotes the value of a secret, but a host or port of it may be in the words of a format check. */
function redact(problem: string, given: GivenValue): string {
  const value = given.kind === 'text' ? given.text : given.value;
  return typeof value === 'string' && value !== '' ? problem.replaceAll(value, SECRET_MASK) : problem;
}

function nearestAdvice({ nearest = [] }: Invalid): string {
  return nearest.length === 0 ? '' : `did you mean ${nearest.map((name) => JSON.stringify(name)).join(' or ')}? `;
}

/** A secret is better given by the environment: flags can be read in lists of processes. */
function exampleAdvice(definition: VariableDefinition): string {
  if (definition.type === 'secret') return `give it as ${ENVIRONMENT_PREFIX}${definition.name.toUpperCase()} in the environment`;
  return `for example ${flagFor(definition)}`;
}

function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function whereOf(given: GivenValue): Pick<Diagnostic, 'where'> {
  return given.kind === 'value' && given.where !== undefined ? { where: given.where } : {};
}
