import { joinPythonSpecifiers } from './python-specifiers.ts';

/** A requirement of PEP 508, such as `uvicorn[standard]>=0.30; python_version < "3.13"`. */
interface Requirement {
  readonly name: string;
  readonly extras: readonly string[];
  readonly specifiers: string;
  readonly marker: string;
}

const REQUIREMENT = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?\s*\(?([^;()@]*)\)?\s*(?:;(.*))?$/;

function parseRequirement(text: string): Requirement | undefined {
  const [, name, extras = '', specifiers = '', marker = ''] = text.length > 1000 ? [] : (REQUIREMENT.exec(text) ?? []);
  if (name === undefined) return undefined;
  const list = extras.split(',').map((extra) => extra.trim());
  return { name, extras: list.filter((extra) => extra !== ''), specifiers: specifiers.trim(), marker: marker.trim() };
}

/** What a requirement is known by: the normalised name (PEP 503), and the condition it holds under. */
export function requirementKey(text: string): string | undefined {
  const requirement = parseRequirement(text) ?? parseRequirement(text.split('@')[0] ?? '');
  if (requirement === undefined) return undefined;
  return `${requirement.name.toLowerCase().replace(/[-_.]+/g, '-')};${requirement.marker.replace(/\s+/g, '')}`;
}

/** One requirement that is as strict as both, with the extras of both; `undefined` when none can be. */
export function joinRequirements(ours: string, theirs: string): string | undefined {
  const a = parseRequirement(ours);
  const b = parseRequirement(theirs);
  if (a === undefined || b === undefined || requirementKey(ours) !== requirementKey(theirs)) return undefined;
  const specifiers = joinPythonSpecifiers(a.specifiers, b.specifiers);
  if (specifiers === undefined) return undefined;
  const extras = [...a.extras, ...b.extras.filter((extra) => !a.extras.includes(extra))];
  if (specifiers === a.specifiers && extras.length === a.extras.length) return ours;
  if (specifiers === b.specifiers && extras.length === b.extras.length && extras.every((extra) => b.extras.includes(extra))) return theirs;
  const separator = /^[^;]*[\w\])]\s+[<>=~!(]/.test(ours) ? ' ' : '';
  const shown = extras.length === 0 ? '' : `[${extras.join(',')}]`;
  return `${a.name}${shown}${specifiers === '' ? '' : separator + specifiers}${a.marker === '' ? '' : `; ${a.marker}`}`;
}
