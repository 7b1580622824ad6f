// The JSON Schema of what commands print, with the shapes of their data from the types in src/cli/output-data.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** schemas/output.schema.json: the envelope, which is written by hand, and what `data` is for each command. */
export function formatOutputSchema(root) {
  const envelope = JSON.parse(readFileSync(join(root, 'tools', 'output-envelope.json'), 'utf8'));
  const { definitions, commands } = describeData(root);
  const allOf = [...commands].map(([command, name]) => ({
    if: { properties: { command: { const: command } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { data: { oneOf: [{ type: 'null' }, { $ref: '#/$defs/help' }, { $ref: `#/$defs/${name}` }] } } },
  }));
  const { $defs, ...rest } = envelope;
  const sorted = Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ ...rest, allOf, $defs: { ...$defs, ...sorted } }, undefined, 2)}\n`;
}

function describeData(root) {
  const file = join(root, 'src', 'cli', 'output-data.ts');
  const options = { strict: true, exactOptionalPropertyTypes: true, allowImportingTsExtensions: true, noEmit: true, types: [] };
  const modules = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2023 };
  const program = ts.createProgram([file], { ...options, ...modules, lib: ['lib.es2023.d.ts'] });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(source));
  const table = checker.getDeclaredTypeOfSymbol(exported.find((symbol) => symbol.name === 'OutputData'));
  const writer = new SchemaWriter(checker);
  const commands = new Map(table.getProperties().map((property) => [property.name, writer.define(checker.getTypeOfSymbol(property))]));
  return { definitions: writer.definitions, commands };
}

/** Types to schemas, as `formatJson` writes their values. Interfaces become definitions. */
class SchemaWriter {
  definitions = new Map();
  #checker;

  constructor(checker) {
    this.#checker = checker;
  }

  /** The name of the definition of an interface. */
  define(type) {
    const { name } = type.symbol;
    if (!this.definitions.has(name)) {
      this.definitions.set(name, undefined);
      const schema = this.#object(type);
      this.definitions.set(name, { ...this.#describe(type.symbol), ...schema });
    }
    return name;
  }

  #schema(type) {
    if (type.aliasSymbol?.name === 'PlainValue') return {};
    const parts = (type.isUnion() ? type.types : [type]).filter((part) => !(part.flags & ts.TypeFlags.Undefined));
    const literals = parts.filter((part) => part.isStringLiteral()).map(({ value }) => value);
    if (literals.length > 0 && literals.length === parts.length) return { enum: literals.sort() };
    const schemas = [...new Map(parts.map((part) => this.#part(part)).map((part) => [JSON.stringify(part), part])).values()];
    const types = schemas.map((schema) => (Object.keys(schema).length === 1 ? schema.type : undefined));
    if (schemas.length === 1) return schemas[0];
    return types.includes(undefined) ? { oneOf: schemas } : { type: types.flat().sort() };
  }

  #part(type) {
    const { flags } = type;
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (flags & ts.TypeFlags.BooleanLiteral && type.intrinsicName === 'true') return { type: 'boolean' };
    if (flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (flags & ts.TypeFlags.StringLike) return { type: 'string' };
    if (flags & ts.TypeFlags.NumberLiteral) return { const: type.value };
    if (flags & ts.TypeFlags.NumberLike) return { type: 'number' };
    // A string or number with a brand.
    if (type.isIntersection()) return this.#part(type.types[0]);
    if (this.#checker.isArrayLikeType(type)) return { type: 'array', items: this.#schema(this.#checker.getTypeArguments(type)[0]) };
    if (type.isClassOrInterface() && type.symbol.name !== '__type') return { $ref: `#/$defs/${this.define(type)}` };
    if (flags & ts.TypeFlags.Object) return this.#object(type);
    throw new TypeError(`output-data.ts has a type for which there is no schema: ${this.#checker.typeToString(type)}`);
  }

  #object(type) {
    const index = this.#checker.getIndexInfosOfType(type)[0];
    if (index !== undefined) return { type: 'object', additionalProperties: this.#schema(index.type) };
    const properties = this.#checker.getPropertiesOfType(type);
    const shapes = properties.map((property) => ({ property, type: this.#checker.getTypeOfSymbol(property) }));
    return {
      type: 'object',
      properties: Object.fromEntries(
        shapes.map(({ property, type }) => [property.name, { ...this.#describe(property), ...this.#schema(type) }]),
      ),
      required: shapes.filter(({ property, type }) => isRequired(property, type)).map(({ property }) => property.name),
      additionalProperties: false,
    };
  }

  #describe(symbol) {
    const text = ts.displayPartsToString(symbol.getDocumentationComment(this.#checker)).replaceAll('\n', ' ');
    return text === '' ? {} : { description: text };
  }
}

/** What is undefined is left out of JSON. */
function isRequired(property, type) {
  if (property.flags & ts.SymbolFlags.Optional) return false;
  return !(type.isUnion() && type.types.some((part) => part.flags & ts.TypeFlags.Undefined));
}
