import { type CallArguments, isDict, JinjaObject, type JinjaValue } from '../jinja/values.ts';
import { raise } from './python-fault.ts';
import { PythonClass, PythonFunction, PythonInstance } from './values.ts';

/** What extensions of templates are made from. */
export const EXTENSION = new PythonClass('Extension', [], new Map([['__init__', new PythonFunction('__init__', keepEnvironment)]]));

/** A hook of Copier that changes what templates see. */
export const CONTEXT_HOOK = new PythonClass('ContextHook', [EXTENSION], new Map());

/** The attribute that says what a function is given before its own arguments. */
export const PASSES = 'jinja_pass_arg';

/** The decorators of Jinja2 by which a function asks for more than its arguments; those of before version 3, too. */
export const PASSING: ReadonlyMap<string, JinjaValue> = new Map(
  Object.entries({
    pass_context: 'context',
    contextfilter: 'context',
    contextfunction: 'context',
    pass_environment: 'environment',
    environmentfilter: 'environment',
    environmentfunction: 'environment',
    pass_eval_context: 'eval_context',
    evalcontextfilter: 'eval_context',
    evalcontextfunction: 'eval_context',
  }).map(([name, passed]) => [name, new JinjaObject('function', { call: ({ positional: [made = null] }) => pass(made, passed) })]),
);

function pass(made: JinjaValue, passed: string): JinjaValue {
  if (made instanceof PythonFunction) made.attributes.set(PASSES, passed);
  return made;
}

function keepEnvironment({ positional: [self, environment = null], named }: CallArguments): JinjaValue {
  if (self instanceof PythonInstance) self.attributes.set('environment', named.get('environment') ?? environment);
  return null;
}

/** `cookiecutter.utils.simple_filter`: an extension that brings a function as the filter of its name. */
export const SIMPLE_FILTER = new JinjaObject('function', {
  call: ({ positional: [made = null] }) => {
    const name = made instanceof JinjaObject ? made.parts.get?.('__name__') : undefined;
    if (typeof name !== 'string') return raise('AttributeError', 'what a filter is made of has no __name__');
    const init = new PythonFunction('__init__', (args) => {
      keepEnvironment(args);
      const environment = args.positional[1];
      const filters = environment instanceof PythonInstance ? environment.attributes.get('filters') : undefined;
      if (filters !== undefined && isDict(filters)) (filters as Map<JinjaValue, JinjaValue>).set(name, made);
      return null;
    });
    return new PythonClass(name, [EXTENSION], new Map([['__init__', init]]));
  },
});
