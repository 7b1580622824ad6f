import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatEditorSchemas } from '../../../tools/editor-schemas.ts';

describe('the JSON Schemas for editors', () => {
  it.each([...formatEditorSchemas()])('schemas/%s is what the reader checks with', (name, text) => {
    expect(readFileSync(new URL(`../../../schemas/${name}`, import.meta.url), 'utf8')).toBe(text);
  });

  it.each([...formatEditorSchemas()].filter(([name]) => name.endsWith('.json')))('schemas/%s describes every key', (_name, text) => {
    expect(findUndescribed(JSON.parse(text), '')).toEqual([]);
  });
});

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly description?: string;
}

function findUndescribed(schema: Schema, path: string): string[] {
  const properties = Object.entries(schema.properties ?? {}).flatMap(([key, child]) => [
    ...(child.description === undefined && child.anyOf === undefined ? [`${path}.${key}`] : []),
    ...findUndescribed(child, `${path}.${key}`),
  ]);
  const below = [schema.items, schema.additionalProperties, ...(schema.anyOf ?? [])];
  return [...properties, ...below.flatMap((child) => (typeof child === 'object' ? findUndescribed(child, `${path}[]`) : []))];
}
