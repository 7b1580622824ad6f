/** As much of JSON Schema 2020-12 as packsmith's own schemas use. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

const KNOWN = [
  '$schema',
  'title',
  'description',
  'type',
  'const',
  'enum',
  'pattern',
  'minimum',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'oneOf',
  'allOf',
  'if',
  'then',
  '$ref',
  '$defs',
];

/** Says where a value does not fit a schema; a keyword that this check does not know is a finding too. */
export function findSchemaProblems(value: unknown, schema: JsonSchema, root: JsonSchema = schema, at = ''): string[] {
  const unknown = Object.keys(schema).filter((keyword) => !KNOWN.includes(keyword));
  if (unknown.length > 0) return [`the schema at "${at}" uses ${unknown.join(', ')}, which this check does not know`];
  if (schema.$ref !== undefined) {
    const definition = root.$defs?.[schema.$ref.replace('#/$defs/', '')];
    return definition === undefined ? [`${schema.$ref} is not defined`] : findSchemaProblems(value, definition, root, at);
  }
  return [
    ...findValueProblems(value, schema, at),
    ...findAlternativeProblems(value, schema, root, at),
    ...findPartProblems(value, schema, root, at),
    ...(schema.allOf ?? []).flatMap((part) => findSchemaProblems(value, part, root, at)),
    ...findConditionalProblems(value, schema, root, at),
  ];
}

function findConditionalProblems(value: unknown, schema: JsonSchema, root: JsonSchema, at: string): string[] {
  if (schema.if === undefined || findSchemaProblems(value, schema.if, root, at).length > 0) return [];
  return findSchemaProblems(value, schema.then ?? {}, root, at);
}

function findValueProblems(value: unknown, schema: JsonSchema, at: string): string[] {
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const problems = [
    types.length > 0 && !types.some((type) => isOfType(value, type)) ? `is not ${types.join(' or ')}` : '',
    'const' in schema && value !== schema.const ? `is not ${JSON.stringify(schema.const)}` : '',
    schema.enum !== undefined && !schema.enum.includes(value) ? `is none of ${schema.enum.join(', ')}` : '',
    schema.pattern !== undefined && typeof value === 'string' && !new RegExp(schema.pattern, 'u').test(value)
      ? `does not match ${schema.pattern}`
      : '',
    schema.minimum !== undefined && typeof value === 'number' && value < schema.minimum ? `is less than ${schema.minimum}` : '',
  ];
  return problems.filter((problem) => problem !== '').map((problem) => `${at} ${problem}`);
}

function findAlternativeProblems(value: unknown, { oneOf }: JsonSchema, root: JsonSchema, at: string): string[] {
  if (oneOf === undefined) return [];
  const outcomes = oneOf.map((alternative) => findSchemaProblems(value, alternative, root, at));
  const fitting = outcomes.filter((problems) => problems.length === 0).length;
  return fitting === 1 ? [] : [`${at} fits ${fitting} alternatives: ${outcomes.flat().join('; ')}`];
}

function findPartProblems(value: unknown, schema: JsonSchema, root: JsonSchema, at: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => findSchemaProblems(item, schema.items ?? {}, root, `${at}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  const { properties = {}, required = [], additionalProperties = true } = schema;
  const missing = required.filter((name) => !(name in value)).map((name) => `${at} lacks ${name}`);
  const parts = Object.entries(value).flatMap(([name, part]) => {
    const known = properties[name];
    if (known !== undefined) return findSchemaProblems(part, known, root, `${at}.${name}`);
    if (typeof additionalProperties === 'object') return findSchemaProblems(part, additionalProperties, root, `${at}.${name}`);
    return additionalProperties ? [] : [`${at} has ${name}, which is not declared`];
  });
  return [...missing, ...parts];
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return type === 'object' ? typeof value === 'object' && value !== null && !Array.isArray(value) : typeof value === type;
}
