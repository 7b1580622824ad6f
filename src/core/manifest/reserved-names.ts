/** Why a name cannot be given to a variable, a row, a query or a data source, or `undefined` when it can. */
export function findReservedName(name: string): string | undefined {
  if (LANGUAGE_WORDS.has(name)) return `"${name}" is a word of the template language`;
  if (CONTEXT_NAMES.has(name)) return `"${name}" is what templates call something else already`;
  return name.startsWith('__') ? 'names that begin with "__" are reserved' : undefined;
}

const LANGUAGE_WORDS: ReadonlySet<string> = new Set(
  'and as autoescape block break call continue debug do elif else endautoescape endblock endcall endfilter endfor endif endmacro endraw endset endtrans endwith extends false filter for from if ignore import in include is macro missing none not or pluralize raw recursive required scoped set trans true with without'.split(
    ' ',
  ),
);

const CONTEXT_NAMES: ReadonlySet<string> = new Set(
  'caller constructor cycler data dict joiner kwargs lipsum loop namespace now pack packs project prototype queries range self super varargs'.split(
    ' ',
  ),
);
