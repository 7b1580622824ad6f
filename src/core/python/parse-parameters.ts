import type { Parameter, PythonExpression } from './nodes.ts';
import type { TokenReader } from './token-reader.ts';

interface ParametersRequest {
  /** Behind the last one: those of a lambda have no annotations. */
  readonly end: ')' | ':';
  readonly read: (tokens: TokenReader) => PythonExpression;
}

/** The parameters of a function; what their annotations say has no effect. */
export function parseParameters(tokens: TokenReader, { end, read }: ParametersRequest): Parameter[] {
  const parameters: Parameter[] = [];
  let isNamed = false;
  while (!tokens.is(end)) {
    const stars = tokens.accept('**', '*', '/');
    if (stars === '*' && tokens.is(',')) isNamed = true;
    else if (stars !== '/') {
      parameters.push(parseParameter(tokens, { stars, isNamed, end, read }));
      isNamed ||= stars === '*';
    }
    if (tokens.accept(',') === undefined) break;
  }
  return parameters;
}

const STARRED: ReadonlyMap<string | undefined, Parameter['kind']> = new Map([
  ['**', 'restNamed'],
  ['*', 'rest'],
]);

function parseParameter(
  tokens: TokenReader,
  { stars, isNamed, end, read }: ParametersRequest & { readonly stars: string | undefined; readonly isNamed: boolean },
): Parameter {
  const name = tokens.expectKind('name').text;
  if (end === ')' && tokens.accept(':') !== undefined) read(tokens);
  const fallback = tokens.accept('=') === undefined ? undefined : read(tokens);
  return { name, kind: STARRED.get(stars) ?? (isNamed ? 'named' : 'plain'), ...(fallback !== undefined && { fallback }) };
}
