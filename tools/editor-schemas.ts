// The JSON Schemas for editors, made from the very schemas that the readers check with, and the vocabulary of RDF.
import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { writeRdf } from '../src/adapters/sparql/write-rdf.ts';
import { caseSchema } from '../src/core/cases/case-schema.ts';
import { configSchema } from '../src/core/manifest/config-schema.ts';
import { packSchema } from '../src/core/manifest/pack-schema.ts';
import { projectSchema } from '../src/core/manifest/project-schema.ts';
import { describeVocabulary } from '../src/core/metadata/describe-vocabulary.ts';
import { PREFIXES } from '../src/core/metadata/vocabulary.ts';

/** The text of each schema file by its name below `schemas/`. */
export function formatEditorSchemas(): ReadonlyMap<string, string> {
  return new Map([
    ['pack.schema.json', format(packSchema)],
    ['project.schema.json', format(projectSchema)],
    ['config.schema.json', format(configSchema)],
    ['test.schema.json', format(caseSchema)],
    ['vocabulary.ttl', writeRdf(describeVocabulary(), 'turtle', PREFIXES)],
  ]);
}

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

function format(schema: GenericSchema): string {
  const converted: JsonSchema = toJsonSchema(schema, { target: 'draft-2020-12', typeMode: 'input' });
  const { title, description, ...rest } = converted;
  return `${JSON.stringify({ $schema: DIALECT, title, description, ...rest }, undefined, 2)}\n`;
}
