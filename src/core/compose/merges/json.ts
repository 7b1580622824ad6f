import { type Node as JsonNode, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { MergeDriver } from './merge-driver.ts';
import { indentAt, indentUnit, reindent } from './tree/indentation.ts';
import { mergeTrees, type Sources, type TreeFormat } from './tree/merge-trees.ts';
import type { Merged, MergedChild } from './tree/merged-node.ts';
import { nestingOf } from './tree/nesting.ts';
import { CannotWrite, type Intern, listId, mapId, scalarId, type TreeChild, type TreeNode } from './tree/tree-node.ts';
import { writeDelimited } from './tree/write-delimited.ts';

/** Merges JSON and JSONC key by key; comments, order, indentation and trailing commas of `ours` stay. */
export const mergeJson: MergeDriver = (input) => mergeTrees(input, jsonFormat);

const DEEPEST = 256;

/** JSON with comments and trailing commas allowed; a key twice in one object is refused. */
export const jsonFormat: TreeFormat = {
  parse: (text, intern) => {
    if (nestingOf(text) > DEEPEST) return `nested deeper than ${DEEPEST} levels`;
    const errors: ParseError[] = [];
    const root = parseTree(text, errors, { allowTrailingComma: true });
    const [first] = errors;
    if (root === undefined || first !== undefined) {
      const line = text.slice(0, first?.offset ?? 0).split('\n').length;
      return `not valid JSON in line ${line} (${first === undefined ? 'ValueExpected' : printParseErrorCode(first.error)})`;
    }
    try {
      return toTree(root, text, intern);
    } catch (error) {
      if (error instanceof CannotWrite) return error.message;
      throw error;
    }
  },
  write: (merged, sources) => {
    const root = rootOf(merged);
    const text = writeJson(merged, sources);
    return merged.kind === 'take' ? sources.theirs : sources.ours.slice(0, root.start) + text + sources.ours.slice(root.end);
  },
};

const rootOf = (merged: Merged): TreeNode => (merged.kind === 'keep' || merged.kind === 'take' ? merged.node : merged.ours);

function toTree(node: JsonNode, text: string, intern: Intern): TreeNode {
  const place = { start: node.offset, end: node.offset + node.length, isBlock: false, value: '' };
  if (node.type === 'object') {
    const children = (node.children ?? []).map((property) => propertyOf(property, text, intern));
    const keys = new Set(children.map((child) => child.key));
    if (keys.size < children.length) throw new CannotWrite('a key stands twice in one object');
    return {
      ...place,
      kind: 'map',
      children,
      id: mapId(
        intern,
        children.map((child) => [child.key, child.node.id]),
      ),
    };
  }
  if (node.type === 'array') {
    const children = (node.children ?? []).map((item): TreeChild => {
      const tree = toTree(item, text, intern);
      return { key: '', lead: tree.start, start: tree.start, end: tree.end, node: tree };
    });
    return {
      ...place,
      kind: 'list',
      children,
      id: listId(
        intern,
        children.map((child) => child.node.id),
      ),
    };
  }
  const value = node.type === 'string' ? String(node.value) : text.slice(place.start, place.end);
  return { ...place, kind: 'scalar', value, children: [], id: scalarId(intern, node.type, value) };
}

function propertyOf(property: JsonNode, text: string, intern: Intern): TreeChild {
  const [key, value] = property.children ?? [];
  if (key === undefined || value === undefined) throw new CannotWrite('a key without a value');
  const node = toTree(value, text, intern);
  return { key: String(key.value), lead: key.offset, start: key.offset, end: node.end, node };
}

function writeJson(merged: Merged, sources: Sources): string {
  const units = { ours: indentUnit(sources.ours), theirs: indentUnit(sources.theirs) };
  const adopt = (text: string, offset: number, indent: string): string =>
    reindent(text, { indent: indentAt(sources.theirs, offset), unit: units.theirs }, { indent, unit: units.ours });
  const writeValue = (value: Merged, indent: string): string => {
    switch (value.kind) {
      case 'keep':
        return sources.ours.slice(value.node.start, value.node.end);
      case 'take':
        return adopt(sources.theirs.slice(value.node.start, value.node.end), value.node.start, indent);
      case 'text':
        return JSON.stringify(value.text);
      case 'children':
        return writeDelimited(value, { ...sources, comment: COMMENT, mayTrailComma: false, adopt, writeValue: writeChild });
      case 'conflict':
        throw new CannotWrite('an open conflict');
      default:
        return value satisfies never;
    }
  };
  const writeChild = (child: MergedChild): string =>
    writeValue(child.value, child.ours === undefined ? '' : indentAt(sources.ours, child.ours.start));
  return writeValue(merged, '');
}

const COMMENT = /^(?:\/\/[^\n]*|\/\*[\s\S]*?\*\/)/;
