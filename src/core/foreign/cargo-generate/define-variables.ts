import type { VariableDefinition } from '../../pack/pack-manifest.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import type { FileTree } from '../../tree/file-tree.ts';
import { PLAIN_VARIABLE } from '../plain-variable.ts';
import type { HookProgram } from './hooks/hook-program.ts';
import { sanitizeProjectName } from './make-context.ts';
import type { CargoConfig, Conditional, HookStage } from './read-config.ts';
import { toVariable } from './read-placeholders.ts';

/** The questions of a template in the order in which they are asked, and how each is put on the conditions on which it depends. */
export interface CargoVariables {
  readonly variables: readonly VariableDefinition[];
  readonly conditions: ReadonlyMap<string, readonly ConditionalQuestion[]>;
}

export interface ConditionalQuestion {
  readonly condition: Conditional;
  readonly definition: VariableDefinition;
}

const FALLBACK_NAME = 'my-project';

export function defineVariables(files: FileTree, config: CargoConfig, hooks?: Pick<HookProgram, 'questionsOf'>): CargoVariables {
  const mentioned = findMentioned(files);
  const conditions = findConditional(config);
  const conditional = [...conditions.values()].flatMap((questions) => mergeQuestions(questions));
  const asked = (stage: HookStage): readonly VariableDefinition[] => hooks?.questionsOf(stage) ?? [];
  const placeholders = config.placeholders.map((placeholder) => toVariable(placeholder));
  const isTheirs = (name: string): boolean => [...placeholders, ...conditional].some((placeholder) => placeholder.name === name);
  const own = OWN.filter(({ name }) => name === 'project-name' || (mentioned.has(name) && !isTheirs(name)));
  const all = [...asked('init'), ...own, ...placeholders, ...conditional, ...asked('pre'), ...asked('post')];
  return { variables: all.filter(({ name }, at) => all.findIndex((other) => other.name === name) === at), conditions };
}

/** The questions of conditions by name; what is asked in any case is none of them. */
function findConditional({ placeholders, conditionals }: CargoConfig): Map<string, ConditionalQuestion[]> {
  const always = new Set(placeholders.map(({ name }) => name));
  const found = new Map<string, ConditionalQuestion[]>();
  for (const condition of inOrder(conditionals)) {
    for (const placeholder of condition.placeholders) {
      if (always.has(placeholder.name)) continue;
      const question = { condition, definition: toVariable(placeholder, condition.expression) };
      found.set(placeholder.name, [...(found.get(placeholder.name) ?? []), question]);
    }
  }
  return found;
}

/** One name may be asked on several conditions, on each in another way: the first stands for all where it is not known which one holds. */
function mergeQuestions([first, ...others]: readonly ConditionalQuestion[]): VariableDefinition[] {
  if (first === undefined) return [];
  if (others.length === 0) return [first.definition];
  return [{ ...first.definition, when: [first, ...others].map(({ condition }) => `(${condition.expression})`).join(' or ') }];
}

/** Conditions behind those that ask for what they look at; where they look at one another, as they stand. */
function inOrder(conditionals: readonly Conditional[]): readonly Conditional[] {
  const ordered: Conditional[] = [];
  let waiting = conditionals;
  while (waiting.length > 0) {
    const open = new Set(waiting.flatMap(({ placeholders }) => placeholders.map(({ name }) => name)));
    const ready = waiting.filter(({ names }) => !names.some((name) => open.has(name)));
    const next = ready.length > 0 ? ready : waiting;
    ordered.push(...next);
    waiting = waiting.filter((conditional) => !next.includes(conditional));
  }
  return ordered;
}

/** What cargo-generate takes from its command line, from Cargo and from git is asked here, so that it is recorded. */
const OWN: readonly VariableDefinition[] = [
  { ...PLAIN_VARIABLE, name: 'project-name', type: 'string', prompt: 'Project name', default: FALLBACK_NAME, required: true, choices: [] },
  {
    ...PLAIN_VARIABLE,
    name: 'crate_type',
    type: 'choice',
    prompt: 'A program or a library?',
    default: 'bin',
    choices: [
      { value: 'bin', label: 'bin' },
      { value: 'lib', label: 'lib' },
    ],
  },
  { ...PLAIN_VARIABLE, name: 'authors', type: 'string', prompt: 'Authors, such as Ada <ada@example.com>', default: '', choices: [] },
  { ...PLAIN_VARIABLE, name: 'username', type: 'string', prompt: 'Your name', default: '', choices: [] },
  {
    ...PLAIN_VARIABLE,
    name: 'within_cargo_project',
    type: 'boolean',
    prompt: 'Does the project stand inside another one of Cargo?',
    default: false,
    choices: [],
  },
];

/** Which of the names that cargo-generate sets stand in the template; a name too many only asks a question too many. */
function findMentioned(files: FileTree): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (text: string): void => {
    for (const { name } of OWN) if (!found.has(name) && text.includes(name)) found.add(name);
  };
  for (const [path, { content }] of files) {
    look(path);
    look(decodeUtf8(content) ?? '');
  }
  return found;
}

/** The project's name where none is given: that of its directory. */
export function projectNameFor(directory: string): string {
  const name = sanitizeProjectName(directory);
  return /^[a-z]/i.test(name) ? name : FALLBACK_NAME;
}
