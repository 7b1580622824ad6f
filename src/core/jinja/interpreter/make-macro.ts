import { fail, suggest, TemplateFault } from '../fault.ts';
import type { MacroUses, NodePosition, ParameterNode, StatementNode } from '../nodes.ts';
import { type CallArguments, JinjaObject, JinjaTuple, JinjaUndefined, type JinjaValue, Markup } from '../values.ts';
import { evaluate } from './evaluate.ts';
import { away, type Frame, Output, Scope } from './frame.ts';

export interface MacroDefinition extends NodePosition {
  readonly parameters: readonly ParameterNode[];
  readonly uses: MacroUses;
  readonly body: readonly StatementNode[];
}

/** Makes the value of a macro, or of the caller of a `call` block. It sees the names of the place where it is defined. */
export function makeMacro(name: string, definition: MacroDefinition, frame: Frame): JinjaObject {
  const { state, unit, scope } = frame;
  const { file } = state;
  const call = (args: CallArguments): JinjaValue => {
    const label = name === 'caller' ? 'in a call block' : `in macro "${name}"`;
    return away(state, file, label, () => {
      const inner: Frame = { state, unit, scope: new Scope(scope), output: new Output(state.budget, false) };
      bindParameters(name, definition, args, inner);
      state.execute(definition.body, inner);
      return state.autoescape ? new Markup(inner.output.text) : inner.output.text;
    });
  };
  const get = (attribute: string): JinjaValue | undefined => describe(name, definition, attribute);
  return new JinjaObject('macro', { call, get, names: () => ['arguments', 'caller', 'catch_kwargs', 'catch_varargs', 'name'] });
}

function describe(name: string, { parameters, uses }: MacroDefinition, attribute: string): JinjaValue | undefined {
  switch (attribute) {
    case 'name':
      return name;
    case 'arguments':
      return new JinjaTuple(parameters.map((parameter) => parameter.name));
    case 'catch_varargs':
      return uses.varargs;
    case 'catch_kwargs':
      return uses.kwargs;
    case 'caller':
      return uses.caller;
    default:
      return undefined;
  }
}

function bindParameters(name: string, definition: MacroDefinition, { positional, named }: CallArguments, inner: Frame): void {
  const { parameters, uses } = definition;
  const { variables } = inner.scope;
  const { undefinedBehavior } = inner.state;
  const extra = new Map<JinjaValue, JinjaValue>(named);
  for (const [index, parameter] of parameters.entries()) {
    const isPlaced = index < positional.length;
    if (isPlaced && named.has(parameter.name)) fail(`the macro "${name}" is given "${parameter.name}" twice`);
    extra.delete(parameter.name);
    const given = isPlaced ? positional[index] : named.get(parameter.name);
    variables.set(parameter.name, given === undefined ? fallbackOf(parameter, name, inner) : given);
  }
  if (uses.caller) {
    variables.set('caller', named.get('caller') ?? new JinjaUndefined(`"${name}" was not called with a call block`, undefinedBehavior));
    extra.delete('caller');
  }
  if (uses.kwargs) variables.set('kwargs', extra);
  else refuseExtra(name, parameters, extra);
  if (uses.varargs) variables.set('varargs', new JinjaTuple(positional.slice(parameters.length)));
  else if (positional.length > parameters.length)
    fail(`the macro "${name}" takes at most ${parameters.length} arguments, not ${positional.length}`);
}

function fallbackOf(parameter: ParameterNode, macro: string, inner: Frame): JinjaValue {
  if (parameter.default !== undefined) return evaluate(parameter.default, inner);
  return new JinjaUndefined(`the parameter "${parameter.name}" of "${macro}" was not given`, inner.state.undefinedBehavior);
}

function refuseExtra(name: string, parameters: readonly ParameterNode[], extra: ReadonlyMap<JinjaValue, JinjaValue>): void {
  for (const key of extra.keys()) {
    if (key === 'caller') fail(`the macro "${name}" cannot be used with a call block: it does not call "caller"`);
    const known = parameters.map((parameter) => parameter.name);
    const { hint, suggestions } = suggest(String(key), known);
    throw new TemplateFault('TEMPLATE_FAILED', `the macro "${name}" has no parameter "${String(key).slice(0, 64)}"`, hint, suggestions);
  }
}
