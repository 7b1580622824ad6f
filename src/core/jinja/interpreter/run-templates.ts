import { fail, TemplateFault } from '../fault.ts';
import { itemsOf } from '../iterate.ts';
import type { BlockNode, ExpressionNode, ExtendsNode, FromImportNode, ImportNode, IncludeNode, TemplateNode } from '../nodes.ts';
import { JinjaObject, JinjaUndefined, type JinjaValue, Markup, orElse, textOf, typeName } from '../values.ts';
import { evaluate } from './evaluate.ts';
import { away, type Frame, Output, type RenderState, Scope, type Unit } from './frame.ts';

/** Renders a template into an output; returns the unit, whose outermost scope holds what it exports. */
export function runTemplate(template: TemplateNode, root: Scope, output: Output, state: RenderState): Unit {
  const unit: Unit = { root, blocks: new Map(), parent: undefined };
  const frame: Frame = { state, unit, scope: root, output };
  defineSelf(unit, frame);
  addBlocks(unit, template);
  state.execute(template.body, frame);
  runParents(unit, frame, output);
  return unit;
}

function runParents(unit: Unit, frame: Frame, output: Output): void {
  const { parent } = unit;
  if (parent === undefined) return;
  unit.parent = undefined;
  output.isMuted = false;
  away(frame.state, parent.name, `in "${parent.name}"`, () => {
    addBlocks(unit, parent);
    frame.state.execute(parent.body, frame);
    runParents(unit, frame, output);
  });
}

function addBlocks(unit: Unit, template: TemplateNode): void {
  for (const [name, node] of template.blocks) {
    const definition = { node, file: template.name };
    const known = unit.blocks.get(name);
    if (known === undefined) unit.blocks.set(name, [definition]);
    else known.push(definition);
  }
}

/** `self.name()` prints a block of the template again. */
function defineSelf(unit: Unit, frame: Frame): void {
  const get = (name: string): JinjaValue | undefined =>
    unit.blocks.has(name) ? blockFunction(name, 0, unit, frame, unit.root) : undefined;
  unit.root.variables.set('self', new JinjaObject('template', { get, names: () => unit.blocks.keys() }));
}

function blockFunction(name: string, level: number, unit: Unit, frame: Frame, scope: Scope): JinjaObject {
  const { state } = frame;
  const render = (): string => {
    const output = new Output(state.budget, false);
    renderBlock(name, level, unit, { ...frame, output }, scope);
    return output.text;
  };
  const call = (): JinjaValue => (state.autoescape ? new Markup(render()) : render());
  const get = (attribute: string): JinjaValue | undefined => {
    const isAbove = attribute === 'super' && unit.blocks.get(name)?.[level + 1] !== undefined;
    return isAbove ? blockFunction(name, level + 1, unit, frame, scope) : undefined;
  };
  return new JinjaObject('block', { call, get });
}

/** Runs a `block` statement: the most derived definition of it. */
export function runBlock(node: BlockNode, frame: Frame): void {
  if (frame.output.isMuted) return;
  const isAlone = (frame.unit.blocks.get(node.name)?.length ?? 0) <= 1;
  if (node.required && isAlone) fail(`the required block "${node.name}" is not defined`);
  renderBlock(node.name, 0, frame.unit, frame, node.scoped ? frame.scope : frame.unit.root);
}

function renderBlock(name: string, level: number, unit: Unit, frame: Frame, outer: Scope): void {
  const { state } = frame;
  const definition = unit.blocks.get(name)?.[level];
  if (definition === undefined) return;
  const scope = new Scope(outer);
  const hasParent = unit.blocks.get(name)?.[level + 1] !== undefined;
  scope.variables.set(
    'super',
    hasParent
      ? blockFunction(name, level + 1, unit, frame, outer)
      : new JinjaUndefined(`no template above has a block "${name}"`, state.undefinedBehavior),
  );
  away(state, definition.file, `in block "${name}"`, () => {
    state.execute(definition.node.body, { state, unit, scope, output: frame.output });
  });
}

/** Runs `extends`: what follows is executed without printing, then the parent is rendered. */
export function runExtends(node: ExtendsNode, frame: Frame): void {
  if (frame.unit.parent !== undefined) fail('a template can extend only one other');
  frame.unit.parent = requireTemplate(evaluate(node.template, frame), frame);
  frame.output.isMuted = true;
}

/** Runs `include`. */
export function runInclude(node: IncludeNode, frame: Frame): void {
  const { state } = frame;
  if (frame.output.isMuted) return;
  const names = evaluate(node.template, frame);
  state.at = node;
  const template = findTemplate(names, frame);
  if (template === undefined) {
    if (node.ignoreMissing) return;
    failMissing(names);
  }
  const root = node.withContext ? new Scope(frame.scope) : new Scope(undefined);
  away(state, template.name, `in "${template.name}"`, () => runTemplate(template, root, frame.output, state));
}

/** Runs `import`: the template's macros and variables become attributes of one name. */
export function runImport(node: ImportNode, frame: Frame): void {
  frame.scope.variables.set(node.alias, loadModule(node, frame));
}

/** Runs `from … import …`. */
export function runFromImport(node: FromImportNode, frame: Frame): void {
  const module = loadModule(node, frame);
  for (const { name, alias } of node.names) {
    const missing = new JinjaUndefined(`the imported template has no "${name}"`, frame.state.undefinedBehavior, name, module.parts.names);
    frame.scope.variables.set(
      alias,
      orElse(module.parts.get?.(name), () => missing),
    );
  }
}

function loadModule(node: ImportNode | FromImportNode, frame: Frame): JinjaObject {
  const { state } = frame;
  const template = requireTemplate(evaluate(node.template, frame), frame, node.template);
  const root = node.withContext ? new Scope(frame.scope) : new Scope(undefined);
  const output = new Output(state.budget, false);
  const { variables } = away(state, template.name, `in "${template.name}"`, () => runTemplate(template, root, output, state)).root;
  const names = (): string[] => [...variables.keys()].filter((name) => isExported(name));
  const get = (name: string): JinjaValue | undefined => (isExported(name) ? variables.get(name) : undefined);
  return new JinjaObject('module', { get, names, print: () => (state.autoescape ? new Markup(output.text) : output.text) });
}

function isExported(name: string): boolean {
  return !name.startsWith('_') && name !== 'self';
}

function requireTemplate(names: JinjaValue, frame: Frame, at?: ExpressionNode): TemplateNode {
  if (at !== undefined) frame.state.at = at;
  return findTemplate(names, frame) ?? failMissing(names);
}

/** The first of the named templates that exists; a name is relative to nothing but the pack. */
function findTemplate(names: JinjaValue, frame: Frame): TemplateNode | undefined {
  if (names instanceof JinjaUndefined) names.fail();
  const candidates = textOf(names) === undefined ? itemsOf(names, frame.state.budget) : [names];
  if (candidates === undefined) return fail(`the name of a template is a string, not ${typeName(names)}`);
  for (const candidate of candidates) {
    if (candidate instanceof JinjaUndefined) candidate.fail();
    const name = textOf(candidate) ?? fail(`the name of a template is a string, not ${typeName(candidate)}`);
    const template = frame.state.environment.getTemplate(name);
    if (template !== undefined) return template;
  }
  return undefined;
}

function failMissing(names: JinjaValue): never {
  const name = textOf(names);
  throw new TemplateFault(
    'TEMPLATE_FAILED',
    name === undefined ? 'none of the named templates exists' : `there is no template "${name.slice(0, 200)}"`,
  );
}
