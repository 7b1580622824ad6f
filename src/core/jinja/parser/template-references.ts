import type { ExtendsNode, FromImportNode, ImportNode, IncludeNode, NodePosition } from '../nodes.ts';
import { parseExpression } from './expressions.ts';
import { parseBoundName } from './targets.ts';
import type { TokenStream } from './token-stream.ts';

/** Reads `include` after its tag name. */
export function parseInclude(stream: TokenStream, position: NodePosition): IncludeNode {
  const template = parseExpression(stream);
  let ignoreMissing = false;
  if (stream.isName('ignore') && stream.following.value === 'missing') {
    stream.next();
    stream.next();
    ignoreMissing = true;
  }
  return { kind: 'include', template, ignoreMissing, withContext: parseContext(stream) ?? true, ...position };
}

/** Reads `import` after its tag name. */
export function parseImport(stream: TokenStream, position: NodePosition): ImportNode {
  const template = parseExpression(stream);
  stream.expect('name', 'as');
  const alias = parseBoundName(stream).name;
  return { kind: 'import', template, alias, withContext: parseContext(stream) ?? false, ...position };
}

/** Reads `from … import …` after its tag name. */
export function parseFromImport(stream: TokenStream, position: NodePosition): FromImportNode {
  const template = parseExpression(stream);
  stream.expect('name', 'import');
  const names: (NodePosition & { name: string; alias: string })[] = [];
  let withContext: boolean | undefined;
  while (!stream.is('block-end')) {
    withContext = parseContext(stream);
    if (withContext !== undefined) break;
    const { name, line, column } = parseBoundName(stream);
    if (name.startsWith('_')) throw stream.error({ line, column }, `"${name}" begins with an underscore, so it cannot be imported`);
    const alias = stream.skip('name', 'as') ? parseBoundName(stream).name : name;
    names.push({ name, alias, line, column });
    if (!stream.skip('operator', ',')) {
      withContext = parseContext(stream);
      break;
    }
  }
  if (names.length === 0) throw stream.error(stream.current, 'expected the names to import');
  return { kind: 'from-import', template, names, withContext: withContext ?? false, ...position };
}

/** Reads `extends` after its tag name. */
export function parseExtends(stream: TokenStream, position: NodePosition): ExtendsNode {
  return { kind: 'extends', template: parseExpression(stream), ...position };
}

function parseContext(stream: TokenStream): boolean | undefined {
  const isWith = stream.isName('with');
  if ((!isWith && !stream.isName('without')) || stream.following.value !== 'context') return undefined;
  stream.next();
  stream.next();
  return isWith;
}
